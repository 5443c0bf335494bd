import AzureCore
package import HTTPTypes

/// Shared Key for Blob Storage.
package enum StorageSharedKeySigner {
    /// The text whose signature proves the caller.
    package static func stringToSign(_ request: HTTPRequest, accountName: String) -> String {
        let length = request.headerFields[.contentLength] ?? ""
        // The clients send ranges as x-ms-range, so the line of Range stays empty.
        var text = SignedRequest.standardHeaders(request, contentLength: length == "0" ? "" : length, range: "")
        let names = Set(request.headerFields.map(\.name)).filter { $0.canonicalName.hasPrefix("x-ms-") }
        let headers = names.map { (name: $0, order: StorageHeaderOrder($0.canonicalName)) }
        for (name, _) in headers.sorted(by: { $0.order < $1.order }) {
            text += "\(name.canonicalName):\(request.headerFields[name] ?? "")\n"
        }
        let (path, query) = SignedRequest.target(of: request)
        text += "/\(accountName)\(path)"
        // Of a name that stands there twice the last value counts; names are sorted before their case is lost.
        let values = Dictionary(query.map { (Array($0.name.utf8), $0) }) { $1 }
        for (_, item) in values.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            text += "\n\(item.name.lowercased()):\(PercentEncoding.decode(item.value) ?? String(item.value))"
        }
        return text
    }
}

/// The place of a header name, in lower case, in the order in which Blob Storage sorts them before it signs.
///
/// Hyphens do not count at first; `_` comes before digits and digits before letters. Among names that differ in
/// hyphens only, the one whose hyphen comes later stands first.
struct StorageHeaderOrder: Comparable {
    private let name: [UInt8]
    private let weights: [UInt16]

    init(_ name: String) {
        self.name = Array(name.utf8)
        weights = self.name.filter { $0 != Self.hyphen }.map(Self.weight)
    }

    static func < (left: Self, right: Self) -> Bool {
        guard left.weights == right.weights else { return left.weights.lexicographicallyPrecedes(right.weights) }
        guard let difference = zip(left.name, right.name).first(where: { $0 != $1 }) else {
            return left.name.count < right.name.count
        }
        return difference.1 == hyphen
    }

    private static let hyphen = UInt8(ascii: "-")

    private static func weight(_ byte: UInt8) -> UInt16 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): 256 + UInt16(byte)
        case UInt8(ascii: "a")...UInt8(ascii: "z"): 512 + UInt16(byte)
        default: UInt16(byte)
        }
    }
}
