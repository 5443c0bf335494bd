// BlobStorage
