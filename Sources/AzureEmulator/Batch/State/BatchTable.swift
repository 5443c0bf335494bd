/// Records in the order in which they came, found by an id whose case does not count.
struct BatchTable<Record: Sendable>: Sendable {
    private var slots: [Record?] = []
    private var indexes: [String: Int] = [:]

    /// How many there are.
    var count: Int { indexes.count }

    var isEmpty: Bool { indexes.isEmpty }

    /// The place of an id; places are given in rising order and never to another.
    func index(of id: String) -> Int? { indexes[id] ?? indexes[id.lowercased()] }

    /// The record of an id. It can be changed, not added or removed.
    subscript(id: String) -> Record? {
        _read { yield index(of: id).flatMap { slots[$0] } }
        _modify {
            if let index = index(of: id) {
                yield &slots[index]
            } else {
                var nothing: Record?
                yield &nothing
            }
        }
    }

    /// The record at a place.
    subscript(index: Int) -> Record? {
        _read { yield slots[index] }
        _modify { yield &slots[index] }
    }

    /// Adds a record; false when the id is taken.
    @discardableResult
    mutating func insert(_ record: Record, id: String) -> Bool {
        let key = id.lowercased()
        guard indexes[key] == nil else { return false }
        indexes[key] = slots.count
        slots.append(record)
        return true
    }

    @discardableResult
    mutating func remove(_ id: String) -> Record? {
        guard let index = indexes.removeValue(forKey: id.lowercased()) else { return nil }
        defer { slots[index] = nil }
        return slots[index]
    }

    /// Every record with its place, from a place on.
    func entries(from start: Int = 0) -> some Sequence<(index: Int, record: Record)> {
        (max(0, min(start, slots.count))..<slots.count).lazy.compactMap { index in slots[index].map { (index, $0) } }
    }

    /// Every record.
    var records: some Sequence<Record> { slots.lazy.compactMap { $0 } }

    /// The places that are taken.
    var indices: [Int] { slots.indices.filter { slots[$0] != nil } }
}
