/// What the service accepts in the bodies of requests. The emulator has it in a table of its own, so that it notices
/// when a client writes something that the service does not know.
enum BatchSchema {
    /// The type of a property.
    indirect enum PropertyType: Sendable, Hashable {
        case string, bool, int32, int64, double, dateTime, duration, map, any
        case list(PropertyType)
        case model(String)
        case enumeration([String])
    }

    /// A property of an object.
    struct Property: Sendable {
        let type: PropertyType
        let isRequired: Bool
        /// Whether no answer has it.
        let isSecret: Bool
    }

    /// An object.
    struct Model: Sendable {
        /// What a client may write.
        let properties: [String: Property]
        /// What only the service writes.
        let readOnly: Set<String>
        /// What a client must write.
        let required: [String]
    }

    /// The object with a name.
    static func model(_ name: String) -> Model? { parsed[name] }

    /// The objects of requests.
    static let parsed = parse(
        [models, autoscaleModels, nodeModels, scheduleModels, olderProperties],
        enumerations: [enumerations, nodeEnumerations, olderEnumerations])

    /// Reads tables. What several of them say of an object adds up.
    static func parse(_ tables: [String], enumerations: [String]) -> [String: Model] {
        let values = entries(of: enumerations.joined(separator: "\n"))
        return entries(of: tables.joined(separator: "\n")).mapValues { fields in
            var properties: [String: Property] = [:]
            var readOnly: Set<String> = []
            for field in fields {
                if field.hasPrefix("-") {
                    readOnly.insert(String(field.dropFirst()))
                    continue
                }
                let parts = field.split(separator: " ")
                guard parts.count == 2 else { continue }
                let name = parts[1].prefix { $0 != "!" && $0 != "~" }
                let marks = parts[1].dropFirst(name.count)
                properties[String(parts[0])] = Property(
                    type: type(name, values), isRequired: marks.contains("!"), isSecret: marks.contains("~"))
            }
            let required = properties.filter(\.value.isRequired).map(\.key).sorted()
            return Model(properties: properties, readOnly: readOnly, required: required)
        }
    }

    private static func type(_ name: Substring, _ enumerations: [String: [String]]) -> PropertyType {
        if name.hasPrefix("[") { return .list(type(name.dropFirst().dropLast(), enumerations)) }
        switch name {
        case "string": return .string
        case "bool": return .bool
        case "int32": return .int32
        case "int64": return .int64
        case "double": return .double
        case "datetime": return .dateTime
        case "duration": return .duration
        case "map": return .map
        case "any": return .any
        default: return enumerations[String(name)].map { .enumeration($0) } ?? .model(String(name))
        }
    }

    /// Names that stand at the start of a line, each with the list that is indented below it.
    private static func entries(of table: String) -> [String: [String]] {
        var result: [String: [String]] = [:]
        var name = ""
        for line in table.split(separator: "\n") {
            guard line.hasPrefix(" ") else {
                name = String(line)
                result[name, default: []] += []
                continue
            }
            result[name, default: []] += line.split(separator: ",").map { $0.drop { $0 == " " } }
                .filter { !$0.isEmpty }.map(String.init)
        }
        return result
    }
}
