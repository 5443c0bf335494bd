import struct Foundation.Date

/// A container of the tables in memory: its row, and the tables of what is in it.
final class MemoryContainer {
    var record: ContainerRecord
    private(set) var blobs = OrderedTable<BlobRecord>()
    private(set) var staged = OrderedTable<StagedBlocks>()
    private(set) var editions = OrderedTable<[BlobEdition]>()
    /// The names of the blobs that have tags.
    private(set) var tagged = OrderedKeys<BlobName>()
    /// The ends of the times for which deleted editions are kept.
    private var ends = OrderedKeys<EditionEnd>()

    init(_ record: ContainerRecord) {
        self.record = record
    }

    /// Puts a blob in the place of what was there, or removes that.
    ///
    /// - Returns: What was there.
    @discardableResult
    func set(_ blob: BlobRecord?, at name: BlobName) -> BlobRecord? {
        let old = blobs.set(blob, at: name)
        switch (old?.tags.isEmpty ?? true, blob?.tags.isEmpty ?? true) {
        case (true, false): tagged.insert(name)
        case (false, true): tagged.remove(name)
        case (true, true), (false, false): break
        }
        return old
    }

    // MARK: Staged blocks

    /// - Returns: What the block had before.
    func stage(_ piece: ContentPiece, as id: String, _ staging: BlockStaging, of name: BlobName) -> ContentPiece? {
        var old: ContentPiece?
        staged.modify(name, default: StagedBlocks(staging)) { blocks in
            old = blocks.stage(piece, as: id)
            return true
        }
        return old
    }

    /// Takes back the last block that was staged.
    ///
    /// - Parameter old: What the block had before.
    func unstage(_ id: String, of name: BlobName, old: ContentPiece?) {
        guard let staging = staged[name]?.staging else { return }
        staged.modify(name, default: StagedBlocks(staging)) { blocks in
            if let old { _ = blocks.stage(old, as: id) } else { blocks.removeLast() }
            return !blocks.order.isEmpty
        }
    }

    @discardableResult
    func set(_ blocks: StagedBlocks?, at name: BlobName) -> StagedBlocks? {
        staged.set(blocks, at: name)
    }

    // MARK: Editions

    /// Puts an edition in the place of what was there, or removes that.
    ///
    /// - Returns: What was there.
    @discardableResult
    func set(_ edition: BlobEdition?, id: String, of name: BlobName) -> BlobEdition? {
        var old: BlobEdition?
        editions.modify(name, default: []) { editions in
            let index = editions.firstIndex(notBefore: id)
            if index < editions.count, editions[index].id == id {
                old = editions[index]
                if let edition { editions[index] = edition } else { editions.remove(at: index) }
            } else if let edition {
                editions.insert(edition, at: index)
            }
            return !editions.isEmpty
        }
        if let end = old?.deletion?.until { ends.remove(EditionEnd(until: end, name: name, id: id)) }
        if let end = edition?.deletion?.until { ends.insert(EditionEnd(until: end, name: name, id: id)) }
        return old
    }

    /// The deleted editions that are kept until a time or less long.
    func editions(keptUntil end: Date) -> [(name: BlobName, id: String)] {
        guard let first = ends.first, first.until <= end else { return [] }
        return ends.keys(behind: { _ in false }, limit: .max, while: { $0.until <= end }).map { ($0.name, $0.id) }
    }
}

/// Until when a deleted edition is kept.
private struct EditionEnd: Sendable, Comparable {
    let until: Date
    let name: BlobName
    let id: String

    static func < (left: EditionEnd, right: EditionEnd) -> Bool {
        if left.until != right.until { return left.until < right.until }
        return left.name == right.name ? left.id < right.id : left.name < right.name
    }
}
