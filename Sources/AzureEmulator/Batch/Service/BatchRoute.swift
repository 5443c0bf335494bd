import HTTPTypes

/// Which operation a method and a path stand for, and with which ids.
struct BatchRoute: Sendable, Hashable {
    let operation: BatchOperation
    /// The ids in the path, in their order.
    let ids: [String]

    /// Finds the operation.
    ///
    /// - Throws: A ``BatchServiceError`` when there is none.
    init(_ method: HTTPRequest.Method, segments: [String]) throws {
        let segments = segments.last == "" ? segments.dropLast() : segments[...]
        var isKnownPath = false
        for (operation, row) in Self.rows {
            guard let ids = Self.match(segments, row.pattern) else { continue }
            isKnownPath = true
            guard row.method == method else { continue }
            (self.operation, self.ids) = (operation, ids)
            return
        }
        throw isKnownPath ? BatchServiceError.unsupportedMethod(method.rawValue) : .invalidURI
    }

    private static func match(_ segments: ArraySlice<String>, _ pattern: [Substring]) -> [String]? {
        guard segments.count == pattern.count else { return nil }
        var ids: [String] = []
        for (segment, part) in zip(segments, pattern) {
            if part == "*" {
                guard !segment.isEmpty else { return nil }
                ids.append(segment)
            } else if part.hasSuffix("(*)") {
                // A key in parentheses, as `certificates(thumbprintAlgorithm=sha1,thumbprint=…)` has it.
                let name = part.dropLast(2)
                guard segment.lowercased().hasPrefix(name), segment.hasSuffix(")") else { return nil }
                ids.append(String(segment.dropFirst(name.count).dropLast()))
            } else if segment.lowercased() != part {
                return nil
            }
        }
        return ids
    }

    private static let rows = BatchOperation.allCases.map { (operation: $0, row: $0.row) }
}
