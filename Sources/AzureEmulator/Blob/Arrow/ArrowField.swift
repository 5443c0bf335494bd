/// A column of a stream in the columnar format of Apache Arrow.
struct ArrowField: Sendable, Hashable {
    enum Unit: Int16, Sendable {
        case seconds = 0
        case milliseconds = 1
    }

    indirect enum Kind: Sendable, Hashable {
        case int64, bool, string, double
        case timestamp(Unit, zone: String?)
        case decimal(precision: Int32, scale: Int32)
        /// Names and values, both of them texts.
        case map
        /// What a map consists of.
        case structure([ArrowField])
    }

    let name: String
    let kind: Kind
    var isNullable = true

    /// The fields that it is made of.
    var children: [ArrowField] {
        switch kind {
        case .map:
            let parts = [
                ArrowField(name: "key", kind: .string, isNullable: false), ArrowField(name: "value", kind: .string),
            ]
            return [ArrowField(name: "entries", kind: .structure(parts), isNullable: false)]
        case .structure(let fields): return fields
        case .int64, .bool, .string, .double, .timestamp, .decimal: return []
        }
    }

    /// Writes the field into the schema of a stream.
    func write(to buffer: inout FlatBufferWriter) -> FlatBufferWriter.Offset {
        let (number, type) = writeKind(to: &buffer)
        let name = buffer.string(name)
        let parts = children.map { $0.write(to: &buffer) }
        let children = buffer.vector(parts)
        buffer.startTable()
        buffer.add(5, children)
        buffer.add(3, type)
        buffer.add(0, name)
        buffer.add(2, number)
        buffer.add(1, UInt8(isNullable ? 1 : 0))
        return buffer.endTable()
    }

    /// Writes what is known of the type; the number is that of the format's union of types.
    private func writeKind(to buffer: inout FlatBufferWriter) -> (number: UInt8, FlatBufferWriter.Offset) {
        if case .timestamp(let unit, let zone) = kind {
            let zone = zone.map { buffer.string($0) }
            buffer.startTable()
            buffer.add(1, zone)
            buffer.add(0, unit.rawValue)
            return (10, buffer.endTable())
        }
        buffer.startTable()
        let number: UInt8
        switch kind {
        case .int64:
            buffer.add(0, Int32(64))
            buffer.add(1, UInt8(1))
            number = 2
        case .double:
            buffer.add(0, Int16(2))
            number = 3
        case .string: number = 5
        case .bool: number = 6
        case .decimal(let precision, let scale):
            buffer.add(1, scale)
            buffer.add(0, precision)
            number = 7
        case .timestamp: number = 10
        case .structure: number = 13
        case .map: number = 17
        }
        return (number, buffer.endTable())
    }
}
