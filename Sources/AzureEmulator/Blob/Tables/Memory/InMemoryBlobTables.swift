import struct Foundation.Date

/// The tables in memory.
///
/// Changes are made at once, each with a note of how it is undone. The notes hold what was replaced or removed, and with
/// it its content, until the transaction is over.
final class InMemoryBlobTables: BlobTables {
    private var currentSettings = ServiceSettings()
    private var ticks: Int64 = 0
    private var containers: [ContainerID: MemoryContainer] = [:]
    /// The containers by their keys.
    private var present = OrderedTable<ContainerID>()
    /// The containers that were deleted and are kept, by their keys.
    private var deleted = OrderedTable<ContainerID>()
    private var endsOfDeletions: [String: Duration] = [:]
    /// How what the transaction has done so far is undone, in the order in which it was done.
    private var undoings: [() -> Void] = []
    /// How many transactions are within one another.
    private var depth = 0

    // MARK: Transactions

    func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        let (mark, ticks) = (undoings.count, ticks)
        depth += 1
        defer {
            depth -= 1
            if depth == 0 { undoings.removeAll(keepingCapacity: undoings.count < 64) }
        }
        do {
            return try body()
        } catch {
            while undoings.count > mark { undoings.removeLast()() }
            self.ticks = ticks
            throw error
        }
    }

    private func note(_ undoing: @escaping () -> Void) {
        precondition(depth > 0, "Tables are changed in transactions only.")
        undoings.append(undoing)
    }

    // MARK: The service

    func settings() -> ServiceSettings { currentSettings }

    func put(_ settings: ServiceSettings) {
        let old = currentSettings
        note { self.currentSettings = old }
        currentSettings = settings
    }

    func lastTicks() -> Int64 { ticks }

    // Undone with the transaction itself, as it changes in nearly every one.
    func put(lastTicks: Int64) {
        precondition(depth > 0, "Tables are changed in transactions only.")
        ticks = lastTicks
    }

    // MARK: Containers

    func container(_ name: String) -> ContainerRecord? {
        present[BlobName(name)].flatMap { containers[$0]?.record }
    }

    func deletedContainer(_ name: String, version: String) -> ContainerRecord? {
        deleted[ContainerRecord.key(name, version: version)].flatMap { containers[$0]?.record }
    }

    func containers(in range: NameRange, withDeleted: Bool, limit: Int) -> [ContainerRecord] {
        let names = present.names(in: range, limit: limit)
        let others = withDeleted ? deleted.names(in: range, limit: limit) : []
        return names.merged(with: others, limit: limit).compactMap { key in
            (present[key] ?? deleted[key]).flatMap { containers[$0]?.record }
        }
    }

    func put(_ container: ContainerRecord) {
        guard let known = containers[container.id] else {
            note { self.unlink(container) }
            return link(MemoryContainer(container))
        }
        let old = known.record
        note { self.replace(known, with: old) }
        replace(known, with: container)
    }

    func removeContainer(_ id: ContainerID) {
        guard let container = containers[id] else { return }
        note { self.link(container) }
        unlink(container.record)
    }

    func removeContainers(deletedUntil end: Date) {
        for id in deleted.rows.values where containers[id]?.record.deletion.map({ $0.on <= end }) ?? false {
            removeContainer(id)
        }
    }

    private func replace(_ container: MemoryContainer, with record: ContainerRecord) {
        guard container.record.key != record.key else { return container.record = record }
        unlink(container.record)
        container.record = record
        link(container)
    }

    private func link(_ container: MemoryContainer) {
        let record = container.record
        containers[record.id] = container
        if record.deletion == nil {
            present.set(record.id, at: record.key)
        } else {
            deleted.set(record.id, at: record.key)
        }
    }

    private func unlink(_ record: ContainerRecord) {
        containers[record.id] = nil
        if record.deletion == nil { present.set(nil, at: record.key) } else { deleted.set(nil, at: record.key) }
    }

    func endOfDeletion(of name: String) -> Duration? { endsOfDeletions[name] }

    func put(endOfDeletion end: Duration?, of name: String) {
        let old = endsOfDeletions[name]
        note { self.endsOfDeletions[name] = old }
        endsOfDeletions[name] = end
    }

    func removeEndsOfDeletion() {
        let old = endsOfDeletions
        note { self.endsOfDeletions = old }
        endsOfDeletions = [:]
    }

    /// A container that there is, deleted or not.
    private func contents(_ id: ContainerID) throws -> MemoryContainer {
        guard let container = containers[id] else { throw BlobServiceError.containerNotFound }
        return container
    }
}

