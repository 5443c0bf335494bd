import AzureCore
import BatchModels
import Foundation

/// Which fields each model has.
enum FieldTable {
    static let all: [any AnyModelProbe] = part1 + part2 + part3 + part4 + part5 + part6

    static let byName: [String: any AnyModelProbe] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.name, $0) })

    static func probe<Model: BatchModel>(
        _ type: Model.Type, _ add: (inout ModelProbe<Model>) -> Void
    ) -> ModelProbe<Model> {
        var probe = ModelProbe<Model>()
        add(&probe)
        return probe
    }
}

/// A model whose type is not known where it is used.
protocol AnyModelProbe: Sendable {
    var name: String { get }
    var fieldCount: Int { get }
    var readOnlyCount: Int { get }
    var int64Count: Int { get }
    /// JSON with a value of its own in every field.
    func sample(_ path: String, withReadOnly: Bool) -> [String: Any]
    /// Everything that printing a value of the sample can show.
    func printed(_ path: String) throws -> String
    /// What is wrong with the model, in words.
    func problems() throws -> [String]
    /// Decodes a value and tells whether it went well.
    func canDecode(_ json: String) -> Bool
    /// The fields without which a value cannot be decoded.
    var requiredFields: [String] { get }
}

/// A field: how its value looks in JSON, and how it is found in a value of the model.
struct FieldProbe<Model>: Sendable {
    let wire: String
    let kind: String
    let isReadOnly: Bool
    let isRequired: Bool
    /// A value for a place in a sample.
    let sample: @Sendable (_ path: String, _ withReadOnly: Bool) -> Any
    /// Whether the property has the value that the sample for that place stands for.
    let holds: @Sendable (_ model: Model, _ path: String) throws -> Bool
}

/// Numbers that are different for different places, and the same each time.
enum Sentinel {
    static func number(_ path: String) -> Int {
        path.utf8.reduce(17) { ($0 &* 31 &+ Int($1)) % 1_000_003 }
    }

    static func date(_ path: String) -> AzureTimestamp {
        AzureTimestamp(Date(timeIntervalSince1970: 1_700_000_000 + Double(number(path))))
    }

    static func duration(_ path: String) -> AzureDuration {
        AzureDuration(.seconds(number(path)) + .milliseconds(500))
    }

    static func json(_ object: Any) throws -> Data {
        try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .fragmentsAllowed])
    }
}
