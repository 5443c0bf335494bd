import AzureCore
import BatchModels
import Foundation

/// The fields of one model.
struct ModelProbe<Model: BatchModel>: AnyModelProbe {
    private(set) var fields: [FieldProbe<Model>] = []

    var name: String { String(describing: Model.self) }
    var fieldCount: Int { fields.count }
    var readOnlyCount: Int { fields.filter(\.isReadOnly).count }
    var int64Count: Int { fields.filter { $0.kind == "int64" }.count }
    var requiredFields: [String] { fields.filter(\.isRequired).map(\.wire) }

    func sample(_ path: String, withReadOnly: Bool) -> [String: Any] {
        var result: [String: Any] = [:]
        for field in fields where withReadOnly || !field.isReadOnly {
            result[field.wire] = field.sample("\(path).\(field.wire)", withReadOnly)
        }
        return result
    }

    func canDecode(_ json: String) -> Bool {
        (try? BatchJSON.decode(Model.self, from: Data(json.utf8))) != nil
    }

    func printed(_ path: String) throws -> String {
        let model = try BatchJSON.decode(Model.self, from: try Sentinel.json(sample(path, withReadOnly: true)))
        var dumped = ""
        dump(model, to: &dumped)
        return ["\(model)", String(reflecting: model), dumped, "\([model])"].joined(separator: "\n")
    }

    func problems() throws -> [String] {
        var problems: [String] = []
        let full = sample(name, withReadOnly: true)
        let model = try BatchJSON.decode(Model.self, from: try Sentinel.json(full))
        for field in fields where try !field.holds(model, "\(name).\(field.wire)") {
            problems.append("\(name).\(field.wire) does not arrive in its property")
        }
        if try Sentinel.json(full) != canonical(JSONEncoder().encode(model)) {
            problems.append("\(name) is not the same when it is kept and read again")
        }
        let sendable = sample(name, withReadOnly: false)
        if try Sentinel.json(sendable) != canonical(BatchJSON.requestBody(model)) {
            problems.append("\(name) is not sent as it should be")
        }
        return problems
    }

    private func canonical(_ data: Data) throws -> Data {
        try Sentinel.json(try JSONSerialization.jsonObject(with: data))
    }

    // MARK: Kinds of fields

    private mutating func add<Value: Equatable & Sendable>(
        _ wire: String, _ kind: String, _ path: any KeyPath<Model, Value?> & Sendable, _ isReadOnly: Bool,
        isRequired: Bool = false,
        sample: @escaping @Sendable (String, Bool) -> Any, expected: @escaping @Sendable (String) throws -> Value
    ) {
        fields.append(
            FieldProbe(
                wire: wire, kind: kind, isReadOnly: isReadOnly, isRequired: isRequired, sample: sample,
                holds: { try $0[keyPath: path] == expected($1) }))
    }

    mutating func text(_ wire: String, _ path: any KeyPath<Model, String?> & Sendable, isReadOnly: Bool = false) {
        add(wire, "text", path, isReadOnly, sample: { path, _ in path }, expected: { $0 })
    }

    mutating func etag(_ wire: String, _ path: any KeyPath<Model, ETag?> & Sendable, isReadOnly: Bool = false) {
        add(wire, "etag", path, isReadOnly, sample: { path, _ in path }, expected: { ETag($0) })
    }

    mutating func int(_ wire: String, _ path: any KeyPath<Model, Int?> & Sendable, isReadOnly: Bool = false) {
        add(wire, "int", path, isReadOnly, sample: { path, _ in Sentinel.number(path) }, expected: Sentinel.number)
    }

    mutating func int64(_ wire: String, _ path: any KeyPath<Model, Int64?> & Sendable, isReadOnly: Bool = false) {
        add(
            wire, "int64", path, isReadOnly, sample: { path, _ in String(Sentinel.number(path)) },
            expected: { Int64(Sentinel.number($0)) })
    }

    mutating func bool(_ wire: String, _ path: any KeyPath<Model, Bool?> & Sendable, isReadOnly: Bool = false) {
        add(
            wire, "bool", path, isReadOnly, sample: { path, _ in Sentinel.number(path) % 2 == 0 },
            expected: { Sentinel.number($0) % 2 == 0 })
    }

    mutating func double(_ wire: String, _ path: any KeyPath<Model, Double?> & Sendable, isReadOnly: Bool = false) {
        add(
            wire, "double", path, isReadOnly, sample: { path, _ in Double(Sentinel.number(path)) + 0.5 },
            expected: { Double(Sentinel.number($0)) + 0.5 })
    }

    mutating func date(_ wire: String, _ path: any KeyPath<Model, AzureTimestamp?> & Sendable, isReadOnly: Bool = false)
    {
        add(
            wire, "date", path, isReadOnly, sample: { path, _ in Sentinel.date(path).text },
            expected: Sentinel.date)
    }