// MARK: Blobs

extension InMemoryBlobTables {
    func blob(_ name: BlobName, in container: ContainerID) -> BlobRecord? {
        containers[container]?.blobs[name]
    }

    func put(_ blob: BlobRecord, as name: BlobName, in container: ContainerID) throws {
        let contents = try contents(container)
        let old = contents.set(blob, at: name)
        note { contents.set(old, at: name) }
    }

    func removeBlob(_ name: BlobName, in container: ContainerID) {
        guard let contents = containers[container], let old = contents.set(nil as BlobRecord?, at: name) else { return }
        note { contents.set(old, at: name) }
    }

    func names(
        in container: ContainerID, _ range: NameRange, from sources: NameSources, limit: Int
    ) -> [NamedRow] {
        guard let contents = containers[container] else { return [] }
        var names = sources.contains(.blobs) ? contents.blobs.names(in: range, limit: limit) : []
        if sources.contains(.staged) {
            names = names.merged(with: contents.staged.names(in: range, limit: limit), limit: limit)
        }
        if sources.contains(.editions) {
            names = names.merged(with: contents.editions.names(in: range, limit: limit), limit: limit)
        }
        return names.map { name in
            NamedRow(
                name: name, blob: sources.contains(.blobs) ? contents.blobs[name] : nil,
                isStaged: sources.contains(.staged) && contents.staged[name] != nil,
                hasEditions: sources.contains(.editions) && contents.editions[name] != nil)
        }
    }

    func taggedBlobs(in container: ContainerID, _ range: NameRange, limit: Int) -> [TaggedBlob] {
        guard let contents = containers[container] else { return [] }
        return contents.tagged.names(in: range, limit: limit).compactMap { name in
            contents.blobs[name].map { TaggedBlob(name: name, tags: $0.tags) }
        }
    }
}

// MARK: Staged blocks and editions

extension InMemoryBlobTables {
    func staging(of name: BlobName, in container: ContainerID) -> BlockStaging? {
        containers[container]?.staged[name]?.staging
    }

    func hasStagedBlock(_ id: String, of name: BlobName, in container: ContainerID) -> Bool {
        containers[container]?.staged[name]?.pieces[id] != nil
    }

    func stagedBlocks(of name: BlobName, in container: ContainerID) -> StagedBlocks? {
        containers[container]?.staged[name]
    }

    func stage(
        _ piece: ContentPiece, as id: String, _ staging: BlockStaging, of name: BlobName, in container: ContainerID
    ) throws {
        let contents = try contents(container)
        let old = contents.stage(piece, as: id, staging, of: name)
        note { contents.unstage(id, of: name, old: old) }
    }

    func removeStagedBlocks(of name: BlobName, in container: ContainerID) {
        guard let contents = containers[container], let old = contents.set(nil as StagedBlocks?, at: name) else {
            return
        }
        note { contents.set(old, at: name) }
    }

    func edition(_ id: String, of name: BlobName, in container: ContainerID) -> BlobEdition? {
        containers[container]?.editions[name]?.first(withID: id)
    }

    func lastEdition(of name: BlobName, in container: ContainerID) -> BlobEdition? {
        containers[container]?.editions[name]?.last
    }

    func editions(of name: BlobName, in container: ContainerID, from id: String, limit: Int) -> [BlobEdition] {
        guard let editions = containers[container]?.editions[name] else { return [] }
        let first = editions.firstIndex(notBefore: id)
        return Array(editions[first...].prefix(limit))
    }

    func put(_ edition: BlobEdition, of name: BlobName, in container: ContainerID) throws {
        let contents = try contents(container)
        let old = contents.set(edition, id: edition.id, of: name)
        note { contents.set(old, id: edition.id, of: name) }
    }

    func removeEdition(_ id: String, of name: BlobName, in container: ContainerID) {
        guard let contents = containers[container], let old = contents.set(nil, id: id, of: name) else { return }
        note { contents.set(old, id: id, of: name) }
    }

    func removeEditions(in container: ContainerID, keptUntil end: Date) {
        for (name, id) in containers[container]?.editions(keptUntil: end) ?? [] {
            removeEdition(id, of: name, in: container)
        }
    }
}
