/// Records in the order in which they came, found by an id whose case does not count.
///
/// It notes which of them have changed, so that they can be kept and followed without a look at all.
struct BatchTable<Record: Sendable>: Sendable {
    private struct Slot {
        var record: Record?
        /// Whether it is among ``changed``.
        var isChanged = false
    }

    private var slots: [Slot] = []
    private var indexes: [String: Int] = [:]
    /// The places of the records that have changed since they were last taken, each once.
    private var changed: [Int] = []
    /// The ids of those that were removed since then.
    private var removed: [String] = []
    /// How much more the position of a record is than its place.
    private var positionOffset = 0

    /// How many there are.
    var count: Int { indexes.count }

    var isEmpty: Bool { indexes.isEmpty }

    /// The place of an id; places are given in rising order and never to another.
    func index(of id: String) -> Int? { indexes[id] ?? indexes[id.lowercased()] }

    /// The record of an id. It can be changed, not added or removed.
    subscript(id: String) -> Record? {
        _read { if let index = index(of: id) { yield slots[index].record } else { yield nil } }
        _modify {
            if let index = index(of: id) {
                note(index)
                yield &slots[index].record
            } else {
                var nothing: Record?
                yield &nothing
            }
        }
    }

    /// The record at a place.
    subscript(index: Int) -> Record? {
        _read { yield slots[index].record }
        _modify {
            note(index)
            yield &slots[index].record
        }
    }

    /// Adds a record; false when the id is taken.
    @discardableResult
    mutating func insert(_ record: Record, id: String) -> Bool {
        let key = id.lowercased()
        guard indexes[key] == nil else { return false }
        indexes[key] = slots.count
        slots.append(Slot(record: record))
        note(slots.count - 1)
        return true
    }

    /// Adds a record that was kept, behind those that are there; false when the id is taken. It has not changed.
    ///
    /// - Parameter position: Where it came among all records that there have been, ``takeChanged(_:)`` said. It rises from
    ///   one call to the next, and is below the largest number.
    mutating func restore(_ record: Record, id: String, position: Int) -> Bool {
        let key = id.lowercased()
        guard indexes[key] == nil else { return false }
        indexes[key] = slots.count
        slots.append(Slot(record: record))
        positionOffset = position + 1 - slots.count
        return true
    }

    @discardableResult
    mutating func remove(_ id: String) -> Record? {
        guard let index = indexes.removeValue(forKey: id.lowercased()) else { return nil }
        removed.append(id)
        defer { slots[index].record = nil }
        return slots[index].record
    }

    /// Every record with its place, from a place on.
    func entries(from start: Int = 0) -> some Sequence<(index: Int, record: Record)> {
        (max(0, min(start, slots.count))..<slots.count).lazy.compactMap { index in
            slots[index].record.map { (index, $0) }
        }
    }

    /// Every record.
    var records: some Sequence<Record> { slots.lazy.compactMap(\.record) }

    /// The places that are taken.
    var indices: [Int] { slots.indices.filter { slots[$0].record != nil } }

    // MARK: What has changed

    /// Whether there is anything to take.
    var hasChanges: Bool { !changed.isEmpty || !removed.isEmpty }

    private mutating func note(_ index: Int) {
        guard !slots[index].isChanged else { return }
        slots[index].isChanged = true
        changed.append(index)
    }

    /// Takes the ids of the records that were removed. A record of such an id that is there now is a new one.
    mutating func takeRemoved() -> [String] {
        defer { removed = [] }
        return removed
    }

    /// Takes the records that are new or different.
    ///
    /// - Parameter body: Gets each of them, to take what has changed within it. It changes nothing else. It also gets the
    ///   position of a record that is new: that of a later one is greater.
    mutating func takeChanged(_ body: (inout Record, Int) -> Void) {
        for index in changed {
            slots[index].isChanged = false
            if slots[index].record != nil { body(&slots[index].record!, index + positionOffset) }
        }
        changed = []
    }
}
