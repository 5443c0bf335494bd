public import AzureCore
import HTTPTypes

extension BlobClient {
    /// Sets the time at which the service deletes the blob. Requires an account with a hierarchical namespace.
    ///
    /// - Parameters:
    ///   - expiry: A date, a time from now or from the blob's creation, or never.
    ///   - options: Options of this call.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/invalidArgument`` for a time that is not
    ///   positive.
    ///
    /// REST operation: Set Blob Expiry.
    @discardableResult
    public func setExpiry(_ expiry: BlobExpiry, options: CallOptions = CallOptions()) async throws -> BlobInfo {
        var request = try writeRequest("Blob.SetExpiry", .put, comp: "expiry", success: [200], call: options)
        try expiry.apply(to: &request.headers)
        return BlobInfo(try await connection.send(request).head)
    }
}
