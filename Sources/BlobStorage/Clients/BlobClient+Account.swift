public import AzureCore
import HTTPTypes

extension BlobClient {
    /// What kind of account the blob is in. A signature for the blob suffices to ask.
    ///
    /// - Parameter options: Options of this call.
    ///
    /// REST operation: Get Account Information.
    public func accountInformation(options: CallOptions = CallOptions()) async throws -> AccountInformation {
        let request = BlobRequest(
            "Blob.GetAccountInformation", .get, container: containerName, blob: name,
            query: [("restype", "account"), ("comp", "properties")], success: [200], call: options)
        return AccountInformation(try await connection.send(request).head)
    }
}
