#if Emulator
import AzureCore

import struct Foundation.Data
import struct Foundation.Date

/// Everything that the account holds. Each call is one step that others see as a whole or not at all.
actor BlobStore {
    let time: TimeSource
    /// How long deleted containers are kept; zero when they are not.
    let containerRetention: Duration
    private let deletionTime: Duration
    var containers: [String: ContainerRecord] = [:]
    /// Containers that were deleted and are kept, in the order in which they were deleted.
    var deleted: [DeletedContainer] = []
    /// The properties of the service.
    var settings = ServiceSettings()
    /// Until when, in uptime, the names of deleted containers stay taken.
    private var beingDeleted: [String: Duration] = [:]
    private var lastTicks: Int64 = 0

    init(time: TimeSource, deletionTime: Duration, containerRetention: Duration = .zero) {
        self.time = time
        self.containerRetention = containerRetention
        self.deletionTime = deletionTime
    }

    /// A version that no resource has had before.
    func newVersion() -> ResourceVersion {
        let now = time.now()
        // The tag of the real service is the time in units of 100 ns since the year 1; it never repeats.
        let ticks = Int64((now.timeIntervalSince1970 + 62_135_596_800) * 10_000_000)
        lastTicks = max(ticks, lastTicks + 1)
        let whole = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        return ResourceVersion(etag: "\"0x\(String(lastTicks, radix: 16, uppercase: true))\"", lastModified: whole)
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
    func checkWrite(_ write: BlobWrite) throws {
        let existing = try container(write.container).blobs[write.name]
        try write.check(existing, at: time.uptime())
    }

    /// Puts a blob in the place of what was there; blocks that were not committed are dropped.
    func put(_ content: BlobContent, _ write: BlobWrite) throws -> ResourceVersion {
        try checkWrite(write)
        let version = newVersion()
        let existing = containers[write.container]?.blobs[write.name]
        let createdOn = existing?.createdOn ?? version.lastModified
        let lease = existing?.lease.afterWrite(at: time.uptime()) ?? Lease()
        let isNew =
            containers[write.container]?.blobs.updateValue(
                BlobRecord(
                    kind: write.kind, content: content, headers: write.headers, metadata: write.metadata,
                    version: version,
                    createdOn: createdOn, accessTier: write.accessTier, tags: write.tags, copy: write.copy,
                    lease: lease),
                forKey: write.name) == nil
        containers[write.container]?.staged[write.name] = nil
        if isNew { containers[write.container]?.sortedNames = nil }
        return version
    }

    func deleteBlob(_ name: BlobName, in container: String, conditions: BlobConditions) throws {
        try conditions.checkWrite(try blob(name, in: container), at: time.uptime())
        containers[container]?.blobs[name] = nil
        containers[container]?.staged[name] = nil
        containers[container]?.sortedNames = nil
    }

    /// Changes what is stored beside the content of a blob.
    func update(
        _ name: BlobName, in container: String, conditions: BlobConditions,
        _ change: @Sendable (inout BlobRecord) -> Void
    ) throws -> ResourceVersion {
        var blob = try blob(name, in: container)
        try conditions.checkWrite(blob, at: time.uptime())
        change(&blob)
        replace(&blob, name, in: container)
        return blob.version
    }

    /// Puts a changed blob, with a new version, in the place of what it was.
    func replace(_ blob: inout BlobRecord, _ name: BlobName, in container: String) {
        blob.version = newVersion()
        blob.lease = blob.lease.afterWrite(at: time.uptime())
        containers[container]?.blobs[name] = blob
    }

    /// Sets the tags of a blob, which changes no version.
    func setTags(
        _ tags: BlobTags, of name: BlobName, in container: String, conditions: BlobConditions
    ) throws {
        let blob = try blob(name, in: container)
        try conditions.checkTags(of: blob)
        try conditions.checkLease(of: blob, isRequired: true, at: time.uptime())
        containers[container]?.blobs[name]?.tags = tags
    }

    /// Sets the tier of a blob, which changes no version.
    ///
    /// - Returns: The tier that it had.
    func setTier(
        _ tier: String, of name: BlobName, in container: String, conditions: BlobConditions
    ) throws -> String? {
        let blob = try blob(name, in: container)
        try conditions.checkTags(of: blob)
        try conditions.checkLease(of: blob, isRequired: false, at: time.uptime())
        guard blob.kind == .block else { throw BlobServiceError.invalidBlobType }
        containers[container]?.blobs[name]?.accessTier = tier
        return blob.accessTier
    }

    // MARK: Blocks

    func stage(
        _ piece: ContentPiece, id: String, of name: BlobName, in container: String, conditions: BlobConditions
    ) throws {
        let isNew = try self.container(container).staged[name] == nil
        try checkStaging(name, in: container, conditions: conditions)
        try containers[container]?.staged[name, default: StagedBlocks()].stage(piece, id: id)
        if isNew { containers[container]?.sortedNames = nil }
    }

    /// Checks whether blocks can be staged.
    func checkStaging(_ name: BlobName, in container: String, conditions: BlobConditions) throws {
        let existing = try self.container(container).blobs[name]
        guard existing?.kind ?? .block == .block else { throw BlobServiceError.invalidBlobType }
        try conditions.checkLease(of: existing, isRequired: true, at: time.uptime())
    }

    func commit(_ list: [BlockReference], _ write: BlobWrite) throws -> ResourceVersion {
        try checkWrite(write)
        guard containers[write.container]?.blobs[write.name]?.kind ?? .block == .block else {
            throw BlobServiceError.invalidBlobType
        }
        return try put(BlobContent(try blocks(list, for: write)), write)
    }

    private func blocks(_ list: [BlockReference], for write: BlobWrite) throws -> [BlobContent.Block] {
        let staged = containers[write.container]?.staged[write.name]?.pieces ?? [:]
        var committed: [String: ContentPiece] = [:]
        for block in containers[write.container]?.blobs[write.name]?.content.blocks ?? [] {
            if let id = block.id { committed[id] = block.piece }
        }
        return try list.map { reference in
            let piece =
                switch reference.source {
                case .latest: staged[reference.id] ?? committed[reference.id]
                case .committed: committed[reference.id]
                case .uncommitted: staged[reference.id]
                }
            guard let piece else { throw BlobServiceError.invalidBlockList }
            return BlobContent.Block(id: reference.id, piece: piece)
        }
    }

    /// The committed blob, if any, and the staged blocks.
    func blocks(of name: BlobName, in container: String) throws -> (committed: BlobRecord?, staged: StagedBlocks) {
        let container = try self.container(container)
        let (committed, staged) = (container.blobs[name], container.staged[name])
        guard committed?.kind ?? .block == .block else { throw BlobServiceError.invalidBlobType }
        guard committed != nil || staged != nil else { throw BlobServiceError.blobNotFound }
        return (committed, staged ?? StagedBlocks())
    }

    // MARK: Lists

    /// The names of a container in order, with the container as it is at this moment.
    func sortedNames(in name: String) throws -> (names: [BlobName], container: ContainerRecord) {
        var container = try self.container(name)
        if let names = container.sortedNames { return (names, container) }
        let names = Set(container.blobs.keys).union(container.staged.keys).sorted()
        container.sortedNames = names
        containers[name] = container
        return (names, container)
    }
}
#endif
