import Foundation

@testable import AzureEmulator

/// Tables in the simplest way there is: one value with lists that are searched and sorted, and copied for a transaction.
final class NaiveBlobTables: BlobTables {
    struct Contents {
        var record: ContainerRecord
        var blobs: [(name: BlobName, blob: BlobRecord)] = []
        var staged: [(name: BlobName, staging: BlockStaging, blocks: [(id: String, piece: ContentPiece)])] = []
        var editions: [(name: BlobName, edition: BlobEdition)] = []
    }

    struct State {
        var settings = ServiceSettings()
        var ticks: Int64 = 0
        var containers: [Contents] = []
        var ends: [String: Duration] = [:]
    }

    private var state = State()

    func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        let before = state
        do {
            return try body()
        } catch {
            state = before
            throw error
        }
    }

    func settings() -> ServiceSettings { state.settings }
    func put(_ settings: ServiceSettings) { state.settings = settings }
    func lastTicks() -> Int64 { state.ticks }
    func put(lastTicks: Int64) { state.ticks = lastTicks }

    // MARK: Containers

    func container(_ name: String) -> ContainerRecord? {
        state.containers.map(\.record).first { $0.name == name && $0.deletion == nil }
    }

    func deletedContainer(_ name: String, version: String) -> ContainerRecord? {
        state.containers.map(\.record).first { $0.name == name && $0.deletion?.version == version }
    }

    func containers(in range: NameRange, withDeleted: Bool, limit: Int) -> [ContainerRecord] {
        let found = state.containers.map(\.record).filter {
            (withDeleted || $0.deletion == nil) && range.contains($0.key)
        }
        return Array(found.sorted { bytes($0.key).lexicographicallyPrecedes(bytes($1.key)) }.prefix(limit))
    }

    func put(_ container: ContainerRecord) {
        if let index = index(container.id) {
            state.containers[index].record = container
        } else {
            state.containers.append(Contents(record: container))
        }
    }

    func removeContainer(_ id: ContainerID) { state.containers.removeAll { $0.record.id == id } }

    func removeContainers(deletedUntil end: Date) {
        state.containers.removeAll { $0.record.deletion.map { $0.on <= end } ?? false }
    }

    func endOfDeletion(of name: String) -> Duration? { state.ends[name] }
    func put(endOfDeletion end: Duration?, of name: String) { state.ends[name] = end }
    func removeEndsOfDeletion() { state.ends = [:] }

    private func index(_ id: ContainerID) -> Int? { state.containers.firstIndex { $0.record.id == id } }
    private func contents(_ id: ContainerID) -> Contents? { index(id).map { state.containers[$0] } }
    private func change(_ id: ContainerID, _ body: (inout Contents) -> Void) {
        if let index = index(id) { body(&state.containers[index]) }
    }
    private func bytes(_ name: BlobName) -> [UInt8] { Array(name.text.utf8) }

    // MARK: Blobs

    func blob(_ name: BlobName, in container: ContainerID) -> BlobRecord? {
        contents(container)?.blobs.first { $0.name == name }?.blob
    }

    func put(_ blob: BlobRecord, as name: BlobName, in container: ContainerID) {
        removeBlob(name, in: container)
        change(container) { $0.blobs.append((name, blob)) }
    }

    func removeBlob(_ name: BlobName, in container: ContainerID) {
        change(container) { $0.blobs.removeAll { $0.name == name } }
    }

    func names(
        in container: ContainerID, _ range: NameRange, from sources: NameSources, limit: Int
    ) -> [NamedRow] {
        guard let contents = contents(container) else { return [] }
        var rows: [[UInt8]: NamedRow] = [:]
        func row(_ name: BlobName, _ change: (inout NamedRow) -> Void) {
            if range.contains(name) { change(&rows[bytes(name), default: NamedRow(name: name)]) }
        }
        if sources.contains(.blobs) { for (name, blob) in contents.blobs { row(name) { $0.blob = blob } } }
        if sources.contains(.staged) { for entry in contents.staged { row(entry.name) { $0.isStaged = true } } }
        if sources.contains(.editions) { for (name, _) in contents.editions { row(name) { $0.hasEditions = true } } }
        return rows.sorted { $0.key.lexicographicallyPrecedes($1.key) }.prefix(limit).map(\.value)
    }

    func taggedBlobs(in container: ContainerID, _ range: NameRange, limit: Int) -> [TaggedBlob] {
        names(in: container, range, from: .blobs, limit: .max).compactMap { row in
            row.blob.flatMap { $0.tags.isEmpty ? nil : TaggedBlob(name: row.name, tags: $0.tags) }
        }.prefix(limit).map(\.self)
    }

    // MARK: Staged blocks

    func staging(of name: BlobName, in container: ContainerID) -> BlockStaging? {
        stagedBlocks(of: name, in: container)?.staging
    }

    func hasStagedBlock(_ id: String, of name: BlobName, in container: ContainerID) -> Bool {
        contents(container)?.staged.first { $0.name == name }?.blocks.contains { $0.id == id } ?? false
    }

    func stagedBlocks(of name: BlobName, in container: ContainerID) -> StagedBlocks? {
        contents(container)?.staged.first { $0.name == name }.map { entry in
            var blocks = StagedBlocks(entry.staging)
            for block in entry.blocks { _ = blocks.stage(block.piece, as: block.id) }
            return blocks
        }
    }

    func stage(
        _ piece: ContentPiece, as id: String, _ staging: BlockStaging, of name: BlobName, in container: ContainerID
    ) {
        change(container) { contents in
            if !contents.staged.contains(where: { $0.name == name }) { contents.staged.append((name, staging, [])) }
            for entry in contents.staged.indices where contents.staged[entry].name == name {
                if let block = contents.staged[entry].blocks.firstIndex(where: { $0.id == id }) {
                    contents.staged[entry].blocks[block].piece = piece
                } else {
                    contents.staged[entry].blocks.append((id, piece))
                }
            }
        }
    }

    func removeStagedBlocks(of name: BlobName, in container: ContainerID) {
        change(container) { $0.staged.removeAll { $0.name == name } }
    }

    // MARK: Editions

    func edition(_ id: String, of name: BlobName, in container: ContainerID) -> BlobEdition? {
        editions(of: name, in: container, from: "", limit: .max).first { $0.id == id }
    }

    func lastEdition(of name: BlobName, in container: ContainerID) -> BlobEdition? {
        editions(of: name, in: container, from: "", limit: .max).last
    }

    func editions(of name: BlobName, in container: ContainerID, from id: String, limit: Int) -> [BlobEdition] {
        let found = (contents(container)?.editions ?? []).filter { $0.name == name && $0.edition.id >= id }
        return Array(found.map(\.edition).sorted { $0.id < $1.id }.prefix(limit))
    }

    func put(_ edition: BlobEdition, of name: BlobName, in container: ContainerID) {
        removeEdition(edition.id, of: name, in: container)
        change(container) { $0.editions.append((name, edition)) }
    }

    func removeEdition(_ id: String, of name: BlobName, in container: ContainerID) {
        change(container) { $0.editions.removeAll { $0.name == name && $0.edition.id == id } }
    }

    func removeEditions(in container: ContainerID, keptUntil end: Date) {
        change(container) { $0.editions.removeAll { $0.edition.deletion.map { $0.until <= end } ?? false } }
    }
}
