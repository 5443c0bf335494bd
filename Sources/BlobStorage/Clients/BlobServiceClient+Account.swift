import AzureCore
import HTTPTypes

extension BlobServiceClient {
    /// What kind of account it is.
    ///
    /// - Parameter call: The choices of this call.
    ///
    /// REST operation: Get Account Information.
    public func accountInformation(_ call: BlobCallOptions = BlobCallOptions()) async throws -> AccountInformation {
        let request = BlobRequest(
            "Service.GetAccountInformation", .get, query: [("restype", "account"), ("comp", "properties")],
            success: [200], call: call)
        return AccountInformation(try await connection.send(request).head)
    }
}
