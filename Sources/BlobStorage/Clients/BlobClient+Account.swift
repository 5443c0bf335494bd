public import AzureCore
import HTTPTypes

extension BlobClient {
    /// Gets the kind and the SKU of the account. A shared access signature for the blob is sufficient.
    ///
    /// - Parameter options: Options of this call.
    ///
    /// REST operation: Get Account Information.
    public func accountInformation(options: CallOptions = CallOptions()) async throws -> AccountInformation {
        var request = BlobRequest(
            "Blob.GetAccountInformation", .get, container: containerName, blob: name,
            query: [("restype", "account"), ("comp", "properties")], success: [200], call: options)
        request.answersContent = false
        return AccountInformation(try await connection.send(request).head)
    }
}
