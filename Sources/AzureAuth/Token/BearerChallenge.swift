import struct Foundation.Data

/// What a service asks for in `WWW-Authenticate: Bearer …`.
///
/// Only the tenant and the claims are taken. The resource that storage names as well is not: whoever answers must not choose
/// for whom tokens are.
struct BearerChallenge: Sendable, Equatable {
    /// The tenant in `authorization_uri`, such as `https://login.microsoftonline.com/{tenant}/oauth2/authorize`.
    var tenantID: String?
    /// The claims of continuous access evaluation, decoded.
    var claims: String?

    /// No challenge of a service is longer.
    private static let limit = 16384

    /// Reads a header field; nil when it has no Bearer challenge.
    init?(_ header: String?) {
        guard let header, header.utf8.count <= Self.limit else { return nil }
        guard let parameters = Self.parameters(header) else { return nil }
        if parameters["error"] == "insufficient_claims", let text = parameters["claims"] {
            claims = Self.decoded(text)
        }
        if let uri = parameters["authorization_uri"] ?? parameters["authorization"] {
            let parts = uri.split(separator: "/")
            if parts.count >= 3, parts[0] == "https:", EntraAuthority.isTenant(String(parts[2])) {
                tenantID = String(parts[2])
            }
        }
    }

    /// Base64, in either alphabet and with or without padding.
    private static func decoded(_ text: String) -> String? {
        var base64 = text.replacing("-", with: "+").replacing("_", with: "/").replacing("=", with: "")
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        return Data(base64Encoded: base64).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// The parameters of the first Bearer challenge: names and values, quoted or not, with commas or spaces between.
    private static func parameters(_ header: String) -> [String: String]? {
        guard let start = header.range(ofWord: "bearer") else { return nil }
        var result: [String: String] = [:]
        var rest = header[start...]
        while true {
            rest = rest.drop { $0 == " " || $0 == "," || $0 == "\t" }
            guard let equals = rest.firstIndex(of: "=") else { return result }
            let name = rest[..<equals].lowercased()
            // The next scheme begins with a word that no `=` follows.
            guard !name.contains(" ") else { return result }
            rest = rest[equals...].dropFirst()
            let value: Substring
            if rest.first == "\"" {
                value = rest.dropFirst().prefix { $0 != "\"" }
                rest = rest[value.endIndex...].dropFirst()
            } else {
                value = rest.prefix { $0 != " " && $0 != "," }
                rest = rest[value.endIndex...]
            }
            if result[name] == nil { result[name] = String(value) }
        }
    }
}

extension String {
    /// The place after a scheme's name and the space behind it.
    fileprivate func range(ofWord word: String) -> Index? {
        let lower = utf8.map { $0 | 0x20 }
        let wanted = Array(word.utf8)
        guard lower.count > wanted.count else { return nil }
        for start in 0..<(lower.count - wanted.count) where Array(lower[start..<start + wanted.count]) == wanted {
            let isStart = start == 0 || lower[start - 1] == 0x20 || lower[start - 1] == UInt8(ascii: ",")
            guard isStart, lower[start + wanted.count] == 0x20 else { continue }
            return utf8.index(utf8.startIndex, offsetBy: start + wanted.count + 1)
        }
        return nil
    }
}
