import AzureCore
package import HTTPTypes

/// Writes the metadata of a resource, names and values of the caller's own.
package enum MetadataFields {
    package static let prefix = "x-ms-meta-"
    package static let maxSize = 8 * 1024

    /// Adds metadata to a request, or throws when the service could not take it.
    package static func apply(_ metadata: [String: String], to fields: inout HTTPFields) throws {
        var size = 0
        var seen: Set<String> = []
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            guard isIdentifier(name), let field = HTTPField.Name(prefix + name) else {
                throw AzureError.invalidArgument(
                    "The metadata name '\(name)' is no identifier; use letters, digits and '_', not starting with a "
                        + "digit.")
            }
            guard seen.insert(name.lowercased()).inserted else {
                throw AzureError.invalidArgument(
                    "The metadata has the name '\(name)' twice, differing in case only, which the service ignores.")
            }
            try HeaderValue.check(value, of: prefix + name)
            size += name.utf8.count + value.utf8.count
            fields[field] = value
        }
        guard size <= maxSize else {
            throw AzureError.invalidArgument(
                "The metadata has \(size) bytes; names and values together may have \(maxSize).")
        }
    }

    private static func isIdentifier(_ name: String) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte >= 0x41
        }
        guard let first = name.utf8.first, isLetter(first) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
