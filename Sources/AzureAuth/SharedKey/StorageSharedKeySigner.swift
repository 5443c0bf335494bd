import AzureCore
package import HTTPTypes

/// Shared Key for Blob Storage.
package enum StorageSharedKeySigner {
    /// The text whose signature proves the caller.
    package static func stringToSign(_ request: HTTPRequest, accountName: String) -> String {
        let length = request.headerFields.value(.contentLength) ?? ""
        // The clients send ranges as x-ms-range, so the line of Range stays empty.
        var text = SignedRequest.standardHeaders(request, contentLength: length == "0" ? "" : length, range: "")
        var fields = request.headerFields.filter { $0.name.canonicalName.utf8.starts(with: "x-ms-".utf8) }
        fields.sort { StorageHeaderOrder.precedes($0.name.canonicalName, $1.name.canonicalName) }
        var last: HTTPField.Name?
        // What stands there twice counts once, with both values.
        for field in fields where field.name != last {
            text += field.name.canonicalName
            text += ":"
            text += request.headerFields.value(field.name) ?? ""
            text += "\n"
            last = field.name
        }
        let (path, query) = SignedRequest.target(of: request)
        text += "/\(accountName)\(path)"
        guard !query.isEmpty else { return text }
        // Of a name that stands there twice the last value counts; names are sorted before their case is lost.
        let values = Dictionary(query.map { (Array($0.name.utf8), $0) }) { $1 }
        for (_, item) in values.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            text += "\n\(item.name.lowercased()):\(PercentEncoding.decode(item.value) ?? String(item.value))"
        }
        return text
    }
}

/// The order in which Blob Storage sorts the names of headers, in lower case, before it signs.
///
/// Hyphens do not count at first; `_` comes before digits and digits before letters. Among names that differ in
/// hyphens only, the one whose hyphen comes later stands first.
enum StorageHeaderOrder {
    static func precedes(_ left: String, _ right: String) -> Bool {
        var leftWeights = left.utf8.lazy.filter { $0 != hyphen }.makeIterator()
        var rightWeights = right.utf8.lazy.filter { $0 != hyphen }.makeIterator()
        while true {
            switch (leftWeights.next(), rightWeights.next()) {
            case (let left?, let right?):
                if left != right { return weight(left) < weight(right) }
            case (nil, _?): return true
            case (_?, nil): return false
            case (nil, nil): return hyphensPrecede(left.utf8, right.utf8)
            }
        }
    }

    private static func hyphensPrecede(_ left: String.UTF8View, _ right: String.UTF8View) -> Bool {
        guard let difference = zip(left, right).first(where: { $0 != $1 }) else { return left.count < right.count }
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
