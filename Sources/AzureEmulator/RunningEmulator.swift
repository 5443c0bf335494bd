/// Where a running emulator is reached, and with which accounts and keys.
public struct RunningEmulator: Sendable {
    /// The address of the Blob service, such as `http://127.0.0.1:10000/devstoreaccount1`.
    public let blobEndpoint: String
    /// The name of the storage account.
    public let blobAccount: String
    /// The key of the storage account, in base64.
    public let blobKey: String
    /// The address of the Batch service, such as `http://127.0.0.1:10100`.
    public let batchEndpoint: String
    /// The name of the Batch account.
    public let batchAccount: String
    /// The key of the Batch account, in base64.
    public let batchKey: String
    /// The certificate in PEM of the authority that clients have to trust, where the emulator made one for TLS; nil
    /// otherwise.
    public let certificateAuthorityFile: String?

    /// The connection string of the storage account.
    public var blobConnectionString: String {
        "DefaultEndpointsProtocol=\(blobEndpoint.hasPrefix("https:") ? "https" : "http");"
            + "AccountName=\(blobAccount);AccountKey=\(blobKey);BlobEndpoint=\(blobEndpoint);"
    }
}
