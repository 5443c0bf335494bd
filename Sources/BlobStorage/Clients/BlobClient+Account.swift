public import AzureCore
import HTTPTypes

extension BlobClient {
    /// What kind of account the blob is in. A signature for the blob suffices to ask.
    ///
    /// - Parameter call: The choices of this call.
    ///
    /// REST operation: Get Account Information.
    public func accountInformation(_ call: CallOptions = CallOptions()) async throws -> AccountInformation {
        let request = BlobRequest(
            "Blob.GetAccountInformation", .get, container: containerName, blob: name,
            query: [("restype", "account"), ("comp", "properties")], success: [200], call: call)
        return AccountInformation(try await connection.send(request).head)
    }
}
