import AzureCore

import struct Foundation.Date

/// A container that was deleted and is kept for a while.
struct DeletedContainer: Sendable {
    let name: String
    /// Tells it from others of the same name.
    let version: String
    let deletedOn: Date
    var record: ContainerRecord
}

extension BlobStore {
    // MARK: The service

    func changeSettings(_ document: XMLTree) throws {
        try settings.apply(document)
    }

    // MARK: Deleted containers

    /// The deleted containers that can still be had back.
    func deletedContainers() -> [DeletedContainer] {
        let retention = Double(containerRetention.components.seconds)
        let now = time.now()
        deleted.removeAll { now.timeIntervalSince($0.deletedOn) >= retention }
        return deleted
    }

    /// How many days a deleted container still has.
    func remainingDays(of container: DeletedContainer) -> Int {
        let retention = Double(containerRetention.components.seconds)
        let rest = retention - time.now().timeIntervalSince(container.deletedOn)
        return Int((rest / 86_400).rounded(.up))
    }

    func restoreContainer(_ name: String, version: String, as newName: String) throws -> ResourceVersion {
        let kept = deletedContainers()
        guard let index = kept.firstIndex(where: { $0.name == name && $0.version == version }) else {
            throw BlobServiceError.containerNotFound
        }
        try checkNameIsFree(newName)
        var record = deleted.remove(at: index).record
        record.version = newVersion()
        containers[newName] = record
        return record.version
    }

    func renameContainer(_ source: String, to name: String, sourceLeaseID: String?) throws -> ResourceVersion {
        var record = try container(source)
        try record.lease.check(sourceLeaseID, on: .container, isRequired: true, at: time.uptime())
        try checkNameIsFree(name)
        containers[source] = nil
        record.version = newVersion()
        containers[name] = record
        return record.version
    }

    /// Keeps a deleted container if containers are kept.
    func keep(_ record: ContainerRecord, _ name: String) {
        guard containerRetention > .zero else { return }
        var record = record
        record.lease = Lease()
        let stamp = newVersion().etag.dropFirst(3).dropLast()
        deleted.append(
            DeletedContainer(name: name, version: "01\(stamp)", deletedOn: time.now(), record: record))
    }

    // MARK: Leases

    /// A container whose lease fits the id that a request names.
    func container(_ name: String, leaseID: String?) throws -> ContainerRecord {
        let record = try container(name)
        try record.lease.check(leaseID, on: .container, isRequired: false, at: time.uptime())
        return record
    }

    func lease(
        ofContainer name: String, _ request: LeaseRequest, conditions: BlobConditions
    ) throws -> (record: ContainerRecord, remaining: Duration?) {
        var record = try container(name)
        try conditions.checkWrite(record.version)
        let remaining = try request.apply(to: &record.lease, at: time.uptime())
        containers[name] = record
        return (record, remaining)
    }

    func lease(
        of name: BlobName, in container: String, _ request: LeaseRequest, conditions: BlobConditions
    ) throws -> (blob: BlobRecord, remaining: Duration?) {
        var blob = try blob(name, in: container)
        try conditions.checkWrite(blob.version)
        try conditions.checkTags(of: blob)
        let remaining = try request.apply(to: &blob.lease, at: time.uptime())
        containers[container]?.blobs[name] = blob
        return (blob, remaining)
    }

    /// What time it is for leases.
    func leaseTime() -> Duration { time.uptime() }
}
