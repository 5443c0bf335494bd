/// Takes secrets out of texts before they are logged or put into errors.
public enum Redactor {
    /// What stands in place of a secret.
    public static let mark = "REDACTED"

    /// Query parameters whose values may be shown. Everything else is a secret until known otherwise.
    static let publicQueryNames: Set<String> = [
        "api-version", "timeout", "restype", "comp", "prefix", "delimiter", "maxresults", "include", "marker",
        "blockid", "blocklisttype", "snapshot", "versionid", "$filter", "$select", "$expand", "recursive", "force",
        "starttime", "endtime", "startfrom", "endbefore", "where",
        "copyid", "prevsnapshot", "sv", "se", "st", "sp", "sr", "spr", "ss", "srt", "si", "sip", "sdd", "ske", "sks",
        "skt", "skv", "rscc", "rscd", "rsce", "rscl", "rsct",
    ]

    /// A URL, or a path, whose query values are hidden unless they are known to be harmless.
    public static func url(_ url: some StringProtocol) -> String {
        guard let question = url.firstIndex(of: "?") else { return text(withoutUser(url)) }
        let query = url[question...].dropFirst().split(separator: "&", omittingEmptySubsequences: false)
        let shown = query.map { item -> String in
            guard let equals = item.firstIndex(of: "=") else {
                return publicQueryNames.contains(item.lowercased()) || item.isEmpty ? String(item) : mark
            }
            let name = item[..<equals]
            let decoded = PercentEncoding.decode(name)?.lowercased() ?? ""
            let isShown = publicQueryNames.contains(decoded) && !hasSecret(item[equals...].dropFirst())
            return isShown ? String(item) : "\(name)=\(mark)"
        }
        return text(withoutUser(url[..<question])) + "?" + shown.joined(separator: "&")
    }

    /// A URL without its query and fragment, to name a resource.
    public static func resource(_ url: some StringProtocol) -> String {
        text(withoutUser(url.prefix { $0 != "?" && $0 != "#" }))
    }

    /// A text, such as a command line or a message, in which the secrets of signed URLs, connection strings and
    /// `Authorization` headers are hidden, also where they are percent-encoded once or twice.
    public static func text(_ text: String) -> String {
        let separators = separators(in: text)
        guard !separators.isEmpty else { return text }
        var result = text
        for (names, encodings) in secrets {
            for separator in encodings where separators.contains(separator) {
                for name in names { result = hide(after: name + separator, in: result) }
            }
        }
        return result
    }

    /// What stands before a secret, and how it is parted from it: plain, percent-encoded, and that once more.
    private static let secrets: [(names: [String], separators: [String])] = [
        (
            [
                "sig", "AccountKey", "SharedAccessSignature", "client_secret", "access_token", "refresh_token",
                "client_assertion", "password",
            ], ["=", "%3D", "%253D"]
        ),
        (["SharedKey", "SharedKeyLite", "Bearer"], [" ", "%20", "%2520"]),
    ]

    /// Which of the separators a text has. Names of resources have none, so that nothing else has to be looked for.
    private static func separators(in text: String) -> Set<String> {
        var found: Set<String> = []
        var text = text
        text.withUTF8 { bytes in
            for index in bytes.indices {
                switch bytes[index] {
                case UInt8(ascii: "="): found.insert("=")
                case UInt8(ascii: " "): found.insert(" ")
                case UInt8(ascii: "%"):
                    // In capitals, as they are looked for without regard to case.
                    let code = bytes[(index + 1)...].prefix(4).map { (97...122).contains($0) ? $0 - 32 : $0 }
                    for encoding in ["3D", "253D", "20", "2520"] where code.starts(with: encoding.utf8) {
                        found.insert("%" + encoding)
                    }
                default: break
                }
            }
        }
        return found
    }

    /// Whether a value of a query has a secret of another query or text in it.
    private static func hasSecret(_ value: some StringProtocol) -> Bool {
        let encoded = String(value)
        let decoded = PercentEncoding.decode(encoded, plusIsSpace: true) ?? encoded
        return text(encoded) != encoded || text(decoded) != decoded
    }

    private static func hide(after name: String, in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let found = rest.range(of: name, caseInsensitive: true) {
            result += rest[..<found.upperBound]
            rest = rest[found.upperBound...]
            let end = rest.firstIndex { $0.isWhitespace || "&;\"'<>".contains($0) } ?? rest.endIndex
            result += end == rest.startIndex ? "" : mark
            rest = rest[end...]
        }
        return result + rest
    }

    private static func withoutUser(_ url: some StringProtocol) -> String {
        guard let scheme = url.range(of: "://") else { return String(url) }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
        guard let at = authority.lastIndex(of: "@") else { return String(url) }
        return url[..<scheme.upperBound] + mark + url[at...]
    }
}

extension StringProtocol {
    /// The first place where a text of ASCII characters stands.
    func range(of pattern: String, caseInsensitive: Bool = false) -> Range<Index>? {
        let wanted = Array(pattern.utf8)
        guard !wanted.isEmpty else { return nil }
        let bytes = utf8
        var start = bytes.startIndex
        func same(_ left: UInt8, _ right: UInt8) -> Bool {
            left == right || (caseInsensitive && (left | 0x20) == (right | 0x20) && (97...122).contains(left | 0x20))
        }
        while start != bytes.endIndex {
            var here = start
            var count = 0
            while count < wanted.count, here != bytes.endIndex, same(bytes[here], wanted[count]) {
                bytes.formIndex(after: &here)
                count += 1
            }
            if count == wanted.count { return start..<here }
            bytes.formIndex(after: &start)
        }
        return nil
    }
}
