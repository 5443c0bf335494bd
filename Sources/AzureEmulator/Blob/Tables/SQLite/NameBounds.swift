#if Emulator
import Foundation
import GRDB

/// Where the names of a range begin and end, in the order of their bytes.
struct NameBounds {
    private let first: Data
    private let isFirstIn: Bool
    /// The first name behind the range; nil when it has no end.
    private let end: Data?

    /// Nil when no name is in the range.
    init?(_ range: NameRange) {
        let prefix = Data(range.prefix.utf8)
        var (first, isFirstIn): (Data, Bool)
        switch range.start {
        case .at(let name): (first, isFirstIn) = (name.bytes, true)
        case .after(let name): (first, isFirstIn) = (name.bytes, false)
        case .behind(let passed):
            guard let next = Self.end(of: Data(passed.utf8)) else { return nil }
            (first, isFirstIn) = (next, true)
        }
        if first.lexicographicallyPrecedes(prefix) { (first, isFirstIn) = (prefix, true) }
        (self.first, self.isFirstIn, end) = (first, isFirstIn, Self.end(of: prefix))
    }

    /// What stands behind all that begins with some bytes; nil when nothing does.
    private static func end(of prefix: Data) -> Data? {
        // No byte of UTF-8 is the greatest there is.
        prefix.last.map { prefix.dropLast() + [$0 + 1] }
    }

    func condition(_ column: String) -> String {
        "\(column) \(isFirstIn ? ">=" : ">") ?" + (end == nil ? "" : " AND \(column) < ?")
    }

    var arguments: StatementArguments { end.map { [first, $0] } ?? [first] }
}

extension BlobName {
    var bytes: Data { Data(text.utf8) }
}
#endif
