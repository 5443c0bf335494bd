import AzureCore

import struct Foundation.Data
import class Foundation.JSONDecoder

/// Reads the JSON of a schema, and gives every type its full name.
struct AvroSchemaParser {
    /// How deep types may be inside one another.
    static let maxDepth = 32

    private(set) var records: [String: [AvroSchema.Field]] = [:]
    /// Types that can be referred to, by full name.
    private var named: [String: AvroSchema.Kind] = [:]

    mutating func parse(_ json: some Collection<UInt8>) throws -> AvroSchema.Kind {
        let node: Node
        do {
            node = try JSONDecoder().decode(Node.self, from: Data(json))
        } catch {
            throw AzureError.invalidAvro("its schema is no JSON")
        }
        return try kind(node, namespace: "", depth: 0)
    }

    private mutating func kind(_ node: Node, namespace: String, depth: Int) throws -> AvroSchema.Kind {
        guard depth < Self.maxDepth else { throw AzureError.invalidAvro("its schema is nested too deep") }
        switch node {
        case .string(let name):
            return try reference(name, namespace: namespace)
        case .array(let nodes):
            guard !nodes.isEmpty else { throw AzureError.invalidAvro("its schema has a union of nothing") }
            return .union(try nodes.map { try kind($0, namespace: namespace, depth: depth + 1) })
        case .object(let members):
            return try complex(members, namespace: namespace, depth: depth + 1)
        case .integer, .other:
            throw AzureError.invalidAvro("its schema has a value where a type must be")
        }
    }

    private func reference(_ name: String, namespace: String) throws -> AvroSchema.Kind {
        switch name {
        case "null": return .null
        case "boolean": return .boolean
        case "int", "long": return .integer
        case "float": return .float
        case "double": return .double
        case "bytes": return .bytes
        case "string": return .string
        default:
            guard let kind = named[Self.fullName(name, namespace)] ?? named[name] else {
                throw AzureError.invalidAvro("its schema has the unknown type '\(name.prefix(60))'")
            }
            return kind
        }
    }

    private mutating func complex(
        _ members: [String: Node], namespace: String, depth: Int
    ) throws -> AvroSchema.Kind {
        guard let type = members["type"] else { throw AzureError.invalidAvro("its schema has a type of no kind") }
        guard case .string(let kindName) = type else { return try kind(type, namespace: namespace, depth: depth) }
        switch kindName {
        case "array": return .array(try member("items", of: members, namespace, depth))
        case "map": return .map(try member("values", of: members, namespace, depth))
        case "record", "error": return try record(members, namespace: namespace, depth: depth)
        case "enum":
            guard case .array(let nodes)? = members["symbols"] else {
                throw AzureError.invalidAvro("its schema has an enum without symbols")
            }
            let kind = AvroSchema.Kind.enumeration(try nodes.map { try Self.text($0) })
            named[try name(of: members, namespace)] = kind
            return kind
        case "fixed":
            guard case .integer(let size)? = members["size"], (0...AvroContainerReader.maxBlockSize).contains(size)
            else { throw AzureError.invalidAvro("its schema has a fixed type of no possible size") }
            named[try name(of: members, namespace)] = .fixed(size: size)
            return .fixed(size: size)
        default: return try reference(kindName, namespace: namespace)
        }
    }

    private mutating func record(
        _ members: [String: Node], namespace: String, depth: Int
    ) throws -> AvroSchema.Kind {
        let name = try name(of: members, namespace)
        guard case .array(let nodes)? = members["fields"] else {
            throw AzureError.invalidAvro("its schema has a record without fields")
        }
        guard named.updateValue(.record(name), forKey: name) == nil else {
            throw AzureError.invalidAvro("its schema has the type '\(name.prefix(60))' twice")
        }
        let inner = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? ""
        var fields: [AvroSchema.Field] = []
        for node in nodes {
            guard case .object(let field) = node, let fieldName = field["name"] else {
                throw AzureError.invalidAvro("its schema has a field without a name")
            }
            let kind = try member("type", of: field, inner, depth)
            fields.append(AvroSchema.Field(name: try Self.text(fieldName), kind: kind))
        }
        records[name] = fields
        return .record(name)
    }

    private mutating func member(
        _ name: String, of members: [String: Node], _ namespace: String, _ depth: Int
    ) throws -> AvroSchema.Kind {
        guard let node = members[name] else { throw AzureError.invalidAvro("its schema lacks '\(name)'") }
        return try kind(node, namespace: namespace, depth: depth)
    }

    /// The full name of a type that is being defined.
    private func name(of members: [String: Node], _ namespace: String) throws -> String {
        guard let node = members["name"] else { throw AzureError.invalidAvro("its schema has a type without a name") }
        return Self.fullName(try Self.text(node), try members["namespace"].map(Self.text) ?? namespace)
    }

    private static func fullName(_ name: String, _ namespace: String) -> String {
        namespace.isEmpty || name.contains(".") ? name : "\(namespace).\(name)"
    }

    private static func text(_ node: Node) throws -> String {
        guard case .string(let text) = node else {
            throw AzureError.invalidAvro("its schema has something else where a name must be")
        }
        return text
    }

    /// What a schema needs of JSON.
    private enum Node: Decodable {
        case string(String)
        case integer(Int)
        case array([Node])
        case object([String: Node])
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .string(text)
            } else if let nodes = try? container.decode([Node].self) {
                self = .array(nodes)
            } else if let members = try? container.decode([String: Node].self) {
                self = .object(members)
            } else if let number = try? container.decode(Int.self) {
                self = .integer(number)
            } else {
                self = .other
            }
        }
    }
}
