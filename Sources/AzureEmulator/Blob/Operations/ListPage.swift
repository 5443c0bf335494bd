#if Emulator
/// One page of a list of names.
struct ListPage: Sendable {
    /// An entry: a name, or what a run of names has in common up to a delimiter.
    enum Entry: Sendable {
        case name(BlobName)
        case prefix(String)
    }

    private(set) var entries: [Entry] = []
    /// The name that the next page starts with; nil when this is the last.
    private(set) var next: String?

    /// Cuts a page out of names in order.
    ///
    /// - Parameters:
    ///   - names: The names, in order.
    ///   - start: The name to start with; nil for the first.
    ///   - prefix: What all entries start with.
    ///   - delimiter: Where names behind the prefix are cut; empty for no cuts.
    ///   - limit: The most entries.
    ///   - isIncluded: Which names count.
    init(
        of names: [BlobName], from start: String?, prefix: String, delimiter: String, limit: Int,
        where isIncluded: (BlobName) -> Bool
    ) {
        var index = Self.first(in: names, from: max(BlobName(start ?? ""), BlobName(prefix)))
        while index < names.count, names[index].hasPrefix(prefix) {
            let name = names[index]
            guard isIncluded(name) else {
                index += 1
                continue
            }
            guard entries.count < limit else {
                next = name.text
                return
            }
            if let common = Self.common(name, prefix: prefix, delimiter: delimiter) {
                entries.append(.prefix(common))
                while index < names.count, names[index].hasPrefix(common) { index += 1 }
            } else {
                entries.append(.name(name))
                index += 1
            }
        }
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
#endif
