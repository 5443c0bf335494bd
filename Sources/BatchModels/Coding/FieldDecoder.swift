/// Reads the fields of a model from JSON. A field that is missing or null is nil; unknown names are skipped.
struct FieldDecoder {
    private let container: KeyedDecodingContainer<FieldName>

    init(_ decoder: any Decoder) throws {
        container = try decoder.container(keyedBy: FieldName.self)
    }

    /// A field that must be there.
    func required<Value: Decodable>(_ name: String) throws -> Value {
        try container.decode(Value.self, forKey: FieldName(name))
    }

    func value<Value: Decodable>(_ name: String) throws -> Value? {
        try container.decodeIfPresent(Value.self, forKey: FieldName(name))
    }

    /// A number of 64 bits, which travels as a string; a plain number is accepted, too.
    func int64(_ name: String) throws -> Int64? {
        let key = FieldName(name)
        guard container.contains(key), try !container.decodeNil(forKey: key) else { return nil }
        if let number = try? container.decode(Int64.self, forKey: key) { return number }
        let text = try container.decode(String.self, forKey: key)
        guard let number = Int64(text) else { throw corrupted(key, "'\(text)' is not a whole number.") }
        return number
    }

    private func corrupted(_ key: FieldName, _ reason: String) -> DecodingError {
        .dataCorruptedError(forKey: key, in: container, debugDescription: reason)
    }
}
