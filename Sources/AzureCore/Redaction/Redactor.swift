/// Takes secrets out of texts before they are logged or put into errors.
public enum Redactor {
    /// What stands in place of a secret.
    public static let mark = "REDACTED"

    /// Query parameters whose values may be shown. Everything else is a secret until known otherwise.
    static let publicQueryNames: Set<String> = [
        "api-version", "timeout", "restype", "comp", "prefix", "delimiter", "maxresults", "include", "marker",
        "blockid", "blocklisttype", "snapshot", "versionid", "$filter", "$select", "$expand", "recursive", "force",
        "starttime", "endtime", "startfrom", "endbefore", "where",
        "sv", "se", "st", "sp", "sr", "spr", "ss", "srt", "si", "sip", "sdd",
    ]

    /// A URL, or a path, whose query values are hidden unless they are known to be harmless.
    public static func url(_ url: some StringProtocol) -> String {
        guard let question = url.firstIndex(of: "?") else { return withoutUser(url) }
        let query = url[question...].dropFirst().split(separator: "&", omittingEmptySubsequences: false)
        let shown = query.map { item -> String in
            guard let equals = item.firstIndex(of: "=") else {
                return publicQueryNames.contains(item.lowercased()) || item.isEmpty ? String(item) : mark
            }
            let name = item[..<equals]
            let decoded = PercentEncoding.decode(name)?.lowercased() ?? ""
            return publicQueryNames.contains(decoded) ? String(item) : "\(name)=\(mark)"
        }
        return withoutUser(url[..<question]) + "?" + shown.joined(separator: "&")
    }

    /// A URL without its query and fragment, to name a resource.
    public static func resource(_ url: some StringProtocol) -> String {
        withoutUser(url.prefix { $0 != "?" && $0 != "#" })
    }

    /// A text, such as a command line or a message, in which the secrets of signed URLs, connection strings and
    /// `Authorization` headers are hidden.
    public static func text(_ text: String) -> String {
        var result = text
        for secret in [
            "sig=", "AccountKey=", "SharedAccessSignature=", "SharedKey ", "SharedKeyLite ", "Bearer ",
            "client_secret=", "access_token=",
        ] {
            result = hide(after: secret, in: result)
        }
        return result
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
