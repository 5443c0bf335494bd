import AzureCore

/// Deleting blobs and their editions, and getting them back.
extension BlobStore {
    /// Deletes a blob, its snapshots, or both.
    ///
    /// - Returns: Whether nothing of it is kept.
    func deleteBlob(
        _ name: BlobName, in container: String, snapshots option: SnapshotDeletion?, conditions: BlobConditions
    ) throws -> Bool {
        try transaction {
            let container = try self.container(container)
            let blob = try blob(name, in: container)
            try conditions.checkWrite(blob, needsLease: option != .only, at: time.uptime())
            try conditions.checkTier(of: blob)
            let snapshots = try snapshots(of: name, in: container.id)
            guard snapshots.isEmpty || option != nil else { throw BlobServiceError.snapshotsPresent }
            for snapshot in snapshots { try snapshot.blob.protection.check(at: time.now()) }
            if option != .only, !keepsVersions { try blob.protection.check(at: time.now()) }
            let deletion = try newDeletion()
            // The last first, so that the others need not move up.
            for snapshot in snapshots.reversed() { try delete(snapshot, deletion, of: name, in: container.id) }
            guard option != .only else { return deletion == nil }
            if keepsVersions {
                try keepAsVersion(blob, name, in: container.id)
            } else if let deletion {
                let edition = BlobEdition(.blob, id: try newEditionID(), blob, deletion: deletion)
                try tables.put(edition, of: name, in: container.id)
            }
            try tables.removeBlob(name, in: container.id)
            try tables.removeStagedBlocks(of: name, in: container.id)
            return deletion == nil && !keepsVersions
        }
    }

    /// The snapshots that are there for everyone.
    private func snapshots(of name: BlobName, in container: ContainerID) throws -> [BlobEdition] {
        try tables.editions(of: name, in: container).filter { $0.kind == .snapshot && $0.deletion == nil }
    }

    /// Deletes an edition, which is kept if something is known about its deletion.
    private func delete(
        _ edition: BlobEdition, _ deletion: BlobEdition.Deletion?, of name: BlobName, in container: ContainerID
    ) throws {
        guard let deletion else { return try tables.removeEdition(edition.id, of: name, in: container) }
        var edition = edition
        edition.deletion = deletion
        try tables.put(edition, of: name, in: container)
    }

    /// Deletes a snapshot or an earlier version.
    ///
    /// - Parameter isPermanent: Whether one that was deleted before is given up for good.
    /// - Returns: Whether nothing of it is kept.
    func deleteEdition(
        _ selection: BlobSelection, of name: BlobName, in container: String, isPermanent: Bool,
        conditions: BlobConditions
    ) throws -> Bool {
        try transaction {
            let container = try self.container(container).id
            try dropOutdated(in: container)
            if case .version(let id) = selection, try tables.blob(name, in: container)?.version.id == id {
                throw BlobServiceError.operationNotAllowedOnRootBlob
            }
            guard let id = selection.editionID, let edition = try tables.edition(id, of: name, in: container) else {
                throw BlobServiceError.blobNotFound
            }
            var asked = edition
            if isPermanent { asked.deletion = nil }
            guard asked.isReadable(as: selection) else { throw BlobServiceError.blobNotFound }
            try conditions.checkWrite(edition.blob.version)
            try conditions.checkTags(of: edition.blob)
            try conditions.checkTier(of: edition.blob)
            try edition.blob.protection.check(at: time.now())
            if isPermanent {
                guard try tables.settings().allowsPermanentDelete, edition.deletion != nil else {
                    throw BlobServiceError.blobOperationNotSupported
                }
                try tables.removeEdition(id, of: name, in: container)
                return true
            }
            let deletion = try newDeletion()
            try delete(edition, deletion, of: name, in: container)
            return deletion == nil
        }
    }

    /// Brings a deleted blob, its deleted snapshots and its deleted versions back.
    func undelete(_ name: BlobName, in container: String) throws {
        try transaction {
            let container = try self.container(container).id
            try dropOutdated(in: container)
            let deleted = try tables.editions(of: name, in: container).filter { $0.deletion != nil }
            guard try !deleted.isEmpty || tables.blob(name, in: container) != nil else {
                throw BlobServiceError.blobNotFound
            }
            for var edition in deleted {
                if edition.kind == .blob {
                    edition.blob.isCurrent = true
                    try tables.put(edition.blob, as: name, in: container)
                    try tables.removeEdition(edition.id, of: name, in: container)
                } else {
                    edition.deletion = nil
                    try tables.put(edition, of: name, in: container)
                }
            }
        }
    }
}
