import AzureCore
import HTTPTypes

import struct Foundation.Data

/// Tags on the wire: in a header field, and as XML.
enum TagFields {
    static let maxCount = 10
    static let maxNameLength = 128
    static let maxValueLength = 256

    /// Adds tags to a request that writes a blob.
    static func apply(_ tags: [String: String], to fields: inout HTTPFields) throws {
        guard !tags.isEmpty else { return }
        try check(tags)
        let pairs = tags.sorted { $0.key < $1.key }
            .map { "\(PercentEncoding.encode($0.key))=\(PercentEncoding.encode($0.value))" }
        fields[.tags] = pairs.joined(separator: "&")
    }

    /// The document that sets tags.
    static func document(_ tags: [String: String]) throws -> Data {
        try check(tags)
        var writer = XMLWriter()
        try writer.element("Tags") { root in
            try root.element("TagSet") { set in
                for (name, value) in tags.sorted(by: { $0.key < $1.key }) {
                    try set.element("Tag") { tag in
                        try tag.element("Key", text: name)
                        try tag.element("Value", text: value)
                    }
                }
            }
        }
        return writer.data
    }

    /// Reads the document that says what tags there are.
    static func parse(_ document: Data) throws -> [String: String] {
        var reader = try XMLPullReader(document)
        try reader.enterRoot("Tags")
        return try reader.readTags()
    }

    /// Refuses what the service could not take.
    static func check(_ tags: [String: String]) throws {
        guard tags.count <= maxCount else {
            throw AzureError.invalidArgument("A blob has at most \(maxCount) tags; these are \(tags.count).")
        }
        for (name, value) in tags {
            guard (1...maxNameLength).contains(name.utf8.count), name.utf8.allSatisfy(isAllowed) else {
                throw AzureError.invalidArgument(
                    "A tag cannot be called '\(name.prefix(maxNameLength))': a name has 1 to \(maxNameLength) "
                        + "characters, which are \(allowed).")
            }
            guard value.utf8.count <= maxValueLength, value.utf8.allSatisfy(isAllowed) else {
                throw AzureError.invalidArgument(
                    "The value of the tag '\(name)' does not fit: a value has at most \(maxValueLength) characters, "
                        + "which are \(allowed).")
            }
        }
    }

    private static let allowed = "letters and digits of ASCII, space and + - . / : = _"

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-")...UInt8(ascii: ":"),  // - . / 0…9 :
            UInt8(ascii: " "), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
