import BlobStorage
import HTTPTypes

/// The range that a request asks for, as in `bytes=0-99` or `bytes=100-`. A server may answer all others with the whole.
struct RequestedRange: Sendable, Hashable {
    /// The range.
    let range: BlobRange

    /// Reads the fields of a request; nil where the whole is to be sent. With `If-Range` it is, because the version that
    /// the client has would have to be compared first.
    init?(_ headers: HTTPFields) {
        guard headers[.ifRange] == nil, let field = headers[.range] else { return nil }
        self.init(field)
    }

    /// Reads the field `Range`.
    init?(_ field: String) {
        let unit = "bytes="
        guard field.hasPrefix(unit) else { return nil }
        let ends = field.dropFirst(unit.count).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let first = Int64(ends[0])
        else { return nil }
        guard !ends[1].isEmpty else {
            range = BlobRange(offset: first)
            return
        }
        guard let last = Int64(ends[1]), last >= first, last < .max else { return nil }
        range = BlobRange(first..<last + 1)
    }
}
