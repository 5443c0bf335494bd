import AzureCore

/// A URL of a blob, a container or an account, taken apart.
struct BlobURL: Sendable {
    /// The account's address, with the account's name in its path where the host does not have it.
    var endpoint: AzureEndpoint
    /// The name of the account, where the URL shows it.
    var accountName: String?
    var container: String?
    var blob: String?
    var snapshot: String?
    var versionID: String?
    /// The shared access signature that the URL carries.
    var sas: String?

    /// Takes a URL apart.
    ///
    /// - Parameters:
    ///   - url: The URL, percent-encoded.
    ///   - isPathStyle: Whether the first part of the path is the account; nil to tell by the host.
    init(_ url: String, isPathStyle: Bool? = nil) throws {
        let withoutFragment = url.prefix { $0 != "#" }
        guard withoutFragment.endIndex == url.endIndex else {
            throw AzureError.invalidArgument(
                "The URL '\(BlobURL.shown(url))' has a '#'; in names it is written %23.")
        }
        let address = url.prefix { $0 != "?" }
        let whole = try AzureEndpoint(String(address))
        // The endpoint drops slashes at the end, which may belong to a blob's name.
        let afterScheme = address.dropFirst(whole.scheme.count + "://".count)
        var rest = afterScheme.drop { $0 != "/" }.dropFirst()
        func takeSegment() throws -> String? {
            guard !rest.isEmpty else { return nil }
            let segment = rest.prefix { $0 != "/" }
            rest = rest[segment.endIndex...].dropFirst()
            return try Self.decode(segment, of: url)
        }
        var base = ""
        if isPathStyle ?? Self.isPathStyle(whole) {
            guard let account = try takeSegment(), !account.isEmpty else {
                throw AzureError.invalidArgument(
                    "The URL '\(BlobURL.shown(url))' has no account name in its path, which a host like "
                        + "'\(whole.authority)' needs.")
            }
            accountName = account
            base = "/" + PercentEncoding.encode(account)
        } else {
            accountName = Self.accountName(ofHost: whole.host)
        }
        endpoint = try AzureEndpoint("\(whole.scheme)://\(whole.authority)\(base)")
        container = try takeSegment()
        blob = rest.isEmpty ? nil : try Self.decode(rest, of: url)
        let query = try BlobURLQuery(url[address.endIndex...].dropFirst(), of: url)
        (snapshot, versionID, sas) = (query.snapshot, query.versionID, query.sas)
    }

    /// A URL as errors show it: without its query, and without what looks like a key where none should be.
    static func shown(_ url: some StringProtocol) -> String {
        Redactor.text(Redactor.resource(url))
    }

    static func decode(_ text: Substring, of url: String) throws -> String {
        guard let result = PercentEncoding.decode(text) else {
            throw AzureError.invalidArgument("The URL '\(BlobURL.shown(url))' does not decode to UTF-8.")
        }
        return result
    }
}

// MARK: - Hosts

extension BlobURL {
    /// Whether the account stands in the path: with IP addresses, hosts of one word, and unusual ports, unless the
    /// host is of the form `account.blob.…`.
    static func isPathStyle(_ endpoint: AzureEndpoint) -> Bool {
        let host = endpoint.host
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        if host.hasPrefix("[") || isIPv4(labels) { return true }
        if labels.dropFirst().contains(where: { $0 == "blob" || $0 == "dfs" }) { return false }
        if labels.count == 1 || host.hasSuffix(".localhost") { return true }
        let port = endpoint.authority.dropFirst(host.count).dropFirst()
        return !["", "80", "443"].contains(port)
    }

    /// The account's name in a host such as `account.blob.core.windows.net`, that of its secondary included.
    static func accountName(ofHost host: String) -> String? {
        let labels = host.split(separator: ".")
        guard labels.count > 1, labels.dropFirst().contains(where: { $0 == "blob" || $0 == "dfs" }) else { return nil }
        let name = labels[0]
        return String(name.hasSuffix("-secondary") ? name.dropLast("-secondary".count) : name)
    }

    private static func isIPv4(_ labels: [Substring]) -> Bool {
        labels.count == 4 && labels.allSatisfy { UInt8($0) != nil }
    }
}
