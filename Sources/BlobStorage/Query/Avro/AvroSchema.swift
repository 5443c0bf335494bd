/// How values are laid out in Avro. The language is small: types have names, and names stand for types.
struct AvroSchema: Sendable {
    indirect enum Kind: Hashable, Sendable {
        case null, boolean, integer, float, double, bytes, string
        case fixed(size: Int)
        case enumeration([String])
        case array(Kind)
        case map(Kind)
        case union([Kind])
        /// A record's full name; ``AvroSchema/records`` has its fields. That is how a record can be part of itself.
        case record(String)
    }

    struct Field: Hashable, Sendable {
        var name: String
        var kind: Kind
    }

    /// The type of the values.
    let root: Kind
    /// The fields of the records, by full name.
    let records: [String: [Field]]

    /// Reads a schema from its JSON.
    ///
    /// - Parameter json: At most as long as ``AvroContainerReader`` lets metadata be.
    init(_ json: some Collection<UInt8>) throws {
        var parser = AvroSchemaParser()
        root = try parser.parse(json)
        records = parser.records
    }
}
