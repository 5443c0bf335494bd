/// The type of a field: as the facts name it, as Swift has it, and how it is read and written.
struct FieldType {
    /// The functions that read and write a field.
    struct Coding {
        var read: String
        var write: String
    }

    let swift: String
    let coding: Coding
    /// Whether it is a model, which is then kept in a box.
    let isModel: Bool

    init(_ facts: String, models: Set<String>) {
        switch facts {
        case "string": self.init("String", "value", "text")
        case "int32": self.init("Int", "value", "value")
        case "int64": self.init("Int64", "int64", "int64")
        case "bool": self.init("Bool", "value", "value")
        case "double": self.init("Double", "value", "value")
        case "date": self.init("AzureTimestamp", "value", "date")
        case "duration": self.init("AzureDuration", "value", "duration")
        case "etag": self.init("ETag", "value", "value")
        case "json": self.init("BatchJSONValue", "value", "json")
        case "list<string>", "strings": self.init("[String]", "value", "texts")
        case _ where facts.hasPrefix("list<"):
            self.init("[\(facts.dropFirst(5).dropLast())]", "value", "value")
        default: self.init(facts, "value", "value", isModel: models.contains(facts))
        }
    }

    /// Whether the type of the field is one of AzureCore's.
    static func isOfCore(_ facts: String) -> Bool {
        ["date", "duration", "etag"].contains(facts)
    }

    private init(_ swift: String, _ read: String, _ write: String, isModel: Bool = false) {
        self.swift = swift
        coding = Coding(read: read, write: write)
        self.isModel = isModel
    }
}
