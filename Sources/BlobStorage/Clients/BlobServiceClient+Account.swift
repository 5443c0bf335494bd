public import AzureCore
import HTTPTypes

extension BlobServiceClient {
    /// What kind of account it is.
    ///
    /// - Parameter options: Options of this call.
    ///
    /// REST operation: Get Account Information.
    public func accountInformation(options: CallOptions = CallOptions()) async throws -> AccountInformation {
        let request = serviceRequest(
            "GetAccountInformation", .get, restype: "account", comp: "properties", success: [200], call: options)
        return AccountInformation(try await connection.send(request).head)
    }
}

extension BlobContainerClient {
    /// What kind of account the container is in. A signature for the container suffices to ask.
    ///
    /// - Parameter options: Options of this call.
    ///
    /// REST operation: Get Account Information.
    public func accountInformation(options: CallOptions = CallOptions()) async throws -> AccountInformation {
        let request = BlobRequest(
            "Container.GetAccountInformation", .get, container: name,
            query: [("restype", "account"), ("comp", "properties")], success: [200], call: options)
        return AccountInformation(try await connection.send(request).head)
    }
}
