import AzureCore

/// A shared access signature as a query. Printing it does not show it.
struct SASToken: Sendable, CustomStringConvertible, CustomReflectable {
    /// The query, without a question mark.
    let query: String

    /// Takes a query, with or without a question mark in front.
    ///
    /// - Throws: An `AzureError` with `invalidArgument`, which does not show the text, when it has no signature or
    ///   cannot be part of a URL.
    init(_ text: String) throws {
        let query = text.hasPrefix("?") ? text.dropFirst() : text[...]
        guard !query.isEmpty else { throw AzureError.invalidArgument("The shared access signature is empty.") }
        guard query.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
            throw AzureError.invalidArgument(
                "The shared access signature has white space or other characters that are not percent-encoded.")
        }
        guard !query.contains("?") else {
            throw AzureError.invalidArgument(
                "The shared access signature is a whole URL; give only what stands after its question mark.")
        }
        guard Self.hasSignature(query) else {
            throw AzureError.invalidArgument(
                "The shared access signature has no signature: it must be a query with 'sig=…', as the portal shows it."
            )
        }
        self.query = String(query)
    }

    /// Whether a query has a signature that is not empty.
    static func hasSignature(_ query: some StringProtocol) -> Bool {
        query.split(separator: "&").contains { item in
            let name = item.prefix { $0 != "=" }
            return name.lowercased() == "sig" && item.utf8.count > name.utf8.count + 1
        }
    }

    var description: String { "SASToken" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
