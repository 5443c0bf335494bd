public import Foundation

/// The service's JSON.
public enum BatchJSON {
    /// Encodes the body of a request, without the properties that only the service sets, in nested models too.
    ///
    /// - Throws: An `EncodingError` for values that JSON or the service cannot take, such as negative durations.
    public static func requestBody(_ value: some BatchModel) throws -> Data {
        try encode(value, for: .request)
    }

    /// Decodes an answer.
    ///
    /// - Throws: A `DecodingError` that names the place.
    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        try JSONDecoder().decode(type, from: data)
    }

    static func encode(_ value: some Encodable, for purpose: EncodingPurpose) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.userInfo[EncodingPurpose.key] = purpose
        if purpose == .description {
            encoder.nonConformingFloatEncodingStrategy = .convertToString(
                positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        }
        return try encoder.encode(value)
    }
}

/// The purpose for which a model is encoded.
enum EncodingPurpose: Sendable {
    /// For keeping it: everything.
    case storage
    /// For the service: without the properties that only the service sets.
    case request
    /// For people: everything but secrets.
    case description

    static let key = CodingUserInfoKey(rawValue: "azure-swift.batch.purpose")!

    init(of encoder: any Encoder) {
        self = encoder.userInfo[Self.key] as? EncodingPurpose ?? .storage
    }
}
