import AzureCore

/// Deleting blobs and their editions, and getting them back.
extension BlobStore {
    /// Deletes a blob, its snapshots, or both.
    ///
    /// - Returns: Whether nothing of it is kept.
    func deleteBlob(
        _ name: BlobName, in container: String, snapshots option: SnapshotDeletion?, conditions: BlobConditions
    ) throws -> Bool {
        let blob = try blob(name, in: container)
        try conditions.checkWrite(blob, needsLease: option != .only, at: time.uptime())
        try conditions.checkTier(of: blob)
        let editions = containers[container]?.editions[name] ?? []
        let snapshots = editions.filter { $0.kind == .snapshot && $0.deletion == nil }
        guard snapshots.isEmpty || option != nil else { throw BlobServiceError.snapshotsPresent }
        for snapshot in snapshots { try snapshot.blob.protection.check(at: time.now()) }
        if option != .only, !keepsVersions { try blob.protection.check(at: time.now()) }
        let deletion = newDeletion()
        if !snapshots.isEmpty {
            setEditions(
                editions.compactMap { edition in
                    guard edition.kind == .snapshot, edition.deletion == nil else { return edition }
                    guard let deletion else { return nil }
                    var edition = edition
                    edition.deletion = deletion
                    return edition
                }, of: name, in: container)
        }
        guard option != .only else { return deletion == nil }
        if keepsVersions {
            keepAsVersion(blob, name, in: container)
        } else if let deletion {
            keep(BlobEdition(.blob, id: newEditionID(), blob, deletion: deletion), of: name, in: container)
        }
        containers[container]?.blobs[name] = nil
        containers[container]?.staged[name] = nil
        containers[container]?.sortedNames = nil
        return deletion == nil && !keepsVersions
    }

    /// Deletes a snapshot or an earlier version.
    ///
    /// - Parameter isPermanent: Whether one that was deleted before is given up for good.
    /// - Returns: Whether nothing of it is kept.
    func deleteEdition(
        _ selection: BlobSelection, of name: BlobName, in container: String, isPermanent: Bool,
        conditions: BlobConditions
    ) throws -> Bool {
        dropOutdated(in: container)
        let record = try self.container(container)
        if case .version(let id) = selection, record.blobs[name]?.version.id == id {
            throw BlobServiceError.operationNotAllowedOnRootBlob
        }
        var editions = record.editions[name] ?? []
        func isSelected(_ edition: BlobEdition) -> Bool {
            var edition = edition
            if isPermanent { edition.deletion = nil }
            return edition.isReadable(as: selection)
        }
        guard let index = editions.firstIndex(where: isSelected) else { throw BlobServiceError.blobNotFound }
        try conditions.checkWrite(editions[index].blob.version)
        try conditions.checkTags(of: editions[index].blob)
        try conditions.checkTier(of: editions[index].blob)
        try editions[index].blob.protection.check(at: time.now())
        if isPermanent {
            guard settings.allowsPermanentDelete, editions[index].deletion != nil else {
                throw BlobServiceError.blobOperationNotSupported
            }
            editions.remove(at: index)
            setEditions(editions, of: name, in: container)
            return true
        }
        let deletion = newDeletion()
        if let deletion { editions[index].deletion = deletion } else { editions.remove(at: index) }
        setEditions(editions, of: name, in: container)
        return deletion == nil
    }

    /// Brings a deleted blob, its deleted snapshots and its deleted versions back.
    func undelete(_ name: BlobName, in container: String) throws {
        dropOutdated(in: container)
        let record = try self.container(container)
        var editions = record.editions[name] ?? []
        guard record.blobs[name] != nil || editions.contains(where: { $0.deletion != nil }) else {
            throw BlobServiceError.blobNotFound
        }
        if let index = editions.firstIndex(where: { $0.kind == .blob }) {
            var blob = editions.remove(at: index).blob
            blob.isCurrent = true
            containers[container]?.blobs[name] = blob
        }
        for index in editions.indices { editions[index].deletion = nil }
        setEditions(editions, of: name, in: container)
    }
}
