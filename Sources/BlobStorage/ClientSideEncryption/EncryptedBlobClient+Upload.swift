import AzureCore
import AzureCrypto
public import Foundation

extension EncryptedBlobClient {
    /// Encrypts and uploads bytes in memory.
    ///
    /// - Parameters:
    ///   - data: The content.
    ///   - options: As for ``BlobClient/upload(_:options:following:)``. Progress counts encrypted bytes. An MD5 of the content is
    ///     not supported.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/blobAlreadyExists`` when the blob exists and
    ///   may not be overwritten; what the key throws.
    ///
    /// REST operations: Put Blob, or Put Block and Put Block List.
    @discardableResult
    public func upload(
        _ data: Data, options: BlobUploadOptions = BlobUploadOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> BlobInfo {
        try await options.followed(by: following) { options in
            try await upload(HTTPByteStream(data), length: Int64(data.count), options)
        }
    }

    /// Encrypts and uploads a file. Memory stays small however large it is; a file that is written to meanwhile is an
    /// error, and no blob is made of it.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - options: As for ``BlobClient/upload(file:options:following:)``. Progress counts encrypted bytes. An MD5 of the content
    ///     is not supported.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/fileError`` when the file cannot be read, or
    ///   is changed meanwhile; ``AzureCore/AzureErrorCode/blobAlreadyExists`` when the blob exists and may not be
    ///   overwritten; what the key throws.
    ///
    /// REST operations: Put Blob, or Put Block and Put Block List.
    @discardableResult
    public func upload(
        file path: String, options: BlobUploadOptions = BlobUploadOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> BlobInfo {
        try await options.followed(by: following) { options in
            let source = try await LocalFileSystem.source(path)
            let length = source.state.size
            let body = HTTPBody(file: .init(source, offset: 0, length: length))
            return try await upload(body.chunks(ofSize: Int(RegionLayout.standard.dataSize)), length: length, options)
        }
    }

    /// Encrypts and uploads a stream of any length. One region of 4 MiB and the parts under way are in memory.
    ///
    /// - Parameters:
    ///   - stream: The content.
    ///   - options: As for ``BlobClient/upload(stream:options:following:)``. Progress counts encrypted bytes. An MD5 of the
    ///     content is not supported.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    ///
    /// REST operations: Put Blob, or Put Block and Put Block List.
    @discardableResult
    public func upload<Chunks: AsyncSequence & Sendable>(
        stream: Chunks, options: BlobUploadOptions = BlobUploadOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> BlobInfo where Chunks.Element == Data {
        try await options.followed(by: following) { options in
            try await upload(HTTPByteStream(stream), length: nil, options)
        }
    }

    private func upload(
        _ content: HTTPByteStream, length: Int64?, _ options: BlobUploadOptions
    ) async throws -> BlobInfo {
        guard let key = encryption.key else {
            throw AzureError.invalidArgument("An upload needs a key-encryption key; there is only one for reading.")
        }
        guard options.httpHeaders.contentMD5 == nil else {
            throw AzureError.invalidArgument(
                "The MD5 of a content that is encrypted on the way would never fit what is stored; leave it out.")
        }
        guard options.compression == nil else {
            throw AzureError.invalidArgument(
                "What is encrypted cannot be made smaller any more; compress the content before it is uploaded.")
        }
        guard !options.metadata.keys.contains(where: { $0.lowercased() == EncryptionMetadata.name }) else {
            throw AzureError.invalidArgument(
                "The metadata '\(EncryptionMetadata.name)' says how a blob is encrypted and cannot be given.")
        }
        let (cipher, metadata) = try await EncryptionMetadata.make(for: key, contentLength: length)
        var options = options
        options.metadata[EncryptionMetadata.name] = metadata.json
        return try await blob.upload(stream: EncryptedRegions(content: content, cipher: cipher), options: options)
    }
}
