/// What is known of all records of a table together, so that nobody has to look at each of them.
protocol TableIndex: Sendable {
    associatedtype Record: Sendable

    init()

    /// Notes what the record at a place is by now; nil when it has gone.
    mutating func note(_ record: Record?, at place: Int)
}

/// A table with an index of its records. Every way to change a record leads through here, so that the two cannot
/// disagree.
struct IndexedTable<Index: TableIndex>: Sendable {
    private var table = BatchTable<Index.Record>()
    /// What is known of the records. Nobody but its own functions changes it.
    var index = Index()

    /// How many there are.
    var count: Int { table.count }

    var isEmpty: Bool { table.isEmpty }

    /// Every record.
    var records: some Sequence<Index.Record> { table.records }

    /// The places that are taken.
    var indices: [Int] { table.indices }

    /// The place of an id.
    func index(of id: String) -> Int? { table.index(of: id) }

    /// The record of an id. It can be changed, not added or removed.
    subscript(id: String) -> Index.Record? {
        _read { yield table[id] }
        _modify {
            if let place = table.index(of: id) {
                defer { index.note(table[place], at: place) }
                yield &table[place]
            } else {
                var nothing: Index.Record?
                yield &nothing
            }
        }
    }

    /// The record at a place.
    subscript(place: Int) -> Index.Record? {
        _read { yield table[place] }
    }

    /// Every record with its place, from a place on.
    func entries(from start: Int = 0) -> some Sequence<(index: Int, record: Index.Record)> {
        table.entries(from: start)
    }

    /// Adds a record; false when the id is taken.
    @discardableResult
    mutating func insert(_ record: Index.Record, id: String) -> Bool {
        guard table.insert(record, id: id) else { return false }
        if let place = table.index(of: id) { index.note(record, at: place) }
        return true
    }

    /// Adds a record that was kept, as ``BatchTable/restore(_:id:position:)``.
    mutating func restore(_ record: Index.Record, id: String, position: Int) -> Bool {
        guard table.restore(record, id: id, position: position) else { return false }
        if let place = table.index(of: id) { index.note(record, at: place) }
        return true
    }

    // MARK: What has changed

    /// Whether there is anything to take.
    var hasChanges: Bool { table.hasChanges }

    /// Takes the ids of the records that were removed, as ``BatchTable/takeRemoved()``.
    mutating func takeRemoved() -> [String] { table.takeRemoved() }

    /// Takes the records that are new or different, as ``BatchTable/takeChanged(_:)``. What has changed within a record is
    /// nothing that the index knows.
    mutating func takeChanged(_ body: (inout Index.Record, Int) -> Void) { table.takeChanged(body) }

    @discardableResult
    mutating func remove(_ id: String) -> Index.Record? {
        guard let place = table.index(of: id) else { return nil }
        defer { index.note(nil, at: place) }
        return table.remove(id)
    }
}
