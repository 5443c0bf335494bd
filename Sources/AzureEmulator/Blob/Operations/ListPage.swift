/// One page of a list of names.
struct ListPage: Sendable {
    /// An entry: a name, an edition under it by the time that names it, or what a run of names has in common up to a
    /// delimiter.
    enum Entry: Sendable {
        case name(BlobName)
        case edition(BlobName, String)
        case prefix(String)
    }

    /// Stands for a name itself among the editions under it, behind all of them.
    static let whole = "~"
    /// Stands between name and edition where a page starts with an edition.
    private static let separator: Character = "\0"

    private(set) var entries: [Entry] = []
    /// What the next page starts with: a name, or a name and an edition; nil when this is the last.
    private(set) var next: String?

    /// Cuts a page out of names in order.
    ///
    /// - Parameters:
    ///   - names: The names, in order.
    ///   - start: What to start with; nil for the first.
    ///   - prefix: What all entries start with.
    ///   - delimiter: Where names behind the prefix are cut; empty for no cuts.
    ///   - limit: The most entries.
    ///   - isIncluded: Which names count.
    init(
        of names: [BlobName], from start: String?, prefix: String, delimiter: String, limit: Int,
        where isIncluded: (BlobName) -> Bool
    ) {
        fill(
            from: names, start: (BlobName(start ?? ""), nil), prefix: prefix, delimiter: delimiter, limit: limit
        ) { isIncluded($0) ? [Self.whole] : [] }
    }

    /// Cuts a page out of names in order, with the editions under each of them.
    ///
    /// - Parameter editions: What counts under a name, in order; nothing when the name does not count.
    init(
        of names: [BlobName], from start: String?, prefix: String, delimiter: String, limit: Int,
        editions: (BlobName) -> [String]
    ) {
        fill(
            from: names, start: Self.split(start ?? ""), prefix: prefix, delimiter: delimiter, limit: limit,
            editions: editions)
    }

    private mutating func fill(
        from names: [BlobName], start: (name: BlobName, edition: String?), prefix: String, delimiter: String,
        limit: Int, editions: (BlobName) -> [String]
    ) {
        var index = Self.first(in: names, from: max(start.name, BlobName(prefix)))
        while index < names.count, names[index].hasPrefix(prefix) {
            let name = names[index]
            var editions = editions(name)
            if let edition = start.edition, name == start.name { editions.removeAll { $0 < edition } }
            guard !editions.isEmpty else {
                index += 1
                continue
            }
            if let common = Self.common(name, prefix: prefix, delimiter: delimiter) {
                guard entries.count < limit else {
                    next = name.text
                    return
                }
                entries.append(.prefix(common))
                while index < names.count, names[index].hasPrefix(common) { index += 1 }
                continue
            }
            for edition in editions {
                guard entries.count < limit else {
                    next = edition == editions.first ? name.text : "\(name.text)\(Self.separator)\(edition)"
                    return
                }
                entries.append(edition == Self.whole ? .name(name) : .edition(name, edition))
            }
            index += 1
        }
    }

    /// The name and the edition that a page starts with.
    private static func split(_ start: String) -> (name: BlobName, edition: String?) {
        guard let index = start.lastIndex(of: separator) else { return (BlobName(start), nil) }
        let edition = String(start[index...].dropFirst())
        // A name may have any character; what follows it here is always one of these.
        guard edition == whole || ServiceTime.parse(edition) != nil else { return (BlobName(start), nil) }
        return (BlobName(String(start[..<index])), edition)
    }

    private static func first(in names: [BlobName], from start: BlobName) -> Int {
        var (low, high) = (0, names.count)
        while low < high {
            let middle = (low + high) / 2
            if names[middle] < start { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The part of a name up to and with the first delimiter behind the prefix.
    private static func common(_ name: BlobName, prefix: String, delimiter: String) -> String? {
        guard !delimiter.isEmpty else { return nil }
        let bytes = Array(name.text.utf8)
        let mark = Array(delimiter.utf8)
        var position = prefix.utf8.count
        while position + mark.count <= bytes.count {
            if bytes[position..<position + mark.count].elementsEqual(mark) {
                return String(decoding: bytes[..<(position + mark.count)], as: UTF8.self)
            }
            position += 1
        }
        return nil
    }
}
