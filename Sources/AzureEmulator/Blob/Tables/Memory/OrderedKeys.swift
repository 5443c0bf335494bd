/// Keys in order, in chunks of bounded size: to add or to remove one moves no more than a chunk, however many there are.
struct OrderedKeys<Key: Comparable & Sendable>: Sendable {
    /// The most keys of a chunk.
    static var chunkSize: Int { 512 }

    /// None of them is empty.
    private(set) var chunks: [[Key]] = []

    /// Adds a key that is not there.
    mutating func insert(_ key: Key) {
        let chunk = chunk(of: key)
        guard chunk < chunks.count else {
            // Behind all others.
            guard let last = chunks.last, last.count < Self.chunkSize else { return chunks.append([key]) }
            return chunks[chunks.count - 1].append(key)
        }
        let index = Self.first(in: chunks[chunk]) { $0 < key }
        chunks[chunk].insert(key, at: index)
        guard chunks[chunk].count > Self.chunkSize else { return }
        let middle = Self.chunkSize / 2
        let rest = Array(chunks[chunk][middle...])
        chunks[chunk].removeSubrange(middle...)
        chunks.insert(rest, at: chunk + 1)
    }

    /// Removes a key, if it is there.
    mutating func remove(_ key: Key) {
        let chunk = chunk(of: key)
        guard chunk < chunks.count else { return }
        let index = Self.first(in: chunks[chunk]) { $0 < key }
        guard chunks[chunk][index] == key else { return }
        chunks[chunk].remove(at: index)
        if chunks[chunk].isEmpty { chunks.remove(at: chunk) }
    }

    /// The first of all keys.
    var first: Key? { chunks.first?.first }

    /// Keys in order.
    ///
    /// - Parameters:
    ///   - isBefore: Which keys are passed over. They stand in front of all others.
    ///   - limit: The most keys.
    ///   - isWanted: Which keys are taken, up to the first that is not.
    func keys(
        behind isBefore: (Key) -> Bool, limit: Int, while isWanted: (Key) -> Bool
    ) -> [Key] {
        var found: [Key] = []
        let start = Self.first(in: chunks) { isBefore($0[$0.count - 1]) }
        for index in start..<chunks.count {
            let chunk = chunks[index]
            for key in chunk[(index == start ? Self.first(in: chunk, where: isBefore) : 0)...] {
                guard found.count < limit, isWanted(key) else { return found }
                found.append(key)
            }
        }
        return found
    }

    /// The first chunk that has a key which is not less.
    private func chunk(of key: Key) -> Int {
        Self.first(in: chunks) { $0[$0.count - 1] < key }
    }

    /// The first element behind those for which something holds.
    private static func first<Element>(in elements: [Element], where isBefore: (Element) -> Bool) -> Int {
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(elements[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
