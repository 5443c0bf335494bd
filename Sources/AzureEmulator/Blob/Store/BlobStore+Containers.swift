import AzureCore

import struct Foundation.Date

/// Containers, those there are and those that were deleted and are kept.
extension BlobStore {
    func container(_ name: String) throws -> ContainerRecord {
        guard let container = try tables.container(name) else { throw BlobServiceError.containerNotFound }
        return container
    }

    /// A container whose lease fits the id that a request names.
    func container(_ name: String, leaseID: String?) throws -> ContainerRecord {
        let record = try container(name)
        try record.lease.check(leaseID, on: .container, isRequired: false, at: time.uptime())
        return record
    }

    func createContainer(
        _ name: String, metadata: BlobMetadata, publicAccess: PublicAccess?,
        encryptionScope: ContainerEncryptionScope = .accountKey
    ) throws -> ResourceVersion {
        try transaction {
            try checkNameIsFree(name)
            let version = try newVersion()
            // The ticks of the version, which come once only.
            let id = ContainerID(number: try tables.lastTicks())
            try tables.put(
                ContainerRecord(
                    id: id, name: name, metadata: metadata, publicAccess: publicAccess,
                    encryptionScope: encryptionScope, version: version))
            return version
        }
    }

    /// Checks that a container can be made under a name.
    private func checkNameIsFree(_ name: String) throws {
        if let end = try tables.endOfDeletion(of: name) {
            guard time.uptime() >= end else { throw BlobServiceError.containerBeingDeleted }
            try tables.put(endOfDeletion: nil, of: name)
        }
        guard try tables.container(name) == nil else { throw BlobServiceError.containerAlreadyExists }
    }

    func deleteContainer(_ name: String, leaseID: String?, conditions: BlobConditions) throws {
        try transaction {
            let record = try container(name)
            try conditions.checkWrite(record.version)
            try record.lease.check(leaseID, on: .container, isRequired: true, at: time.uptime())
            if containerRetention > .zero { try keep(record) } else { try tables.removeContainer(record.id) }
            mayBeUntidy = true
            if deletionTime > .zero { try tables.put(endOfDeletion: time.uptime() + deletionTime, of: name) }
        }
    }

    func setMetadata(
        ofContainer name: String, _ metadata: BlobMetadata, leaseID: String?, conditions: BlobConditions
    ) throws -> ResourceVersion {
        try modifyContainer(name, leaseID: leaseID, conditions: conditions) { $0.metadata = metadata }
    }

    func setPolicies(
        ofContainer name: String, _ policies: [StoredAccessPolicy], publicAccess: PublicAccess?,
        leaseID: String?, conditions: BlobConditions
    ) throws -> ResourceVersion {
        try modifyContainer(name, leaseID: leaseID, conditions: conditions) { record in
            record.policies = policies
            record.publicAccess = publicAccess
        }
    }

    private func modifyContainer(
        _ name: String, leaseID: String?, conditions: BlobConditions, _ change: (inout ContainerRecord) -> Void
    ) throws -> ResourceVersion {
        try transaction {
            var record = try container(name, leaseID: leaseID)
            try conditions.checkWrite(record.version)
            change(&record)
            record.version = try newVersion()
            try tables.put(record)
            return record.version
        }
    }

    func lease(
        ofContainer name: String, _ request: LeaseRequest, conditions: BlobConditions
    ) throws -> (record: ContainerRecord, remaining: Duration?) {
        try transaction {
            var record = try container(name)
            try conditions.checkWrite(record.version)
            let remaining = try request.apply(to: &record.lease, at: time.uptime())
            try tables.put(record)
            return (record, remaining)
        }
    }

    func renameContainer(_ source: String, to name: String, sourceLeaseID: String?) throws -> ResourceVersion {
        try transaction {
            var record = try container(source)
            try record.lease.check(sourceLeaseID, on: .container, isRequired: true, at: time.uptime())
            try checkNameIsFree(name)
            record.name = name
            record.version = try newVersion()
            try tables.put(record)
            return record.version
        }
    }

    // MARK: Deleted containers

    /// Keeps a container that is deleted.
    private func keep(_ record: ContainerRecord) throws {
        var record = record
        record.lease = Lease()
        let stamp = try newVersion().etag.dropFirst(3).dropLast()
        record.deletion = ContainerRecord.Deletion(version: "01\(stamp)", on: time.now())
        try tables.put(record)
    }

    func restoreContainer(_ name: String, version: String, as newName: String) throws -> ResourceVersion {
        try transaction {
            try dropOutdatedContainers()
            guard var record = try tables.deletedContainer(name, version: version) else {
                throw BlobServiceError.containerNotFound
            }
            try checkNameIsFree(newName)
            record.name = newName
            record.deletion = nil
            record.version = try newVersion()
            try tables.put(record)
            return record.version
        }
    }

    /// Gives up the containers that were deleted so long ago that they are no longer kept.
    func dropOutdatedContainers() throws {
        mayBeUntidy = true
        try tables.removeContainers(
            deletedUntil: time.now().addingTimeInterval(-Double(containerRetention.components.seconds)))
    }

    /// How many days a deleted container still has.
    func remainingDays(of deletion: ContainerRecord.Deletion) -> Int {
        let retention = Double(containerRetention.components.seconds)
        let rest = retention - time.now().timeIntervalSince(deletion.on)
        return Int((rest / 86_400).rounded(.up))
    }
}
