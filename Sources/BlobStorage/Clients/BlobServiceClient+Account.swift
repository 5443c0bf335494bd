public import AzureCore
import HTTPTypes

extension BlobServiceClient {
    /// Gets the kind and the SKU of the account.
    ///
    /// - Parameter options: Options of this call.
    ///
    /// REST operation: Get Account Information.
    public func accountInformation(options: CallOptions = CallOptions()) async throws -> AccountInformation {
        var request = serviceRequest(
            "GetAccountInformation", .get, restype: "account", comp: "properties", success: [200], call: options)
        request.answersContent = false
        return AccountInformation(try await connection.send(request).head)
    }
}

extension BlobContainerClient {
    /// Gets the kind and the SKU of the account. A shared access signature for the container is sufficient.
    ///
    /// - Parameter options: Options of this call.
    ///
    /// REST operation: Get Account Information.
    public func accountInformation(options: CallOptions = CallOptions()) async throws -> AccountInformation {
        var request = BlobRequest(
            "Container.GetAccountInformation", .get, container: name,
            query: [("restype", "account"), ("comp", "properties")], success: [200], call: options)
        request.answersContent = false
        return AccountInformation(try await connection.send(request).head)
    }
}
