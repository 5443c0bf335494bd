public import AzureCore
import AzureCrypto
import Foundation
import HTTPTypes
import StorageCore

/// The client of a block blob, for writing it as a whole or block by block.
///
/// ``BlobClient/upload(file:options:following:)`` and its siblings do this automatically.
public struct BlockBlobClient: Sendable {
    /// The blob.
    public let blob: BlobClient

    /// Writes the whole blob with one request.
    ///
    /// - Parameters:
    ///   - body: The content, at most 5,000 MiB. Its length must be known.
    ///   - checksum: A checksum of the content. The default is none.
    ///   - options: Header fields, metadata, conditions and more. Transfer options are ignored.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/blobAlreadyExists`` when the blob exists and
    ///   may not be overwritten.
    ///
    /// REST operation: Put Blob.
    @discardableResult
    public func put(
        _ body: HTTPBody, checksum: ContentChecksum? = nil, options: BlobUploadOptions = BlobUploadOptions()
    ) async throws -> BlobInfo {
        guard let length = body.length else {
            throw AzureError.invalidArgument("A blob cannot be put from a stream of unknown length; use upload.")
        }
        try Checks.size(length, atMost: Limits.putBlob, of: "A blob that is put at once")
        var request = try blob.writeRequest("Blob.Put", .put, success: [201], call: options.call)
        request.headers[.blobType] = "BlockBlob"
        try options.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        try await ContentChecksum.apply(checksum, body, to: &request)
        let response = try await blob.connection.send(
            creating: request, refusingExisting: options.refusesExisting, content: body)
        return BlobInfo(response.head)
    }

    /// Stages a block, which becomes part of the blob when a block list with its id is committed.
    ///
    /// - Parameters:
    ///   - id: The name of the block; all blocks of a blob have names of one length.
    ///   - body: The content, at most 4,000 MiB. Its length must be known.
    ///   - checksum: A checksum of the content. The default is none.
    ///   - options: Lease and encryption.
    ///
    /// REST operation: Put Block.
    @discardableResult
    public func stageBlock(
        id: BlockID, _ body: HTTPBody, checksum: ContentChecksum? = nil,
        options: BlobUpdateOptions = BlobUpdateOptions()
    ) async throws -> BlobInfo {
        guard let length = body.length else {
            throw AzureError.invalidArgument("A block cannot be staged from a stream of unknown length.")
        }
        try Checks.size(length, atMost: Limits.block, of: "A block")
        var request = try stageRequest("Blob.StageBlock", id: id, options)
        try await ContentChecksum.apply(checksum, body, to: &request)
        return BlobInfo(try await blob.connection.send(request).head)
    }

    func stageRequest(_ operation: String, id: BlockID, _ options: BlobUpdateOptions) throws -> BlobRequest {
        try id.check()
        var request = try blob.writeRequest(operation, .put, comp: "block", success: [201], call: options.call)
        request.addQuery("blockid", id.base64Encoded)
        try options.conditions.apply(to: &request.headers, supporting: .lease)
        try options.encryption.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        return request
    }

    /// Commits a list of blocks, which then make up the blob.
    ///
    /// - Parameters:
    ///   - ids: The names of the blocks in their order, at most 50,000.
    ///   - options: Header fields, metadata, conditions and more. Of the transfer options only the validation is used,
    ///     for the checksum of the list.
    ///
    /// REST operation: Put Block List.
    @discardableResult
    public func commitBlockList(
        _ ids: [BlockID], options: BlobUploadOptions = BlobUploadOptions()
    ) async throws -> BlobInfo {
        guard ids.count <= Limits.blocks else {
            throw AzureError.invalidArgument("A blob has at most \(Limits.blocks) blocks; \(ids.count) were named.")
        }
        var writer = XMLWriter()
        try writer.element("BlockList") { list in
            for id in ids { try list.element("Latest", text: id.base64Encoded) }
        }
        var request = try blob.writeRequest(
            "Blob.CommitBlockList", .put, comp: "blocklist", success: [201], call: options.call)
        try options.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        request.headers[.contentType] = "application/xml; charset=UTF-8"
        request.body = HTTPBody(writer.data)
        request.setChecksum(of: writer.data, for: options.transfer.validation)
        let response = try await TransferValidation.again { [request] in
            try await blob.connection.send(creating: request, refusingExisting: options.refusesExisting, blocks: ids)
        }
        return BlobInfo(response.head)
    }

