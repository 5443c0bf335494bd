import AzureCore
import Foundation

extension BlobCall {
    /// Incremental Copy Blob: the destination becomes what a snapshot of a page blob is, and gets a snapshot of its
    /// own to be read.
    func copyIncrementally() async throws -> HTTPTransportResponse {
        let source = try await copySource(isWithinAccount: true)
        guard case .snapshot(let snapshot) = source.selection else {
            throw BlobServiceError.incrementalCopySourceMustBeSnapshot
        }
        guard source.blob.kind.isPage else { throw BlobServiceError.invalidBlobType }
        let copy = CopyRecord(
            id: UUID().uuidString.lowercased(), source: source.shownURL, completedOn: service.time.now(),
            length: source.blob.content.length)
        let conditions = try BlobConditions(request)
        let blob = try await asTarget {
            try await store.copyIncrementally(
                source.blob, snapshot: snapshot, copy, to: try address.blob, in: try address.container,
                conditions: conditions)
        }
        // The answer comes before the copy is done; whoever asks next finds it done.
        return .emulated(
            202,
            headers: Self.fields(of: blob.version) + [("x-ms-copy-id", copy.id), ("x-ms-copy-status", "pending")])
    }
}

extension BlobStore {
    /// Makes a blob an incremental copy, or brings it up to a later snapshot of the same blob.
    func copyIncrementally(
        _ source: BlobRecord, snapshot: String, _ copy: CopyRecord, to name: BlobName, in container: String,
        conditions: BlobConditions
    ) throws -> BlobRecord {
        try transaction {
            let container = try self.container(container).id
            let existing = try tables.blob(name, in: container)
            try conditions.checkCreation(existing, at: time.uptime())
            if let existing {
                let parts = existing.copy?.source.components(separatedBy: "?snapshot=") ?? []
                guard existing.isIncrementalCopy, parts.count == 2,
                    parts[0] == copy.source.components(separatedBy: "?snapshot=")[0]
                else { throw BlobServiceError.incrementalCopyBlobMismatch }
                guard parts[1] < snapshot else { throw BlobServiceError.incrementalCopyOfEarlierSnapshot }
            }
            let version = try newBlobVersion()
            var copy = copy
            let id = try newEditionID()
            copy.destinationSnapshot = id
            let blob = BlobRecord(
                kind: source.kind, content: source.content, headers: source.headers, metadata: source.metadata,
                version: version, createdOn: existing?.createdOn ?? version.lastModified, copy: copy,
                lease: existing?.lease.afterWrite(at: time.uptime()) ?? Lease(), encryption: source.encryption)
            try tables.put(blob, as: name, in: container)
            try tables.put(BlobEdition(.snapshot, id: id, blob), of: name, in: container)
            return blob
        }
    }
}