    mutating func duration(
        _ wire: String, _ path: any KeyPath<Model, AzureDuration?> & Sendable, isReadOnly: Bool = false
    ) {
        add(
            wire, "duration", path, isReadOnly, sample: { path, _ in Sentinel.duration(path).text },
            expected: Sentinel.duration)
    }

    mutating func open<Value: BatchOpenEnum>(
        _ wire: String, _ path: any KeyPath<Model, Value?> & Sendable, isReadOnly: Bool = false
    ) {
        add(wire, "open", path, isReadOnly, sample: { path, _ in path }, expected: { Value(rawValue: $0) })
    }

    mutating func opens<Value: BatchOpenEnum>(
        _ wire: String, _ path: any KeyPath<Model, [Value]?> & Sendable, isReadOnly: Bool = false
    ) {
        add(
            wire, "opens", path, isReadOnly, sample: { path, _ in [path, path + "2"] },
            expected: { [Value(rawValue: $0), Value(rawValue: $0 + "2")] })
    }

    mutating func texts(_ wire: String, _ path: any KeyPath<Model, [String]?> & Sendable, isReadOnly: Bool = false) {
        add(wire, "texts", path, isReadOnly, sample: { path, _ in [path, ""] }, expected: { [$0, ""] })
    }

    mutating func json(_ wire: String, _ path: any KeyPath<Model, BatchJSONValue?> & Sendable, isReadOnly: Bool = false)
    {
        add(
            wire, "json", path, isReadOnly, sample: { path, _ in ["a": ["b": [path, 1, true]]] },
            expected: { ["a": ["b": [.string($0), 1, true]]] })
    }

    mutating func model<Value: BatchModel>(
        _ wire: String, _ path: any KeyPath<Model, Value?> & Sendable, isReadOnly: Bool = false
    ) {
        add(
            wire, "model", path, isReadOnly,
            sample: { FieldTable.byName["\(Value.self)"]!.sample($0, withReadOnly: $1) },
            expected: { try Self.decoded($0) })
    }

    mutating func models<Value: BatchModel>(
        _ wire: String, _ path: any KeyPath<Model, [Value]?> & Sendable, isReadOnly: Bool = false
    ) {
        add(
            wire, "models", path, isReadOnly,
            sample: { [FieldTable.byName["\(Value.self)"]!.sample($0, withReadOnly: $1)] },
            expected: { [try Self.decoded($0)] })
    }

    private static func decoded<Value: BatchModel>(_ path: String) throws -> Value {
        let sample = FieldTable.byName["\(Value.self)"]!.sample(path, withReadOnly: true)
        return try BatchJSON.decode(Value.self, from: try Sentinel.json(sample))
    }
}

// MARK: - Fields that are not optional

extension ModelProbe {
    private mutating func add<Value: Equatable & Sendable>(
        _ wire: String, _ kind: String, required path: any KeyPath<Model, Value> & Sendable, _ isReadOnly: Bool = false,
        sample: @escaping @Sendable (String, Bool) -> Any, expected: @escaping @Sendable (String) throws -> Value
    ) {
        fields.append(
            FieldProbe(
                wire: wire, kind: kind, isReadOnly: isReadOnly, isRequired: true, sample: sample,
                holds: { try $0[keyPath: path] == expected($1) }))
    }

    mutating func text(_ wire: String, required path: any KeyPath<Model, String> & Sendable, isReadOnly: Bool = false) {
        add(wire, "text", required: path, isReadOnly, sample: { path, _ in path }, expected: { $0 })
    }

    mutating func int(_ wire: String, required path: any KeyPath<Model, Int> & Sendable) {
        add(wire, "int", required: path, sample: { path, _ in Sentinel.number(path) }, expected: Sentinel.number)
    }

    mutating func date(_ wire: String, required path: any KeyPath<Model, AzureTimestamp> & Sendable) {
        add(
            wire, "date", required: path, sample: { path, _ in Sentinel.date(path).text },
            expected: Sentinel.date)
    }

    mutating func texts(_ wire: String, required path: any KeyPath<Model, [String]> & Sendable) {
        add(wire, "texts", required: path, sample: { path, _ in [path, ""] }, expected: { [$0, ""] })
    }

    mutating func open<Value: BatchOpenEnum>(_ wire: String, required path: any KeyPath<Model, Value> & Sendable) {
        add(wire, "open", required: path, sample: { path, _ in path }, expected: { Value(rawValue: $0) })
    }

    mutating func model<Value: BatchModel>(_ wire: String, required path: any KeyPath<Model, Value> & Sendable) {
        add(
            wire, "model", required: path,
            sample: { FieldTable.byName["\(Value.self)"]!.sample($0, withReadOnly: $1) },
            expected: { try Self.decoded($0) })
    }

    mutating func models<Value: BatchModel>(_ wire: String, required path: any KeyPath<Model, [Value]> & Sendable) {
        add(
            wire, "models", required: path,
            sample: { [FieldTable.byName["\(Value.self)"]!.sample($0, withReadOnly: $1)] },
            expected: { [try Self.decoded($0)] })
    }
}
