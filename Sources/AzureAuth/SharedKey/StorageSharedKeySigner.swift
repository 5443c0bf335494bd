import AzureCore
package import HTTPTypes

/// Shared Key for Blob Storage.
package enum StorageSharedKeySigner {
    /// The text whose signature proves the caller.
    package static func stringToSign(_ request: HTTPRequest, accountName: String) -> String {
        let length = request.headerFields[.contentLength] ?? ""
        // The clients send ranges as x-ms-range, so the line of Range stays empty.
        var text = SignedRequest.standardHeaders(request, contentLength: length == "0" ? "" : length, range: "")
        let headers = request.headerFields
            .filter { $0.name.canonicalName.hasPrefix("x-ms-") }
            .sorted { StorageHeaderOrder.precedes($0.name.canonicalName, $1.name.canonicalName) }
        for field in headers { text += "\(field.name.canonicalName):\(field.value)\n" }
        let (path, query) = SignedRequest.target(of: request)
        text += "/\(accountName)\(path)"
        for (name, value) in query.sorted(by: { $0.name < $1.name }) {
            text += "\n\(name.lowercased()):\(PercentEncoding.decode(value) ?? String(value))"
        }
        return text
    }
}

/// The order in which Blob Storage sorts header names before it signs them: hyphens do not count at first, `_` comes
/// before digits and digits before letters; among names that differ in hyphens only, the later hyphen comes first.
enum StorageHeaderOrder {
    /// Whether a name, in lower case, stands before another.
    static func precedes(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        let hyphen = UInt8(ascii: "-")
        let (leftLetters, rightLetters) = (left.filter { $0 != hyphen }, right.filter { $0 != hyphen })
        if leftLetters != rightLetters {
            return leftLetters.lexicographicallyPrecedes(rightLetters) { weight($0) < weight($1) }
        }
        guard let difference = zip(left, right).first(where: { $0 != $1 }) else { return left.count < right.count }
        return difference.1 == hyphen
    }

    private static func weight(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): 256 + Int(byte)
        case UInt8(ascii: "a")...UInt8(ascii: "z"): 512 + Int(byte)
        default: Int(byte)
        }
    }
}
