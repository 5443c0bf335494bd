/// What `--storageaccount` may be: the name of an account of the public cloud, or the URL of a blob endpoint.
struct StorageAddress: Equatable {
    /// The URL of the blob endpoint, without a slash at its end.
    var endpoint: String

    /// Reads an argument; nil if it is neither.
    init?(_ argument: String) {
        if argument.contains("://") {
            guard argument.hasPrefix("https://") || argument.hasPrefix("http://") else { return nil }
            endpoint = argument.hasSuffix("/") ? String(argument.dropLast()) : argument
        } else {
            let isName =
                (3...24).contains(argument.utf8.count)
                && argument.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
            guard isName else { return nil }
            endpoint = "https://\(argument).blob.core.windows.net"
        }
    }
}
