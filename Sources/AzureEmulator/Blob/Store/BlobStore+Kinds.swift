import AzureCore

/// What has to hold before something is appended.
struct AppendConditions: Sendable {
    var blob: BlobConditions
    var position: Int64?
    var maxSize: Int64?
}

/// What a sequence number has to be before pages are written.
struct SequenceNumberConditions: Sendable {
    var lessOrEqual: Int64?
    var less: Int64?
    var equal: Int64?

    func check(_ number: Int64) throws {
        guard lessOrEqual.map({ number <= $0 }) ?? true, less.map({ number < $0 }) ?? true,
            equal.map({ number == $0 }) ?? true
        else { throw BlobServiceError.sequenceNumberConditionNotMet }
    }
}

/// Append blobs and page blobs.
extension BlobStore {
    /// Appends a block.
    ///
    /// - Returns: The blob after that, and where the block begins.
    func append(
        _ piece: ContentPiece, to name: BlobName, in container: String, if conditions: AppendConditions
    ) throws -> (blob: BlobRecord, offset: Int64) {
        var offset: Int64 = 0
        let blob = try modify(name, in: container, conditions: conditions.blob) { blob in
            guard case .append(let isSealed) = blob.kind else { throw BlobServiceError.invalidBlobType }
            try conditions.blob.checkKey(of: blob)
            offset = blob.content.length
            guard (conditions.position ?? offset) == offset else {
                throw BlobServiceError.appendPositionConditionNotMet
            }
            guard offset + piece.length <= conditions.maxSize ?? .max else {
                throw BlobServiceError.maxBlobSizeConditionNotMet
            }
            guard !isSealed else { throw BlobServiceError.blobIsSealed }
            guard blob.content.blockCount < BlobCall.maxBlocks else { throw BlobServiceError.blockCountExceedsLimit }
            try blob.content.append(BlobContent.Block(id: nil, piece: piece))
        }
        return (blob, offset)
    }

    func seal(
        _ name: BlobName, in container: String, if conditions: AppendConditions
    ) throws -> BlobRecord {
        try modify(name, in: container, conditions: conditions.blob) { blob in
            guard case .append = blob.kind else { throw BlobServiceError.invalidBlobType }
            guard (conditions.position ?? blob.content.length) == blob.content.length else {
                throw BlobServiceError.appendPositionConditionNotMet
            }
            blob.kind = .append(isSealed: true)
        }
    }

    /// Writes pages, or clears them.
    ///
    /// - Parameter piece: What is written; nil clears.
    func writePages(
        _ piece: ContentPiece?, at range: Range<Int64>, of name: BlobName, in container: String,
        conditions: BlobConditions, sequenceNumber: SequenceNumberConditions
    ) throws -> BlobRecord {
        try modify(name, in: container, conditions: conditions) { blob in
            guard case .page(let number) = blob.kind else { throw BlobServiceError.invalidBlobType }
            try conditions.checkKey(of: blob)
            try sequenceNumber.check(number)
            guard range.upperBound <= blob.content.length else { throw BlobServiceError.invalidPageRange }
            blob.content =
                try piece.map { try blob.content.replacing(range, with: $0) } ?? blob.content.clearing(range)
        }
    }
}
