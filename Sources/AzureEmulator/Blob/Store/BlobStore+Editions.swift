import AzureCore

import struct Foundation.Date

/// Snapshots, earlier versions, and what was deleted and is kept for a while.
extension BlobStore {
    /// The state of a blob that a request is about.
    func blob(_ name: BlobName, _ selection: BlobSelection, in container: String) throws -> BlobRecord {
        try blob(name, selection, in: try self.container(container))
    }

    func blob(_ name: BlobName, _ selection: BlobSelection, in container: ContainerRecord) throws -> BlobRecord {
        if let blob = try currentBlob(name, selection, in: container.id) { return blob }
        return try edition(name, selection, in: container.id).blob
    }

    /// The blob itself, if a request is about it.
    private func currentBlob(
        _ name: BlobName, _ selection: BlobSelection, in container: ContainerID
    ) throws -> BlobRecord? {
        if case .snapshot = selection { return nil }
        guard let blob = try tables.blob(name, in: container) else { return nil }
        guard case .version(let id) = selection, id != blob.version.id else { return blob }
        return nil
    }

    /// The edition that a request is about.
    private func edition(
        _ name: BlobName, _ selection: BlobSelection, in container: ContainerID
    ) throws -> BlobEdition {
        guard let id = selection.editionID, let edition = try tables.edition(id, of: name, in: container),
            edition.isReadable(as: selection)
        else { throw BlobServiceError.blobNotFound }
        return edition
    }

    /// Changes what is stored beside a blob or one of its editions, without a new version.
    func change<Result>(
        _ name: BlobName, _ selection: BlobSelection, in container: String,
        _ body: (inout BlobRecord) throws -> Result
    ) throws -> Result {
        try transaction {
            let container = try self.container(container).id
            if var blob = try currentBlob(name, selection, in: container) {
                let result = try body(&blob)
                try tables.put(blob, as: name, in: container)
                return result
            }
            var edition = try edition(name, selection, in: container)
            let result = try body(&edition.blob)
            try tables.put(edition, of: name, in: container)
            return result
        }
    }

    // MARK: Making editions

    /// Makes a snapshot.
    ///
    /// - Parameter metadata: What it has instead of the blob's own; empty for that.
    /// - Returns: Its time, what a reader of it finds, and the blob's version.
    func makeSnapshot(
        of name: BlobName, in container: String, metadata: BlobMetadata, conditions: BlobConditions
    ) throws -> (id: String, snapshot: BlobRecord, versionID: String?) {
        try transaction {
            let container = try self.container(container)
            var blob = try blob(name, in: container)
            try conditions.checkWrite(blob, needsLease: false, at: time.uptime())
            try conditions.checkKey(of: blob)
            var snapshot = blob
            if !metadata.isEmpty {
                snapshot.metadata = metadata
                snapshot.version = try newVersion()
            }
            snapshot.version.id = nil
            snapshot.protection = BlobProtection()
            if keepsVersions {
                try keepAsVersion(blob, name, in: container.id)
                blob.version.id = try newEditionID()
                try tables.put(blob, as: name, in: container.id)
            }
            let edition = BlobEdition(.snapshot, id: try newEditionID(), snapshot)
            try tables.put(edition, of: name, in: container.id)
            return (edition.id, edition.blob, blob.version.id)
        }
    }

    /// Keeps what a write of a whole blob replaces, where versions or deleted blobs are kept.
    func keepReplaced(_ blob: BlobRecord?, _ name: BlobName, in container: ContainerID) throws {
        // A blob that was deleted before, which was the last to be kept, becomes a deleted snapshot of the new one.
        if var last = try tables.lastEdition(of: name, in: container), last.kind == .blob {
            last.kind = .snapshot
            try tables.put(last, of: name, in: container)
        }
        guard let blob else { return }
        if keepsVersions {
            try keepAsVersion(blob, name, in: container)
        } else if let deletion = try newDeletion() {
            let edition = BlobEdition(.snapshot, id: try newEditionID(), blob, deletion: deletion)
            try tables.put(edition, of: name, in: container)
        }
    }

    /// Makes a blob that is no longer the current version an earlier one.
    func keepAsVersion(_ blob: BlobRecord, _ name: BlobName, in container: ContainerID) throws {
        let id = try blob.version.id ?? newEditionID()
        try tables.put(BlobEdition(.version, id: id, blob), of: name, in: container)
    }

    /// What is known about something deleted now; nil when it is not kept.
    func newDeletion() throws -> BlobEdition.Deletion? {
        try tables.settings().deleteRetentionDays.map { days in
            let now = time.now()
            return BlobEdition.Deletion(on: now, until: now.addingTimeInterval(Double(days) * 86_400))
        }
    }

    /// Gives up what was deleted so long ago that it is no longer kept.
    func dropOutdated(in container: ContainerID) throws {
        try tables.removeEditions(in: container, keptUntil: time.now())
    }
}
