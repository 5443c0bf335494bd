import AzureCore

/// The query of a URL that somebody handed over: a shared access signature, and what names a state of the resource, such as
/// a snapshot.
package struct StorageURLQuery: Sendable {
    /// The parameters that name the resource, by their names in lower case.
    package private(set) var values: [String: String] = [:]
    /// The shared access signature, as it came.
    package private(set) var sas: String?

    /// Takes a query apart, and refuses what has no place in an address.
    ///
    /// - Parameters:
    ///   - query: What follows the `?`.
    ///   - url: The whole URL, for errors.
    ///   - names: The parameters that may name the resource, in lower case.
    package init(_ query: Substring, of url: String, naming names: Set<String> = []) throws {
        var signature: [Substring] = []
        for item in query.split(separator: "&") {
            let name = item.prefix { $0 != "=" }.lowercased()
            let value = item.drop { $0 != "=" }.dropFirst()
            switch name {
            case _ where names.contains(name): values[name] = try StorageURL.decode(value, of: url)
            case _ where Self.sasNames.contains(name): signature.append(item)
            default:
                throw AzureError.invalidArgument(
                    "The URL '\(StorageURL.shown(url))' has the query parameter '\(name)', which belongs neither to a "
                        + "shared access signature nor to a name.")
            }
        }
        guard !signature.isEmpty else { return }
        guard signature.contains(where: { $0.lowercased().hasPrefix("sig=") }) else {
            throw AzureError.invalidArgument(
                "The URL '\(StorageURL.shown(url))' has a shared access signature without its 'sig'.")
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

/// What all URLs of storage services have in common.
package enum StorageURL {
    /// A URL as errors show it: without its query, and without what looks like a key where none should be.
    package static func shown(_ url: some StringProtocol) -> String {
        Redactor.text(Redactor.resource(url))
    }

    /// A part of a URL without percent-encoding.
    package static func decode(_ text: Substring, of url: String) throws -> String {
        guard let result = PercentEncoding.decode(text) else {
            throw AzureError.invalidArgument("The URL '\(shown(url))' does not decode to UTF-8.")
        }
        return result
    }
}
