import Foundation

/// What the service and the official Python client know, from the folder Specification.
struct CoverageFacts {
    /// An operation of the service.
    struct Operation: Decodable, Sendable {
        var name: String
        var method: String
        var path: String
        var status: [Int]
        var query: [String]
        var requestHeaders: [String]
        var responseHeaders: [String]
    }

    /// Methods and types of the Python client, and their parameters and properties.
    struct PythonClient: Decodable {
        var package: String
        var version: String
        var methods: [String: [String]]
        var types: [String: [String]]
    }

    /// Where the methods, options and types of the Python client are found in this package. An entry only says where
    /// to look; whether it is there is found in the compiled API.
    struct PythonMapping: Decodable {
        /// Names of options that stand for an option of the same meaning, whatever the method.
        var options: [String: [String]]
        /// The symbols that stand for a method or function.
        var methods: [String: [String]]
        /// The symbols that stand for single options, as `Client.method.option`; see also ``options``.
        var methodOptions: [String: [String]]
        /// The symbols that stand for a type.
        var types: [String: [String]]
        /// The names that stand for properties of types, as `Type.property`.
        var properties: [String: [String]]
        /// Why something is not there, by any of the keys above, and for operations as `group.name`, or
        /// `group.name ?query`, `group.name >request header`, `group.name <response header`.
        var reasons: [String: String]
    }

    private struct Service: Decodable {
        var operations: [Operation]
    }

    let operations: [Operation]
    let python: PythonClient
    let mapping: PythonMapping

    /// The folder of the package.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    init() throws {
        operations = try Self.read(Service.self, "blob-2026-10-06").operations
        python = try Self.read(PythonClient.self, "blob-python-client")
        mapping = try Self.read(PythonMapping.self, "blob-python-mapping")
    }

    private static func read<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        let url = root.appendingPathComponent("Specification/\(name).json")
        return try JSONDecoder().decode(type, from: Data(contentsOf: url))
    }
}
