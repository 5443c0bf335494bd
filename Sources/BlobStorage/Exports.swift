// What the interface of this module is made of comes with it: `import BlobStorage` is enough.
@_exported public import AzureAuth
@_exported public import AzureCore
@_exported public import StorageCore
