extension XMLPullReader {
    /// Goes to the next child of the open element, or behind its end.
    package mutating func nextChild() throws -> Bool {
        while true {
            switch try next() {
            case .start: return true
            case .end, .endOfDocument: return false
            case .text: continue
            }
        }
    }

    /// Reads the children of the element that just began as texts, up to its end.
    ///
    /// - Parameters:
    ///   - names: The children that are wanted. Services write the elements of an entry in one order, so each is looked
    ///     for behind the one before first.
    ///   - body: Takes the index of a name, and its text. Children that are empty, or not wanted, are skipped.
    package mutating func readFields(_ names: [StaticString], _ body: (Int, XMLText) -> Void) throws {
        var expected = 0
        while try nextChild() {
            guard let index = index(among: names, from: expected) else {
                try skipElement()
                continue
            }
            expected = index + 1
            try readElementText { text in
                if !text.isEmpty { body(index, text) }
            }
        }
    }

    private func index(among names: [StaticString], from expected: Int) -> Int? {
        for index in expected..<names.count where isElement(names[index]) { return index }
        for index in 0..<expected where isElement(names[index]) { return index }
        return nil
    }
}
