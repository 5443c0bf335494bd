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
    ///   - url: The URL. Names may have characters that other URLs must encode, but no spaces and no control characters.
    ///   - isPathStyle: Whether the first part of the path is the account; nil to tell by the host.
    init(_ url: String, isPathStyle: Bool? = nil) throws {
        // By bytes, since a character may be a slash and what is put on top of it.
        let bytes = url.utf8
        guard !bytes.contains(UInt8(ascii: "#")) else {
            throw AzureError.invalidArgument(
                "The URL '\(StorageURL.shown(url))' has a '#'; in names it is written %23.")
        }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw AzureError.invalidArgument(
                "The URL '\(StorageURL.shown(url))' has a space or a control character; a space is written %20.")
        }
        let address = url[..<(bytes.firstIndex(of: UInt8(ascii: "?")) ?? url.endIndex)]
        let host = address.firstRange(of: "://")?.upperBound ?? address.startIndex
        let path = address[(address.utf8[host...].firstIndex(of: UInt8(ascii: "/")) ?? address.endIndex)...]
        // Names are encoded anew, so that only what stands before them has to be a URL.
        let whole = try AzureEndpoint(String(address[..<path.startIndex]))
        var rest = Substring(path.utf8.dropFirst())
        func takeSegment() throws -> String? {
            guard !rest.isEmpty else { return nil }
            let segment = Substring(rest.utf8.prefix { $0 != UInt8(ascii: "/") })
            rest = Substring(rest.utf8[segment.endIndex...].dropFirst())
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
            Substring(bytes[address.endIndex...].dropFirst()), of: url, naming: ["snapshot", "versionid"])
        (snapshot, versionID, sas) = (query.values["snapshot"], query.values["versionid"], query.sas)
    }
}

extension StorageHost {
    /// The hosts of the Blob service; the account of Data Lake Storage is the same.
    static let blob = StorageHost(name: "blob", aliases: ["dfs"])
}
