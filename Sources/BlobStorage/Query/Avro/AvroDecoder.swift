import AzureCore

import struct Foundation.Data

/// Reads values from a block, all of which is there.
///
/// The bytes may come from anybody: what a block can cost is bounded, whatever it says of itself.
struct AvroDecoder {
    /// How deep values may be inside one another.
    static let maxDepth = 64
    /// The most values of a block, each with those inside it. The service puts many rows into one.
    static let maxValues = 1_000_000

    private let schema: AvroSchema
    private var cursor: AvroCursor
    /// How many values may come still. Some take no bytes at all, and a few bytes could ask for billions of them.
    private(set) var budget: Int

    init(_ schema: AvroSchema, _ block: Data, budget: Int = maxValues) {
        self.schema = schema
        cursor = AvroCursor(block)
        self.budget = budget
    }

    /// Reads all values of the block.
    mutating func values(count: Int64) throws -> [AvroValue] {
        var values: [AvroValue] = []
        for _ in 0..<count { values.append(try value(schema.root, depth: 0)) }
        guard cursor.isAtEnd else { throw AzureError.invalidAvro("a block has more bytes than its values") }
        return values
    }

    private mutating func value(_ kind: AvroSchema.Kind, depth: Int) throws -> AvroValue {
        guard depth < Self.maxDepth else { throw AzureError.invalidAvro("its values are nested too deep") }
        guard budget > 0 else { throw AzureError.invalidAvro("it has too many values for its size") }
        budget -= 1
        switch kind {
        case .null: return .null
        case .boolean: return .boolean(try boolean())
        case .integer: return .integer(try long())
        case .float: return .number(Double(Float(bitPattern: try bits(UInt32.self))))
        case .double: return .number(Double(bitPattern: try bits(UInt64.self)))
        case .bytes: return .bytes(try bytes(try long()))
        case .string: return .string(try string())
        case .fixed(let size): return .bytes(try bytes(Int64(size)))
        case .enumeration(let symbols): return .string(try choice(symbols, of: "an enum"))
        case .union(let kinds): return try value(try choice(kinds, of: "a union"), depth: depth + 1)
        case .record(let name):
            var fields: [String: AvroValue] = [:]
            for field in schema.records[name] ?? [] { fields[field.name] = try value(field.kind, depth: depth + 1) }
            return .record(name, fields)
        case .array(let item):
            var items: [AvroValue] = []
            try eachOfBlocks { decoder in items.append(try decoder.value(item, depth: depth + 1)) }
            return .array(items)
        case .map(let item):
            var items: [String: AvroValue] = [:]
            try eachOfBlocks { decoder in
                let key = try decoder.string()
                items[key] = try decoder.value(item, depth: depth + 1)
            }
            return .map(items)
        }
    }

    /// Arrays and maps come in blocks of their own, of which the last is empty. A negative count has a size behind it.
    private mutating func eachOfBlocks(_ readItem: (inout AvroDecoder) throws -> Void) throws {
        while true {
            let count = try long()
            guard count != 0 else { return }
            if count < 0 { _ = try long() }
            // Beyond the budget the count does not matter: the items run out first.
            for _ in 0..<count.magnitude { try readItem(&self) }
        }
    }

    // MARK: Simple values

    private mutating func long() throws -> Int64 {
        guard let value = try cursor.takeLong() else { throw Self.short }
        return value
    }

    private mutating func bytes(_ count: Int64) throws -> Data {
        guard count >= 0, count <= cursor.count, let data = cursor.take(Int(count)) else { throw Self.short }
        return data
    }

    private mutating func string() throws -> String {
        guard let text = String(validating: try bytes(try long()), as: UTF8.self) else {
            throw AzureError.invalidAvro("a text is not UTF-8")
        }
        return text
    }

    private mutating func boolean() throws -> Bool {
        switch try bytes(1).first {
        case 0: return false
        case 1: return true
        default: throw AzureError.invalidAvro("a truth value is neither true nor false")
        }
    }

    private mutating func bits<Bits: FixedWidthInteger>(_ type: Bits.Type) throws -> Bits {
        let bytes = try bytes(Int64(Bits.bitWidth / 8))
        return bytes.reversed().reduce(0) { $0 << 8 | Bits($1) }
    }

    private mutating func choice<Item>(_ items: [Item], of what: String) throws -> Item {
        let index = try long()
        guard index >= 0, index < items.count else {
            throw AzureError.invalidAvro("\(what) of \(items.count) has no number \(index)")
        }
        return items[Int(index)]
    }

    private static let short = AzureError.invalidAvro("a value goes beyond the end of its block")
}
