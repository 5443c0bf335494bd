import Foundation

/// The newest facts about the service, read apart from the generator; Docs/BatchSpecification.md explains them.
struct BatchFacts: Decodable {
    struct Operation: Decodable {
        struct Argument: Decodable { var body: String? }
        struct Query: Decodable { var wire: String }

        var name: String
        var verb: String
        var success: [Int]
        var arguments: [Argument]
        var query: [Query]
        var conditions: String?
        var range: Bool?
        var list: String?
        var result: String?
        var retry: String?

        /// The query parameters and header fields that every operation or this one takes, as in `?force` and
        /// `if-match`.
        var parameters: Set<String> {
            var names: Set = ["?api-version", "?timeOut", "ocp-date"]
            names.formUnion(query.map { "?\($0.wire)" })
            if conditions != nil { names.formUnion(["if-modified-since", "if-unmodified-since"]) }
            if conditions == "all" { names.formUnion(["if-match", "if-none-match"]) }
            if range == true { names.insert("ocp-range") }
            return names
        }

        var hasBody: Bool { arguments.contains { $0.body != nil } }
    }

    struct ErrorCode: Decodable { var code: String }

    var apiVersion: String
    var operations: [Operation]
    var errorCodes: [ErrorCode]

    static let newest: BatchFacts = {
        do {
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Specification")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                .filter { $0.hasPrefix("batch-") && $0.hasSuffix(".json") }
            let data = try Data(contentsOf: folder.appendingPathComponent(names.max() ?? "batch.json"))
            return try JSONDecoder().decode(BatchFacts.self, from: data)
        } catch {
            fatalError("The facts cannot be read: \(error)")
        }
    }()

    /// The facts about the operation with a name as errors have it, such as `Batch.CreatePool`.
    static func operation(_ name: String) -> Operation? {
        newest.operations.first { "batch.\($0.name)".lowercased() == name.lowercased() }
    }
}
