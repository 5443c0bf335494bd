/// How records are written, in a blob or in an answer.
enum QueryFormat: Sendable, Hashable {
    case delimited(Delimited)
    case json(recordSeparator: [UInt8])

    /// Text with separated columns.
    struct Delimited: Sendable, Hashable {
        var columnSeparator: [UInt8] = [UInt8(ascii: ",")]
        /// What stands around values; empty when nothing does.
        var quote: [UInt8] = [UInt8(ascii: "\"")]
        var recordSeparator: [UInt8] = [UInt8(ascii: "\n")]
        /// What takes the meaning of what follows it; empty when nothing does.
        var escape: [UInt8] = []
        var hasHeaders = false
    }
}

extension QueryFormat {
    /// Reads the element `InputSerialization` or `OutputSerialization`; without one it is delimited text.
    init(_ serialization: XMLTree?) throws {
        guard let serialization else {
            self = .delimited(Delimited())
            return
        }
        guard let format = serialization.child("Format") else { throw BlobServiceError.missingXmlNode("Format") }
        guard let type = format.child("Type")?.text else { throw BlobServiceError.missingXmlNode("Type") }
        switch type.lowercased() {
        case "delimited", "csv":
            self = .delimited(try Delimited(format.child("DelimitedTextConfiguration")))
        case "json":
            let configuration = format.child("JsonTextConfiguration")
            self = .json(
                recordSeparator: try Self.separator("RecordSeparator", of: configuration) ?? [UInt8(ascii: "\n")])
        default:
            // Parquet and Arrow are features that an account may be without.
            throw BlobServiceError.invalidXmlValue(
                "Type", type, reason: "The account reads and writes delimited text and JSON only.")
        }
    }

    /// The most bytes of a separator. It is compared with the text of the blob at each byte that it can begin with.
    static let maxSeparator = 16

    /// A separator, which must not be empty; nil when there is no such element.
    fileprivate static func separator(_ name: String, of parent: XMLTree?) throws -> [UInt8]? {
        guard let element = parent?.child(name) else { return nil }
        guard !element.text.isEmpty else {
            throw BlobServiceError.invalidXmlValue(name, "", reason: "It is empty.")
        }
        guard element.text.utf8.count <= maxSeparator else {
            throw BlobServiceError.invalidXmlValue(
                name, String(element.text.prefix(maxSeparator)), reason: "It has more than \(maxSeparator) bytes.")
        }
        return Array(element.text.utf8)
    }
}

extension QueryFormat.Delimited {
    fileprivate init(_ configuration: XMLTree?) throws {
        columnSeparator = try QueryFormat.separator("ColumnSeparator", of: configuration) ?? columnSeparator
        recordSeparator = try QueryFormat.separator("RecordSeparator", of: configuration) ?? recordSeparator
        quote = try Self.character("FieldQuote", of: configuration) ?? quote
        escape = try Self.character("EscapeChar", of: configuration) ?? escape
        if let element = configuration?.child("HasHeaders") {
            guard let flag = Bool(element.text.lowercased()) else {
                throw BlobServiceError.invalidXmlValue("HasHeaders", element.text, reason: "It is no truth value.")
            }
            hasHeaders = flag
        }
        guard columnSeparator != recordSeparator else {
            throw BlobServiceError.invalidXmlValue(
                "ColumnSeparator", String(decoding: columnSeparator, as: UTF8.self), reason: "It separates records.")
        }
    }

    /// One character or none; nil when there is no such element.
    private static func character(_ name: String, of parent: XMLTree?) throws -> [UInt8]? {
        guard let text = parent?.child(name)?.text else { return nil }
        guard text.unicodeScalars.count <= 1 else {
            throw BlobServiceError.invalidXmlValue(name, text, reason: "It is more than one character.")
        }
        return Array(text.utf8)
    }
}
