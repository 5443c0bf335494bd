import AzureCore

/// The link to the next page of a list: only one to the client's own host is followed, so that credentials never go
/// anywhere else.
struct NextLink {
    /// Path and query, with the client's version of the interface.
    let path: String

    init(_ link: String, endpoint: AzureEndpoint, version: BatchServiceVersion) throws {
        let target: Substring
        if link.hasPrefix("/"), !link.hasPrefix("//") {
            target = link[...]
        } else {
            target = try Self.target(of: link, endpoint: endpoint)
        }
        guard target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw AzureError(
                service: .batch, code: .invalidResponse,
                message: "The link to the next page has characters that no URL has.")
        }
        let (path, query) = Self.split(target)
        var items = query.split(separator: "&").map(String.init)
        items.removeAll { PercentEncoding.decode($0.prefix { $0 != "=" })?.lowercased() == "api-version" }
        items.insert("api-version=\(PercentEncoding.encode(version.rawValue))", at: 0)
        self.path = "\(path)?\(items.joined(separator: "&"))"
    }

    /// Path and query of an absolute link.
    private static func target(of link: String, endpoint: AzureEndpoint) throws -> Substring {
        let parts = link.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[1].isEmpty, let scheme = parts.first?.lowercased() else {
            throw AzureError(
                service: .batch, code: .invalidResponse,
                message: "The link to the next page, '\(Redactor.url(link))', is no URL.")
        }
        let authority = parts[2].lowercased()
        guard scheme == endpoint.scheme + ":",
            withoutDefaultPort(authority, scheme) == withoutDefaultPort(endpoint.authority, scheme)
        else {
            throw AzureError(
                service: .batch, code: .foreignHost,
                message: "The link to the next page leads to '\(scheme)//\(authority)', not to "
                    + "'\(endpoint.scheme)://\(endpoint.authority)'. Credentials are never sent to another host.")
        }
        return link[link.index(before: parts[3].startIndex)...]
    }

    private static func withoutDefaultPort(_ authority: String, _ scheme: String) -> String {
        let port = scheme == "https:" ? ":443" : ":80"
        return authority.hasSuffix(port) ? String(authority.dropLast(port.count)) : authority
    }

    private static func split(_ target: Substring) -> (path: Substring, query: Substring) {
        let target = target.prefix { $0 != "#" }
        guard let question = target.firstIndex(of: "?") else { return (target, "") }
        return (target[..<question], target[question...].dropFirst())
    }
}
