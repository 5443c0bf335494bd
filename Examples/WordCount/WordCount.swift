/// A word and how often it occurs.
public struct WordCount: Sendable, Hashable {
    /// The word; empty for tokens that are nothing but punctuation.
    public var word: String
    /// How often it occurs.
    public var count: Int

    /// Creates a pair.
    public init(word: String, count: Int) {
        self.word = word
        self.count = count
    }
}

extension WordCount {
    /// The most frequent words of a text, counted as this Python does:
    ///
    /// ```python
    /// words = [word.strip(string.punctuation) for word in text.split()]
    /// Counter(words).most_common(count)
    /// ```
    ///
    /// Words are told apart by their Unicode scalars, so case counts and `é` is not `e` with a combining accent.
    /// Words that occur equally often stand in the order of their first appearance.
    ///
    /// - Parameters:
    ///   - count: How many words to return at most.
    ///   - text: The text in UTF-8. A byte-order mark is part of its first word.
    /// - Throws: ``InvalidUTF8`` if the text is not UTF-8.
    public static func mostCommon(_ count: Int, in text: [UInt8]) throws(InvalidUTF8) -> [WordCount] {
        if let error = InvalidUTF8(in: text) { throw error }
        var tally = WordTally()
        var scanner = WordScanner(text)
        while let word = scanner.next() { tally.add(word) }
        return tally.mostCommon(count)
    }
}
