import AzureCore

import struct Foundation.Date

/// Snapshots, earlier versions, and what was deleted and is kept for a while.
extension BlobStore {
    /// The state of a blob that a request is about.
    func blob(_ name: BlobName, _ selection: BlobSelection, in container: String) throws -> BlobRecord {
        let record = try self.container(container)
        if let blob = record.blobs[name] {
            switch selection {
            case .current: return blob
            case .version(let id) where id == blob.version.id: return blob
            default: break
            }
        }
        guard let edition = record.editions[name]?.readable(as: selection) else {
            throw BlobServiceError.blobNotFound
        }
        return edition.blob
    }

    /// Changes what is stored beside a blob or one of its editions, without a new version.
    func change<Result>(
        _ name: BlobName, _ selection: BlobSelection, in container: String,
        _ body: (inout BlobRecord) throws -> Result
    ) throws -> Result {
        var blob = try self.blob(name, selection, in: container)
        let result = try body(&blob)
        if blob.isCurrent {
            containers[container]?.blobs[name] = blob
        } else if let index = containers[container]?.editions[name]?
            .firstIndex(where: { $0.isReadable(as: selection) })
        {
            containers[container]?.editions[name]?[index].blob = blob
        }
        return result
    }

    // MARK: Making editions

    /// Makes a snapshot.
    ///
    /// - Parameter metadata: What it has instead of the blob's own; empty for that.
    /// - Returns: Its time, what a reader of it finds, and the blob's version.
    func makeSnapshot(
        of name: BlobName, in container: String, metadata: BlobMetadata, conditions: BlobConditions
    ) throws -> (id: String, snapshot: BlobRecord, versionID: String?) {
        var blob = try blob(name, in: container)
        try conditions.checkWrite(blob, needsLease: false, at: time.uptime())
        try conditions.checkKey(of: blob)
        var snapshot = blob
        if !metadata.isEmpty {
            snapshot.metadata = metadata
            snapshot.version = newVersion()
        }
        snapshot.version.id = nil
        snapshot.protection = BlobProtection()
        if keepsVersions {
            keepAsVersion(blob, name, in: container)
            blob.version.id = newEditionID()
            containers[container]?.blobs[name] = blob
        }
        let edition = BlobEdition(.snapshot, id: newEditionID(), snapshot)
        keep(edition, of: name, in: container)
        return (edition.id, edition.blob, blob.version.id)
    }

    /// Keeps what a write of a whole blob replaces, where versions or deleted blobs are kept.
    func keepReplaced(_ blob: BlobRecord?, _ name: BlobName, in container: String) {
        // A blob that was deleted before, which was the last to be kept, becomes a deleted snapshot of the new one.
        if let count = containers[container]?.editions[name]?.count,
            containers[container]?.editions[name]?[count - 1].kind == .blob
        {
            containers[container]?.editions[name]?[count - 1].kind = .snapshot
        }
        guard let blob else { return }
        if keepsVersions {
            keepAsVersion(blob, name, in: container)
        } else if let deletion = newDeletion() {
            keep(BlobEdition(.snapshot, id: newEditionID(), blob, deletion: deletion), of: name, in: container)
        }
    }

    /// Makes a blob that is no longer the current version an earlier one.
    func keepAsVersion(_ blob: BlobRecord, _ name: BlobName, in container: String) {
        keep(BlobEdition(.version, id: blob.version.id ?? newEditionID(), blob), of: name, in: container)
    }

    /// What is known about something deleted now; nil when it is not kept.
    func newDeletion() -> BlobEdition.Deletion? {
        settings.deleteRetentionDays.map { days in
            let now = time.now()
            return BlobEdition.Deletion(on: now, until: now.addingTimeInterval(Double(days) * 86_400))
        }
    }

    func keep(_ edition: BlobEdition, of name: BlobName, in container: String) {
        if containers[container]?.blobs[name] == nil, containers[container]?.editions[name] == nil {
            containers[container]?.sortedNames = nil
        }
        containers[container]?.editions[name, default: []].insert(inOrder: edition)
        noteEnd(edition.deletion?.until, in: container)
    }

    /// Remembers until when something is kept.
    private func noteEnd(_ end: Date?, in container: String) {
        guard let end else { return }
        let first = containers[container]?.firstEnd
        containers[container]?.firstEnd = min(first ?? end, end)
    }

    func setEditions(_ editions: [BlobEdition], of name: BlobName, in container: String) {
        containers[container]?.editions[name] = editions.isEmpty ? nil : editions
        containers[container]?.sortedNames = nil
        noteEnd(editions.lazy.compactMap(\.deletion?.until).min(), in: container)
    }

    /// Gives up what was deleted so long ago that it is no longer kept.
    func dropOutdated(in container: String) {
        let now = time.now()
        guard let record = containers[container], let first = record.firstEnd, first <= now else { return }
        containers[container]?.firstEnd = nil
        for (name, editions) in record.editions where editions.contains(where: { $0.deletion != nil }) {
            setEditions(editions.filter { $0.deletion.map { $0.until > now } ?? true }, of: name, in: container)
        }
    }
}
