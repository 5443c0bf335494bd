import Foundation

/// The facts about one version of the service; Docs/BatchSpecification.md explains each field.
struct Specification: Decodable {
    var apiVersion: String
    var enums: [String: EnumFacts]
    var models: [String: ModelFacts]
    var operations: [OperationFacts]
    var errorCodes: [ErrorCodeFacts]

    /// The name of the file that the facts must have.
    var fileName: String { "batch-\(apiVersion).json" }

    /// The wire names of the properties that every answer has.
    func keys(of model: String) -> [String] {
        models[model]?.fields.filter { $0.key == true }.map(\.wire) ?? []
    }
}

struct EnumFacts: Decodable {
    struct Value: Decodable {
        var name: String
        var wire: String
        var doc: String
    }

    var doc: String
    var values: [Value]
}

struct ModelFacts: Decodable {
    /// Which way the model travels.
    enum Use: String, Decodable {
        case sent
        case received
        case both = "sent+received"
    }

    var doc: String
    var use: Use
    var fields: [FieldFacts]
}

struct FieldFacts: Decodable {
    var name: String
    var wire: String
    var type: String
    /// Whether the service requires it in requests.
    var required: Bool?
    /// Whether only the service sets it.
    var readOnly: Bool?
    /// Whether every answer has it, because the resource is found by it, or because it is what was asked for.
    var key: Bool?
    /// Whether it must not be shown.
    var secret: Bool?
    /// Whether it is a URL that may have a signature, of which only the harmless parts are shown.
    var signedURL: Bool?
    var doc: String
}

struct OperationFacts: Decodable {
    struct Argument: Decodable {
        var label: String
        var name: String
        /// The parameter of the path that it fills.
        var path: String?
        /// The model of the body that it is.
        var body: String?
        /// Whether the body can be left out.
        var optional: Bool?
    }

    struct Query: Decodable {
        var name: String
        var wire: String
        var type: String
        var doc: String
    }

    var name: String
    var group: String
    var method: String
    var doc: String
    var discussion: String?
    var verb: String
    var path: String
    var success: [Int]
    var arguments: [Argument]
    var query: [Query]
    /// `all`, or `dates` for those with dates only.
    var conditions: String?
    /// Whether a part of the file can be asked for.
    var range: Bool?
    /// The model of the items of a list.
    var list: String?
    /// A model, `stream`, `exists`, `fileProperties`, or nothing.
    var result: String?
    /// The property of the result without which it is none, where its model can lack it elsewhere.
    var requires: String?
    /// `idempotent` where the verb alone would say otherwise.
    var retry: String?
    /// The kind of resource that the operation creates, whose id is checked.
    var creates: String?
}

struct ErrorCodeFacts: Decodable {
    var code: String
    var name: String
    var doc: String?
    /// Whether AzureCore has it, because other services have the same.
    var inAzureCore: Bool?
}
