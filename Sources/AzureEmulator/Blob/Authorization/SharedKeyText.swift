import AzureCore
import HTTPTypes

/// The text that a Shared Key signature is made from.
///
/// The documentation and the official clients differ in corners (the Date header beside x-ms-date, white space, the order
/// of header names); the service accepts what either does, and so does the emulator. What an operation looks at is part
/// of the text by both.
struct SharedKeyText: Sendable {
    /// Whose rules are followed where they differ.
    enum Rules: CaseIterable, Sendable {
        case documentation, officialClients
    }

    let text: String

    /// The paths that may have been signed: that of the request, and for the second region also that of the first.
    static func paths(_ request: EmulatorRequest, account: String) -> [String] {
        let secondary = "/\(account)-secondary"
        guard request.rawPath.hasPrefix(secondary) else { return [request.rawPath] }
        return [request.rawPath, "/\(account)" + request.rawPath.dropFirst(secondary.count)]
    }

    init(_ request: EmulatorRequest, account: String, path: String? = nil, rules: Rules) {
        func header(_ name: String) -> String { request.header(name) ?? "" }
        let length = header("Content-Length")
        let hasOwnDate = request.header("x-ms-date") != nil
        let lines = [
            request.method.rawValue, header("Content-Encoding"), header("Content-Language"),
            length == "0" ? "" : length, header("Content-MD5"), header("Content-Type"),
            rules == .documentation && hasOwnDate ? "" : header("Date"),
            header("If-Modified-Since"), header("If-Match"), header("If-None-Match"), header("If-Unmodified-Since"),
            header("Range"),
        ]
        text =
            (lines + Self.headers(request, rules: rules)).joined(separator: "\n") + "\n/" + account
            + (path ?? request.rawPath)
            + Self.query(request, rules: rules)
    }

    private static func headers(_ request: EmulatorRequest, rules: Rules) -> [String] {
        var values: [String: [String]] = [:]
        for field in request.head.headerFields where field.name.canonicalName.hasPrefix("x-ms-") {
            let value = rules == .documentation ? folded(field.value) : field.value
            values[field.name.canonicalName, default: []].append(value)
        }
        let names = values.keys.sorted { rules == .documentation ? $0 < $1 : precedesCulturally($0, $1) }
        return names.map { "\($0):\(values[$0]?.joined(separator: ",") ?? "")" }
    }

    private static func folded(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }

    /// The characters of names in the order of the official clients.
    private static let order = Array("!#$%&*.^_`|~+0123456789abcdefghijklmnopqrstuvwxyz".utf8)

    /// The order of the official clients, and of the word sort of Windows: hyphens count only among names that are equal
    /// without them, and other marks come before digits, digits before letters.
    private static func precedesCulturally(_ left: String, _ right: String) -> Bool {
        func weights(_ name: String) -> [Int] { name.utf8.compactMap { order.firstIndex(of: $0) } }
        let (first, second) = (weights(left), weights(right))
        if first != second { return first.lexicographicallyPrecedes(second) }
        // The one whose hyphen comes first stands behind.
        for (a, b) in zip(left.utf8, right.utf8) where a != b { return b == UInt8(ascii: "-") }
        return left.utf8.count < right.utf8.count
    }

    private static func query(_ request: EmulatorRequest, rules: Rules) -> String {
        var values: [String: [String]] = [:]
        for pair in request.rawQuery.split(separator: "&") {
            let name = String(pair.prefix { $0 != "=" })
            let value = PercentEncoding.decode(pair.dropFirst(name.count).dropFirst()) ?? ""
            let key = rules == .documentation ? (PercentEncoding.decode(name) ?? name).lowercased() : name
            values[key, default: []].append(value)
        }
        return values.sorted { $0.key < $1.key }
            .map { "\n\($0.key.lowercased()):\($0.value.sorted().joined(separator: ","))" }.joined()
    }
}
