public import AzureCore
import HTTPTypes
import StorageCore

extension BlobClient {
    /// Whether the blob exists.
    ///
    /// - Parameter options: Options of this call.
    ///
    /// REST operation: Get Blob Properties.
    public func exists(options: CallOptions = CallOptions()) async throws -> Bool {
        do {
            _ = try await properties(options: BlobPropertiesOptions(call: options))
            return true
        } catch AzureErrorCode.blobUsesCustomerSpecifiedEncryption {
            return true
        } catch let error as AzureError where error.meansAbsent {
            return false
        }
    }

    /// Gets the properties and the metadata of the blob.
    ///
    /// - Parameter options: Conditions and more.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/blobNotFound`` when the blob does not
    ///   exist.
    ///
    /// REST operation: Get Blob Properties.
    public func properties(options: BlobPropertiesOptions = BlobPropertiesOptions()) async throws -> BlobProperties {
        BlobProperties(try await head(options))
    }

    /// The answer that tells what the service knows about the blob.
    func head(_ options: BlobPropertiesOptions) async throws -> HTTPResponse {
        var request = request("Blob.GetProperties", .head, success: [200], call: options.call)
        try options.conditions.apply(to: &request.headers)
        try options.customerKey?.apply(to: &request.headers, endpoint: connection.endpoint)
        return try await connection.send(request).head
    }

    /// Replaces the metadata of the blob.
    ///
    /// - Parameters:
    ///   - metadata: The new metadata.
    ///   - options: Conditions, encryption and more.
    ///
    /// REST operation: Set Blob Metadata.
    @discardableResult
    public func setMetadata(
        _ metadata: BlobMetadata, options: BlobUpdateOptions = BlobUpdateOptions()
    ) async throws -> BlobInfo {
        var request = try writeRequest("Blob.SetMetadata", .put, comp: "metadata", success: [200], call: options.call)
        try MetadataFields.apply(metadata, to: &request.headers)
        try options.conditions.apply(to: &request.headers)
        try options.encryption.apply(to: &request.headers, endpoint: connection.endpoint)
        return BlobInfo(try await connection.send(request).head)
    }

    /// Replaces the header fields that the blob is served with; those that are nil are removed.
    ///
    /// - Parameters:
    ///   - httpHeaders: The new header fields.
    ///   - options: Conditions and more; encryption does not apply.
    ///
    /// REST operation: Set Blob Properties.
    @discardableResult
    public func setHTTPHeaders(
        _ httpHeaders: BlobHTTPHeaders, options: BlobUpdateOptions = BlobUpdateOptions()
    ) async throws -> BlobInfo {
        var request = try writeRequest(
            "Blob.SetHTTPHeaders", .put, comp: "properties", success: [200], call: options.call)
        try httpHeaders.apply(to: &request.headers)
        try options.conditions.apply(to: &request.headers)
        return BlobInfo(try await connection.send(request).head)
    }

    /// Moves the blob, snapshot or version to another tier.
    ///
    /// - Parameters:
    ///   - tier: The tier.
    ///   - options: Conditions and more.
    ///
    /// REST operation: Set Blob Tier.
    public func setAccessTier(
        _ tier: AccessTier, options: BlobSetTierOptions = BlobSetTierOptions()
    ) async throws {
        _ = try await connection.send(try setTierRequest(tier, options))
    }

    /// The request that moves the blob to a tier, on its own or as a part of a batch.
    func setTierRequest(_ tier: AccessTier, _ options: BlobSetTierOptions) throws -> BlobRequest {
        var request = request("Blob.SetTier", .put, comp: "tier", success: [200, 202], call: options.call)
        try request.headers.set(.accessTier, tier.rawValue)
        try request.headers.set(.rehydratePriority, options.rehydratePriority?.rawValue)
        try options.conditions.apply(to: &request.headers, supporting: [.tags, .lease])
        return request
    }
}
