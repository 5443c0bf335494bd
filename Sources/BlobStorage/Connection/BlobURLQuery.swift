import AzureCore

/// The query of a URL that somebody handed over: a shared access signature, and which state of a blob is meant.
struct BlobURLQuery: Sendable {
    var snapshot: String?
    var versionID: String?
    /// The shared access signature, as it came.
    var sas: String?

    /// Takes a query apart, and refuses what has no place in an address.
    ///
    /// - Parameters:
    ///   - query: What follows the `?`.
    ///   - url: The whole URL, for errors.
    init(_ query: Substring, of url: String) throws {
        var signature: [Substring] = []
        for item in query.split(separator: "&") {
            let name = item.prefix { $0 != "=" }.lowercased()
            let value = item.drop { $0 != "=" }.dropFirst()
            switch name {
            case "snapshot": snapshot = try BlobURL.decode(value, of: url)
            case "versionid": versionID = try BlobURL.decode(value, of: url)
            case _ where Self.sasNames.contains(name): signature.append(item)
            default:
                throw AzureError.invalidArgument(
                    "The URL '\(BlobURL.shown(url))' has the query parameter '\(name)', which belongs neither to a "
                        + "shared access signature nor to the name of a blob.")
            }
        }
        guard !signature.isEmpty else { return }
        guard signature.contains(where: { $0.lowercased().hasPrefix("sig=") }) else {
            throw AzureError.invalidArgument(
                "The URL '\(BlobURL.shown(url))' has a shared access signature without its 'sig'.")
        }
        sas = signature.joined(separator: "&")
    }

    /// The query parameters of shared access signatures.
    static let sasNames: Set<String> = [
        "sig", "sp", "st", "se", "sr", "si", "sip", "spr", "sv", "rscc", "rscd", "rsce", "rscl", "rsct", "spk", "srk",
        "epk", "erk", "srt", "ss", "skoid", "sktid", "skt", "ske", "sks", "skv", "ses", "srh", "srq", "skdutid",
        "sduoid", "saoid", "suoid", "scid", "sdd",
    ]
}
