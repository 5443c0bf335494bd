import AzureCore

import struct Foundation.Data
import struct Foundation.Date

/// Everything that the account holds. Each call is one step that others see as a whole or not at all.
actor BlobStore {
    let time: TimeSource
    /// How long deleted containers are kept; zero when they are not.
    let containerRetention: Duration
    /// Whether earlier versions of blobs are kept.
    let keepsVersions: Bool
    private let deletionTime: Duration
    var containers: [String: ContainerRecord] = [:]
    /// Containers that were deleted and are kept, in the order in which they were deleted.
    var deleted: [DeletedContainer] = []
    /// The properties of the service.
    var settings = ServiceSettings()
    /// Until when, in uptime, the names of deleted containers stay taken.
    private var beingDeleted: [String: Duration] = [:]
    private var lastTicks: Int64 = 0

    init(
        time: TimeSource, deletionTime: Duration, containerRetention: Duration = .zero, keepsVersions: Bool = false
    ) {
        self.time = time
        self.keepsVersions = keepsVersions
        self.containerRetention = containerRetention
        self.deletionTime = deletionTime
    }

    /// A version that no resource has had before.
    func newVersion() -> ResourceVersion {
        let now = time.now()
        let whole = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        return ResourceVersion(etag: "\"0x\(String(newTicks(), radix: 16, uppercase: true))\"", lastModified: whole)
    }

    /// A version of a blob, with a time that names it where versions are kept.
    func newBlobVersion() -> ResourceVersion {
        var version = newVersion()
        if keepsVersions { version.id = ServiceTime.format(ticks: lastTicks) }
        return version
    }

    /// A time that names an edition of a blob; none comes twice.
    func newEditionID() -> String { ServiceTime.format(ticks: newTicks()) }

    /// The time in units of 100 ns since the year 1, as in the tags of the real service; it never repeats.
    private func newTicks() -> Int64 {
        let ticks = Int64((time.now().timeIntervalSince1970 + 62_135_596_800) * 10_000_000)
        lastTicks = max(ticks, lastTicks + 1)
        return lastTicks
    }

    // MARK: Containers

    /// The names of all containers, in order.
    func containerNames() -> [String] {
        containers.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    func container(_ name: String) throws -> ContainerRecord {
        guard let container = containers[name] else { throw BlobServiceError.containerNotFound }
        return container
    }

    func createContainer(
        _ name: String, metadata: BlobMetadata, publicAccess: PublicAccess?,
        encryptionScope: ContainerEncryptionScope = .accountKey
    ) throws -> ResourceVersion {
        try checkNameIsFree(name)
        let version = newVersion()
        containers[name] = ContainerRecord(
            metadata: metadata, publicAccess: publicAccess, encryptionScope: encryptionScope, version: version)
        return version
    }

    /// Checks that a container can be made under a name.
    func checkNameIsFree(_ name: String) throws {
        if let end = beingDeleted[name] {
            guard time.uptime() >= end else { throw BlobServiceError.containerBeingDeleted }
            beingDeleted[name] = nil
        }
        guard containers[name] == nil else { throw BlobServiceError.containerAlreadyExists }
    }

    func deleteContainer(_ name: String, leaseID: String?, conditions: BlobConditions) throws {
        let record = try container(name)
        try conditions.checkWrite(record.version)
        try record.lease.check(leaseID, on: .container, isRequired: true, at: time.uptime())
        keep(record, name)
        containers[name] = nil
        if deletionTime > .zero { beingDeleted[name] = time.uptime() + deletionTime }
    }

    func setMetadata(
        ofContainer name: String, _ metadata: BlobMetadata, leaseID: String?, conditions: BlobConditions
    ) throws -> ResourceVersion {
        try conditions.checkWrite(try container(name, leaseID: leaseID).version)
        let version = newVersion()
        containers[name]?.metadata = metadata
        containers[name]?.version = version
        return version
    }

    func setPolicies(
        ofContainer name: String, _ policies: [StoredAccessPolicy], publicAccess: PublicAccess?,
        leaseID: String?, conditions: BlobConditions
    ) throws -> ResourceVersion {
        try conditions.checkWrite(try container(name, leaseID: leaseID).version)
        let version = newVersion()
        containers[name]?.policies = policies
        containers[name]?.publicAccess = publicAccess
        containers[name]?.version = version
        return version
    }

    // MARK: Blobs

    func blob(_ name: BlobName, in container: String) throws -> BlobRecord {
        guard let blob = try self.container(container).blobs[name] else { throw BlobServiceError.blobNotFound }
        return blob
    }

    /// Checks what a write would check at its end, so that a large body is not taken in for nothing.
    ///
    /// - Returns: What the content is to be encrypted with.
    @discardableResult
    func checkWrite(_ write: BlobWrite) throws -> ContentEncryption {
        let record = try container(write.container)
        let existing = record.blobs[write.name]
        try write.check(existing, at: time.uptime())
        let encryption = try write.conditions.encryption.resolved(in: record.encryptionScope)
        guard let existing else { return encryption }
        guard !existing.isIncrementalCopy else { throw BlobServiceError.notAllowedOnIncrementalCopy }
        // Where versions are kept, the write leaves what was there as it is.
        if !keepsVersions { try existing.protection.check(at: time.now()) }
        return encryption
    }

    /// Puts a blob in the place of what was there; blocks that were not committed are dropped.
    func put(_ content: BlobContent, _ write: BlobWrite) throws -> BlobRecord {
        let encryption = try checkWrite(write)
        let existing = containers[write.container]?.blobs[write.name]
        keepReplaced(existing, write.name, in: write.container)
        let version = newBlobVersion()
        let blob = BlobRecord(
            kind: write.kind, content: content, headers: write.headers, metadata: write.metadata, version: version,
            createdOn: existing?.createdOn ?? version.lastModified, accessTier: write.accessTier,
            tierSetOn: write.accessTier.map { _ in version.lastModified }, tags: write.tags,
            copy: write.copy, lease: existing?.lease.afterWrite(at: time.uptime()) ?? Lease(),
            encryption: encryption, protection: write.protection)
        try forgetOrder(unless: write.name, in: write.container)
        containers[write.container]?.blobs[write.name] = blob
        containers[write.container]?.staged[write.name] = nil
        return blob
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
        var blob = try blob(name, in: container)
        try conditions.checkWrite(blob, at: time.uptime())
        try conditions.checkKey(of: blob)
        if keepsVersions {
            keepAsVersion(blob, name, in: container)
            blob.protection = BlobProtection()
        }
        blob.metadata = metadata
        try replace(&blob, name, in: container)
        guard keepsVersions else { return blob }
        blob.version.id = newEditionID()
        containers[container]?.blobs[name] = blob
        return blob
    }

    /// Puts a changed blob, with a new tag, in the place of what it was.
    func replace(_ blob: inout BlobRecord, _ name: BlobName, in container: String) throws {
        try blob.protection.check(at: time.now())
        guard !blob.isIncrementalCopy else { throw BlobServiceError.notAllowedOnIncrementalCopy }
        let id = blob.version.id
        blob.version = newVersion()
        blob.version.id = id
        blob.lease = blob.lease.afterWrite(at: time.uptime())
        containers[container]?.blobs[name] = blob
    }

    /// Sets the tags of a blob or a version, which changes no version.
    func setTags(
        _ tags: BlobTags, of name: BlobName, _ selection: BlobSelection, in container: String,
        conditions: BlobConditions
    ) throws {
        let now = time.uptime()
        try change(name, selection, in: container) { blob in
            try conditions.checkTags(of: blob)
            try conditions.checkLease(of: blob, isRequired: true, at: now)
            blob.tags = tags
        }
    }

    /// Sets the tier of a blob, which changes no version.
    ///
    /// - Returns: The tier that it had.
    func setTier(
        _ tier: String, of name: BlobName, _ selection: BlobSelection, in container: String,
        conditions: BlobConditions
    ) throws -> String? {
        let (now, date) = (time.uptime(), newVersion().lastModified)
        return try change(name, selection, in: container) { blob in
            try conditions.checkTags(of: blob)
            try conditions.checkLease(of: blob, isRequired: false, at: now)
            guard blob.kind == .block else { throw BlobServiceError.invalidBlobType }
            defer { (blob.accessTier, blob.tierSetOn) = (tier, date) }
            return blob.accessTier
        }
    }

    // MARK: Lists

    /// Has the order of a container's names made anew, unless a name is among them.
    func forgetOrder(unless name: BlobName, in container: String) throws {
        guard containers[container]?.sortedNames != nil else { return }
        let record = try self.container(container)
        guard record.blobs[name] == nil, record.staged[name] == nil, record.editions[name] == nil else { return }
        containers[container]?.sortedNames = nil
    }

    /// The names of a container in order, with the container as it is at this moment.
    func sortedNames(in name: String) throws -> (names: [BlobName], container: ContainerRecord) {
        dropOutdated(in: name)
        let container = try self.container(name)
        if let names = container.sortedNames { return (names, container) }
        let names = Set(container.blobs.keys).union(container.staged.keys).union(container.editions.keys).sorted()
        containers[name]?.sortedNames = names
        return (names, container)
    }
}
