/// A write of a whole blob: where to, with what beside the content, and under which conditions.
struct BlobWrite: Sendable {
    let container: String
    let name: BlobName
    var kind = BlobKind.block
    var headers: BlobHTTPHeaders
    var metadata: BlobMetadata
    var accessTier: String?
    /// The way to another tier, of a copy from the archive.
    var rehydration: Rehydration?
    var tags: BlobTags = []
    var copy: CopyRecord?
    var protection = BlobProtection()
    var conditions: BlobConditions
    /// Whether the caller may replace a blob that is there.
    var mayOverwrite: Bool
    /// Whether a lease on what is there has to be one without end.
    var needsInfiniteLease = false

    /// Whether the write may take place.
    ///
    /// - Parameter now: What time it is for leases.
    func check(_ existing: BlobRecord?, at now: Duration) throws {
        try conditions.checkCreation(existing, at: now)
        if needsInfiniteLease, existing?.lease.durationName(at: now) == "fixed" {
            throw BlobServiceError.infiniteLeaseDurationRequired
        }
        if existing != nil, !mayOverwrite { throw BlobServiceError.unauthorizedBlobOverwrite }
    }
}

/// One entry of a block list.
struct BlockReference: Sendable {
    /// Where the block is looked for.
    enum Source: Sendable {
        case latest, committed, uncommitted
    }

    let id: String
    let source: Source
}
