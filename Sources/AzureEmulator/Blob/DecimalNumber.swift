extension Int64 {
    /// Reads a number that is written in digits only; nil for a sign, for anything else, and for what is too large.
    init?(digits text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        self.init(String(text))
    }
}
