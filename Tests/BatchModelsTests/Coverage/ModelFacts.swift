import Foundation

/// The newest facts about the models, read apart from the generator; Docs/BatchSpecification.md explains them.
struct ModelFacts: Decodable {
    struct Model: Decodable {
        struct Field: Decodable {
            var wire: String
            var type: String
            var readOnly: Bool?
            var key: Bool?
        }

        var fields: [Field]
    }

    struct Enum: Decodable {
        struct Value: Decodable { var wire: String }

        var values: [Value]
    }

    var models: [String: Model]
    var enums: [String: Enum]

    static func newest() throws -> ModelFacts {
        try JSONDecoder().decode(ModelFacts.self, from: newestFile())
    }

    /// The file itself, for tests that read other facts of it.
    static func newestFile() throws -> Data {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Specification")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("batch-") && $0.hasSuffix(".json") }
        return try Data(contentsOf: folder.appendingPathComponent(names.max() ?? "batch.json"))
    }
}
