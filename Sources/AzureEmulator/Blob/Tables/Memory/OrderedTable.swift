/// Rows that are found by their names at once, and in the order of the names.
struct OrderedTable<Row: Sendable>: Sendable {
    private(set) var rows: [BlobName: Row] = [:]
    private var names = OrderedKeys<BlobName>()

    subscript(name: BlobName) -> Row? { rows[name] }

    /// Puts a row in the place of what was there, or removes that.
    ///
    /// - Returns: What was there.
    @discardableResult
    mutating func set(_ row: Row?, at name: BlobName) -> Row? {
        guard let row else {
            guard let old = rows.removeValue(forKey: name) else { return nil }
            names.remove(name)
            return old
        }
        let old = rows.updateValue(row, forKey: name)
        if old == nil { names.insert(name) }
        return old
    }

    /// Changes a row where it is.
    ///
    /// - Parameters:
    ///   - new: The row when there is none.
    ///   - body: Returns whether the row stays.
    mutating func modify(_ name: BlobName, default new: Row, _ body: (inout Row) -> Bool) {
        let count = rows.count
        let stays = body(&rows[name, default: new])
        if rows.count > count { names.insert(name) }
        if !stays { set(nil, at: name) }
    }

    /// The names in a range, in order.
    func names(in range: NameRange, limit: Int) -> [BlobName] {
        names.names(in: range, limit: limit)
    }
}

extension OrderedKeys<BlobName> {
    /// The names in a range, in order.
    func names(in range: NameRange, limit: Int) -> [BlobName] {
        let prefix = range.prefix
        return keys(behind: range.isBehind, limit: limit) { prefix.isEmpty || $0.hasPrefix(prefix) }
    }
}

extension [BlobName] {
    /// These names and others, both in order, each name once.
    func merged(with others: [BlobName], limit: Int) -> [BlobName] {
        if others.isEmpty { return self }
        var merged: [BlobName] = []
        var (own, other) = (startIndex, others.startIndex)
        while merged.count < limit, own < endIndex || other < others.endIndex {
            if other == others.endIndex || own < endIndex && self[own] < others[other] {
                merged.append(self[own])
                own += 1
            } else {
                if own < endIndex, self[own] == others[other] { own += 1 }
                merged.append(others[other])
                other += 1
            }
        }
        return merged
    }
}