    /// Which blocks to list.
    public struct BlockListKind: Sendable, Hashable {
        let rawValue: String

        /// Committed blocks.
        public static let committed = BlockListKind(rawValue: "committed")
        /// Staged blocks that are not committed yet.
        public static let uncommitted = BlockListKind(rawValue: "uncommitted")
        /// Both.
        public static let all = BlockListKind(rawValue: "all")
    }

    /// A block.
    public struct Block: Sendable, Hashable {
        /// Its name.
        public var id: BlockID
        /// Its size in bytes.
        public var size: Int64

        /// Describes a block.
        public init(id: BlockID, size: Int64) {
            self.id = id
            self.size = size
        }
    }

    /// The blocks of a blob.
    public struct BlockList: Sendable, Hashable {
        /// Committed blocks, in their order.
        public var committed: [Block] = []
        /// Staged blocks that are not committed yet, in no particular order.
        public var uncommitted: [Block] = []
        /// The ETag of the blob; nil while there are only uncommitted blocks.
        public var etag: ETag?
        /// The time of the last change of the blob; nil while there are only uncommitted blocks.
        public var lastModified: AzureTimestamp?
        /// The size of the blob in bytes, without uncommitted blocks.
        public var contentLength: Int64?
        /// The answer's general header fields; nil for a list that did not come from the service.
        public var response: ResponseInfo?
    }

    /// The most bytes of a list of blocks: 50,000 that are committed and 100,000 that are not have less than 200 each.
    private static let maxListBytes = 32 * 1024 * 1024

    /// Lists the blocks of the blob.
    ///
    /// - Parameters:
    ///   - kind: Which blocks. The default is all.
    ///   - options: Lease and tags.
    ///
    /// REST operation: Get Block List.
    public func blockList(
        _ kind: BlockListKind = .all, options: BlobPropertiesOptions = BlobPropertiesOptions()
    ) async throws -> BlockList {
        var request = blob.request("Blob.GetBlockList", .get, comp: "blocklist", success: [200], call: options.call)
        request.addQuery("blocklisttype", kind.rawValue)
        try options.conditions.apply(to: &request.headers, supporting: [.lease, .tags])
        request.responseHandling = .buffered(limit: Self.maxListBytes)
        let response = try await blob.connection.send(request)
        let (committed, uncommitted) = try await response.readXML("BlockList") { root in
            (try Self.blocks("CommittedBlocks", of: root), try Self.blocks("UncommittedBlocks", of: root))
        }
        let fields = response.head.headerFields
        return BlockList(
            committed: committed, uncommitted: uncommitted,
            etag: fields.open(.eTag), lastModified: fields.timestamp(.lastModified),
            contentLength: fields.length(.blobContentLength), response: ResponseInfo(response.head))
    }

    private static func blocks(_ name: String, of root: AzureCore.XMLElement) throws -> [Block] {
        try (root.child(name)?.children ?? []).enumerated().map { index, block in
            guard let id = block.child("Name").flatMap({ BlockID(base64Encoded: $0.text) }) else {
                throw AzureError(
                    code: .invalidResponse, message: "Entry \(index) of '\(name)' has no name that is base64.")
            }
            guard let size = block.child("Size").flatMap({ Int64(digits: $0.text) }) else {
                throw AzureError(
                    code: .invalidResponse,
                    message: "The block '\(id.base64Encoded)' in entry \(index) of '\(name)' has no size.")
            }
            return Block(id: id, size: size)
        }
    }
}
