import AzureCore
import StorageCore

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
                "The URL '\(StorageURL.shown(url))' has a '#'; in names it is written %23.")
        }
        let address = url.prefix { $0 != "?" }
        // Names may have characters that no other URL has; they are encoded anew.
        let host = address.firstRange(of: "://")?.upperBound ?? address.startIndex
        let path = address[host...].drop { $0 != "/" }
        let whole = try AzureEndpoint(String(address[..<path.startIndex]))
        var rest = path.dropFirst()
        func takeSegment() throws -> String? {
            guard !rest.isEmpty else { return nil }
            let segment = rest.prefix { $0 != "/" }
            rest = rest[segment.endIndex...].dropFirst()
            return try StorageURL.decode(segment, of: url)
        }
        var base = ""
        if isPathStyle ?? whole.isPathStyle(of: .blob) {
            guard let account = try takeSegment(), !account.isEmpty else {
                throw AzureError.invalidArgument(
                    "The URL '\(StorageURL.shown(url))' has no account name in its path, which a host like "
                        + "'\(whole.authority)' needs.")
            }
            accountName = account
            base = "/" + PercentEncoding.encode(account)
        } else {
            accountName = whole.accountName(of: .blob)
        }
        endpoint = try AzureEndpoint("\(whole.scheme)://\(whole.authority)\(base)")
        container = try takeSegment()
        blob = rest.isEmpty ? nil : try StorageURL.decode(rest, of: url)
        let query = try StorageURLQuery(
            url[address.endIndex...].dropFirst(), of: url, naming: ["snapshot", "versionid"])
        (snapshot, versionID, sas) = (query.values["snapshot"], query.values["versionid"], query.sas)
    }
}

extension StorageHost {
    /// The hosts of the Blob service; the account of Data Lake Storage is the same.
    static let blob = StorageHost(name: "blob", aliases: ["dfs"])
}
