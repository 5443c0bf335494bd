import AzureCore

/// Blobs as a whole, and what is stored with them.
extension BlobStore {
    func blob(_ name: BlobName, in container: String) throws -> BlobRecord {
        try blob(name, in: try self.container(container))
    }

    func blob(_ name: BlobName, in container: ContainerRecord) throws -> BlobRecord {
        guard let blob = try tables.blob(name, in: container.id) else { throw BlobServiceError.blobNotFound }
        return blob
    }

    /// Checks what a write would check at its end, so that a large body is not taken in for nothing.
    func checkWrite(_ write: BlobWrite) throws {
        let container = try container(write.container)
        _ = try check(write, over: try tables.blob(write.name, in: container.id), in: container)
    }

    /// Checks whether a write may take place.
    ///
    /// - Returns: What the content is to be encrypted with.
    private func check(
        _ write: BlobWrite, over existing: BlobRecord?, in container: ContainerRecord
    ) throws -> ContentEncryption {
        try write.check(existing, at: time.uptime())
        let encryption = try write.conditions.encryption.resolved(in: container.encryptionScope)
        guard let existing else { return encryption }
        guard !existing.isIncrementalCopy else { throw BlobServiceError.notAllowedOnIncrementalCopy }
        // Where versions are kept, the write leaves what was there as it is.
        if !keepsVersions { try existing.protection.check(at: time.now()) }
        return encryption
    }

    /// Puts a blob in the place of what was there; blocks that were not committed are dropped.
    func put(_ content: BlobContent, _ write: BlobWrite) throws -> BlobRecord {
        try transaction {
            let container = try container(write.container)
            let existing = try tables.blob(write.name, in: container.id)
            let encryption = try check(write, over: existing, in: container)
            try keepReplaced(existing, write.name, in: container.id)
            let version = try newBlobVersion()
            let blob = BlobRecord(
                kind: write.kind, content: content, headers: write.headers, metadata: write.metadata,
                version: version, createdOn: existing?.createdOn ?? version.lastModified,
                accessTier: write.accessTier, tierSetOn: write.accessTier.map { _ in version.lastModified },
                rehydration: write.rehydration, tags: write.tags, copy: write.copy,
                lease: existing?.lease.afterWrite(at: time.uptime()) ?? Lease(),
                encryption: encryption, protection: write.protection)
            try tables.put(blob, as: write.name, in: container.id)
            try tables.removeStagedBlocks(of: write.name, in: container.id)
            return blob
        }
    }

    /// Changes a blob, if that can be.
    func modify(
        _ name: BlobName, in container: String, conditions: BlobConditions,
        _ change: (inout BlobRecord) throws -> Void
    ) throws -> BlobRecord {
        try transaction {
            let container = try self.container(container)
            var blob = try blob(name, in: container)
            try conditions.checkWrite(blob, at: time.uptime())
            try change(&blob)
            try replace(&blob, name, in: container.id)
            return blob
        }
    }

    /// Puts a changed blob, with a new tag, in the place of what it was.
    private func replace(_ blob: inout BlobRecord, _ name: BlobName, in container: ContainerID) throws {
        try blob.protection.check(at: time.now())
        guard !blob.isIncrementalCopy else { throw BlobServiceError.notAllowedOnIncrementalCopy }
        let id = blob.version.id
        blob.version = try newVersion()
        blob.version.id = id
        blob.lease = blob.lease.afterWrite(at: time.uptime())
        try tables.put(blob, as: name, in: container)
    }

    /// Changes the header fields of a blob.
    func setHeaders(
        _ headers: BlobHTTPHeaders, of name: BlobName, in container: String, conditions: BlobConditions
    ) throws -> BlobRecord {
        try modify(name, in: container, conditions: conditions) { $0.headers = headers }
    }

    /// Sets the metadata of a blob, which makes a version where versions are kept.
    func setMetadata(
        _ metadata: BlobMetadata, of name: BlobName, in container: String, conditions: BlobConditions
    ) throws -> BlobRecord {
        try transaction {
            let container = try self.container(container)
            var blob = try blob(name, in: container)
            try conditions.checkWrite(blob, at: time.uptime())
            try conditions.checkKey(of: blob)
            if keepsVersions {
                try keepAsVersion(blob, name, in: container.id)
                blob.protection = BlobProtection()
            }
            blob.metadata = metadata
            try replace(&blob, name, in: container.id)
            guard keepsVersions else { return blob }
            blob.version.id = try newEditionID()
            try tables.put(blob, as: name, in: container.id)
            return blob
        }
    }

    /// Sets the tags of a blob or a version, which changes no version.
    ///
    /// - Parameters:
    ///   - conditions: What is asked of tags and lease.
    ///   - state: What is asked of the version.
    func setTags(
        _ tags: BlobTags, of name: BlobName, _ selection: BlobSelection, in container: String,
        conditions: BlobConditions, on state: BlobConditions
    ) throws {
        let now = time.uptime()
        try change(name, selection, in: container) { blob in
            try state.checkWrite(blob.version)
            try conditions.checkTags(of: blob)
            try conditions.checkLease(of: blob, isRequired: true, at: now)
            blob.tags = tags
        }
    }

    /// Sets the tier of a blob, which changes no version.
    ///
    /// - Returns: Whether it is on its way there out of the archive.
    func setTier(
        _ tier: String, priority: String?, of name: BlobName, _ selection: BlobSelection, in container: String,
        conditions: BlobConditions
    ) throws -> Bool {
        try transaction {
            let (now, date) = (time.uptime(), try newVersion().lastModified)
            return try change(name, selection, in: container) { blob in
                try conditions.checkTags(of: blob)
                try conditions.checkLease(of: blob, isRequired: false, at: now)
                guard blob.kind == .block else { throw BlobServiceError.invalidBlobType }
                return try blob.move(to: tier, priority: priority, duration: rehydrationTime, at: date)
            }
        }
    }

    func lease(
        of name: BlobName, in container: String, _ request: LeaseRequest, conditions: BlobConditions
    ) throws -> (blob: BlobRecord, remaining: Duration?) {
        try transaction {
            let container = try self.container(container)
            var blob = try blob(name, in: container)
            try conditions.checkWrite(blob.version)
            try conditions.checkTags(of: blob)
            let remaining = try request.apply(to: &blob.lease, at: time.uptime())
            try tables.put(blob, as: name, in: container.id)
            return (blob, remaining)
        }
    }
}
