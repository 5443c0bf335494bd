import AzureCore

/// Writes the fields of a model as JSON. Nil fields are left out.
struct FieldEncoder {
    /// The traits of a field.
    struct Traits: OptionSet {
        let rawValue: Int

        /// Only the service sets it; it never goes out in a request.
        static let readOnly = Traits(rawValue: 1)
        /// It is a secret; no description shows it.
        static let secret = Traits(rawValue: 2)
        /// It is a URL that may be signed; descriptions show of its query only what is known to be harmless.
        static let signedURL = Traits(rawValue: 4)
    }

    private var container: KeyedEncodingContainer<FieldName>
    private let purpose: EncodingPurpose

    init(_ encoder: any Encoder) {
        container = encoder.container(keyedBy: FieldName.self)
        purpose = EncodingPurpose(of: encoder)
    }

    mutating func value(_ value: (some Encodable)?, _ name: String, _ traits: Traits = []) throws {
        guard let value, isWanted(traits) else { return }
        try container.encode(value, forKey: FieldName(name))
    }

    mutating func text(_ value: String?, _ name: String, _ traits: Traits = []) throws {
        guard let value, isWanted(traits) else { return }
        try container.encode(shown(value, traits), forKey: FieldName(name))
    }

    mutating func texts(_ value: [String]?, _ name: String, _ traits: Traits = []) throws {
        guard let value, isWanted(traits) else { return }
        try container.encode(value.map { shown($0, traits) }, forKey: FieldName(name))
    }

    mutating func json(_ value: BatchJSONValue?, _ name: String, _ traits: Traits = []) throws {
        guard let value, isWanted(traits) else { return }
        guard purpose == .description else { return try container.encode(value, forKey: FieldName(name)) }
        let shown = traits.contains(.secret) ? .string(Redactor.mark) : value.mapStrings(SecretText.hide)
        try container.encode(shown, forKey: FieldName(name))
    }

    mutating func int64(_ value: Int64?, _ name: String, _ traits: Traits = []) throws {
        guard let value, isWanted(traits) else { return }
        try container.encode(String(value), forKey: FieldName(name))
    }

    mutating func date(_ value: AzureTimestamp?, _ name: String, _ traits: Traits = []) throws {
        guard let value, isWanted(traits) else { return }
        try container.encode(value.text(for: .body), forKey: FieldName(name))
    }

    mutating func duration(_ value: AzureDuration?, _ name: String, _ traits: Traits = []) throws {
        guard let value, isWanted(traits) else { return }
        if let duration = value.duration, duration < .zero {
            if purpose == .description { return try container.encode("\(duration)", forKey: FieldName(name)) }
            throw EncodingError.invalidValue(
                value,
                .init(
                    codingPath: container.codingPath + [FieldName(name)],
                    debugDescription: "A duration cannot be negative."))
        }
        try container.encode(value.text, forKey: FieldName(name))
    }

    private func isWanted(_ traits: Traits) -> Bool {
        !(purpose == .request && traits.contains(.readOnly))
    }

    private func shown(_ text: String, _ traits: Traits) -> String {
        guard purpose == .description else { return text }
        if traits.contains(.secret) { return Redactor.mark }
        return SecretText.hide(in: traits.contains(.signedURL) ? Redactor.url(text) : text)
    }
}
