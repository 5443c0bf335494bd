/// How records are written, in a blob or in an answer.
enum QueryFormat: Sendable, Hashable {
    case delimited(Delimited)
    case json(recordSeparator: [UInt8])
    /// A stream of Apache Arrow, only of answers.
    case arrow([ArrowField])

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
    ///
    /// - Parameter isOutput: Whether it is the format of the answer.
    init(_ serialization: XMLTree?, isOutput: Bool = false) throws {
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
        case "arrow" where isOutput:
            self = .arrow(try ArrowField.fields(format.child("ArrowConfiguration")))
        default:
            // Parquet is a feature that an account may be without.
            throw BlobServiceError.invalidXmlValue(
                "Type", type, reason: "The account reads delimited text and JSON, and writes these and Arrow.")
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

extension ArrowField {
    /// The most columns of an answer.
    static let maxFields = 1024

    /// Reads the element `ArrowConfiguration`.
    fileprivate static func fields(_ configuration: XMLTree?) throws -> [ArrowField] {
        guard let schema = configuration?.child("Schema") else { throw BlobServiceError.missingXmlNode("Schema") }
        guard (1...maxFields).contains(schema.children.count) else {
            throw BlobServiceError.invalidXmlValue("Schema", "", reason: "It has no field, or too many.")
        }
        return try schema.children.map { element in
            guard element.name == "Field" else { throw BlobServiceError.unsupportedXmlNode(element.name) }
            guard let type = element.child("Type")?.text else { throw BlobServiceError.missingXmlNode("Type") }
            return ArrowField(name: element.child("Name")?.text ?? "", kind: try kind(type, element))
        }
    }

    private static func kind(_ type: String, _ element: XMLTree) throws -> Kind {
        switch type.lowercased() {
        case "int64": return .int64
        case "bool": return .bool
        case "string": return .string
        case "double": return .double
        case "timestamp[ms]": return .timestamp(.milliseconds, zone: nil)
        case "decimal":
            return .decimal(
                precision: try number("Precision", of: element, in: 1...38),
                scale: try number("Scale", of: element, in: 0...38))
        default: throw BlobServiceError.invalidXmlValue("Type", type, reason: "It is no type of a column.")
        }
    }

    private static func number(_ name: String, of element: XMLTree, in range: ClosedRange<Int32>) throws -> Int32 {
        guard let text = element.child(name)?.text else { throw BlobServiceError.missingXmlNode(name) }
        guard let number = Int32(text), range.contains(number) else {
            throw BlobServiceError.invalidXmlValue(name, text, reason: "It is not one of \(range).")
        }
        return number
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
