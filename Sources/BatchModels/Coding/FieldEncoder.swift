import AzureCore

/// Writes the fields of a model as JSON. What is nil is left out.
struct FieldEncoder {
    /// What is special about a field.
    struct Traits: OptionSet {
        let rawValue: Int

        /// Only the service sets it; it never goes out in a request.
        static let readOnly = Traits(rawValue: 1)
        /// It is a secret; no description shows it.
        static let secret = Traits(rawValue: 2)
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

    mutating func textMap(_ value: [String: String]?, _ name: String, _ traits: Traits = []) throws {
        guard let value, isWanted(traits) else { return }
        try container.encode(value.mapValues { shown($0, traits) }, forKey: FieldName(name))
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
        return traits.contains(.secret) ? Redactor.mark : SecretText.hide(in: text)
    }
}
