import struct Foundation.Data
import struct Foundation.Date
import struct Foundation.UUID

/// Names and values of metadata, in the order and spelling in which they were sent.
typealias BlobMetadata = [BlobMetadataEntry]

/// One entry of metadata.
struct BlobMetadataEntry: Sendable, Hashable {
    let name: String
    let value: String
}

/// What tells one state of a resource from another.
struct ResourceVersion: Sendable, Hashable {
    /// The tag in quotation marks.
    let etag: String
    let lastModified: Date
    /// The time that names the version of a blob; nil where versions are not kept.
    var id: String?
}

/// A committed blob.
struct BlobRecord: Sendable {
    var kind = BlobKind.block
    var content: BlobContent
    var headers: BlobHTTPHeaders
    var metadata: BlobMetadata
    var version: ResourceVersion
    let createdOn: Date
    /// The tier that was set explicitly.
    var accessTier: String?
    /// When it was set.
    var tierSetOn: Date?
    /// The way out of the archive that it is on, or was.
    var rehydration: Rehydration?
    var tags: BlobTags = []
    /// The copy that it came from.
    var copy: CopyRecord?
    var lease = Lease()
    var encryption = ContentEncryption()
    var protection = BlobProtection()
    /// The same for as long as the blob is not written as a whole.
    var identity = UUID()
    /// Whether it is the blob itself, not a snapshot or an earlier version.
    var isCurrent = true
}

/// The header fields that are stored with a blob and given back with it.
struct BlobHTTPHeaders: Sendable, Hashable {
    var contentType: String?
    var contentEncoding: String?
    var contentLanguage: String?
    var contentDisposition: String?
    var cacheControl: String?
    var contentMD5: Data?
}

/// Blocks that were staged and not committed.
struct StagedBlocks: Sendable {
    /// The most of them.
    static let maxUncommitted = 100_000

    /// The ids of the blocks, in base64, in the order in which they were first seen.
    private(set) var order: [String] = []
    private(set) var pieces: [String: ContentPiece] = [:]
    private let common: BlockStaging

    init(_ staging: BlockStaging) {
        common = staging
    }

    /// What all of them have in common.
    var staging: BlockStaging {
        BlockStaging(encryption: common.encryption, idLength: common.idLength, count: order.count)
    }

    /// Adds a block, or replaces the one of the same id.
    ///
    /// - Returns: What the block had before.
    mutating func stage(_ piece: ContentPiece, as id: String) -> ContentPiece? {
        let old = pieces.updateValue(piece, forKey: id)
        if old == nil { order.append(id) }
        return old
    }

    /// Takes the last block away.
    mutating func removeLast() {
        if let id = order.popLast() { pieces[id] = nil }
    }
}

/// A stored access policy of a container.
struct StoredAccessPolicy: Sendable, Hashable {
    var id: String
    var start: String?
    var expiry: String?
    var permission: String?

    /// Whether it says nothing.
    var isEmpty: Bool { start == nil && expiry == nil && permission == nil }
}

/// What anyone may read without credentials.
enum PublicAccess: String, Sendable {
    case blob
    case container
}

/// The encryption scope that a container's blobs have unless they say otherwise.
struct ContainerEncryptionScope: Sendable, Hashable {
    static let accountKey = ContainerEncryptionScope(name: "$account-encryption-key", deniesOverride: false)

    let name: String
    let deniesOverride: Bool
}

/// A container, without what is in it.
struct ContainerRecord: Sendable {
    /// What is known of one that was deleted and is kept.
    struct Deletion: Sendable, Hashable {
        /// Tells it from others of the same name.
        let version: String
        let on: Date
    }

    let id: ContainerID
    var name: String
    var deletion: Deletion?
    var metadata: BlobMetadata
    var publicAccess: PublicAccess?
    var encryptionScope = ContainerEncryptionScope.accountKey
    var lease = Lease()
    var policies: [StoredAccessPolicy] = []
    var version: ResourceVersion

    /// What it is ordered by: the name, and behind a zero byte the version of a deleted one.
    var key: BlobName { Self.key(name, version: deletion?.version) }

    static func key(_ name: String, version: String?) -> BlobName {
        BlobName(version.map { "\(name)\0\($0)" } ?? name)
    }
}
