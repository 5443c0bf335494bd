/// Counts words and remembers the order in which they first appeared.
struct WordTally {
    private var places: [Word: Int] = [:]
    private var entries: [(word: ArraySlice<UInt8>, count: Int)] = []

    mutating func add(_ word: ArraySlice<UInt8>) {
        if let place = places[Word(bytes: word)] {
            entries[place].count += 1
        } else {
            places[Word(bytes: word)] = entries.count
            entries.append((word, 1))
        }
    }

    /// The most frequent words; of those that are equally frequent, the one that appeared first comes first.
    func mostCommon(_ count: Int) -> [WordCount] {
        entries.indices
            .sorted { (-entries[$0].count, $0) < (-entries[$1].count, $1) }
            .prefix(max(0, count))
            .map { WordCount(word: String(decoding: entries[$0].word, as: UTF8.self), count: entries[$0].count) }
    }
}

/// A word as a key. Unlike strings, which compare by canonical equivalence, it compares by its bytes.
private struct Word: Hashable {
    let bytes: ArraySlice<UInt8>

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
