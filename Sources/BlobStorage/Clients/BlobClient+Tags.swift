public import AzureCore
import HTTPTypes

extension BlobClient {
    /// The tags of the blob, snapshot or version.
    ///
    /// - Parameter options: Conditions and more.
    /// - Returns: Names and values; none when the blob has no tags.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/blobNotFound`` when the blob does not
    ///   exist.
    ///
    /// REST operation: Get Blob Tags.
    public func tags(options: BlobTagOptions = BlobTagOptions()) async throws -> [String: String] {
        var request = request("Blob.GetTags", .get, comp: "tags", success: [200], call: options.call)
        try options.conditions.applyToBlobOfTags(&request.headers)
        let response = try await connection.send(request)
        return try await response.read { try TagFields.parse($0) }
    }

    /// Replaces the tags of the blob or of one version of it.
    ///
    /// - Parameters:
    ///   - tags: The new tags, at most 10; an empty dictionary removes all tags. Names have 1 to 128 characters, values
    ///     at most 256: letters and digits of ASCII, space and `+ - . / : = _`.
    ///   - options: Conditions and more.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/invalidArgument`` for tags that the
    ///   service would reject.
    ///
    /// REST operation: Set Blob Tags.
    @discardableResult
    public func setTags(
        _ tags: [String: String], options: BlobTagOptions = BlobTagOptions()
    ) async throws -> ResponseInfo {
        guard snapshot == nil else {
            throw AzureError.invalidArgument("The tags of a snapshot cannot be changed.")
        }
        var request = request("Blob.SetTags", .put, comp: "tags", success: [204], call: options.call)
        try options.conditions.applyToBlobOfTags(&request.headers)
        let document = try TagFields.document(tags)
        request.setXML(document)
        request.setChecksum(of: document, for: options.validation)
        return ResponseInfo(try await connection.send(request).head)
    }
}

/// Options for reading and replacing the tags of a blob.
public struct BlobTagOptions: Sendable {
    /// Under which conditions to act.
    public var conditions: BlobAccessConditions
    /// The checksum by which the service sees that the tags arrive as they were sent. The default is a CRC-64; it is
    /// ignored when tags are read.
    public var validation: TransferValidation
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        conditions: BlobAccessConditions = BlobAccessConditions(), validation: TransferValidation = .crc64,
        call: CallOptions = CallOptions()
    ) {
        self.conditions = conditions
        self.validation = validation
        self.call = call
    }
}
