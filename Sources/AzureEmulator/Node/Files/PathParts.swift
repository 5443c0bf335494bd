extension StringProtocol {
    /// The names that a path is made of, the way the system takes it apart: with empty ones, and by bytes. As a
    /// `Character` a slash is none when a combining mark stands behind it.
    var pathParts: [Substring] {
        Substring(self).utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// Whether an ASCII character is in it, whatever stands behind it.
    func hasByte(_ character: Unicode.Scalar) -> Bool {
        utf8.contains(UInt8(ascii: character))
    }
}
