/// The values of a column in a part of a stream.
struct ArrowColumn: Sendable {
    /// A whole number with a sign, of 16 bytes, the lowest first.
    struct Decimal: Sendable, Hashable {
        let bytes: [UInt8]

        /// Reads decimal digits with a sign before them if it is minus; nil for anything else, and for too many.
        init?(digits text: some StringProtocol) {
            let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
            guard (1...38).contains(digits.utf8.count) else { return nil }
            var bytes = Array(repeating: UInt8(0), count: 16)
            for digit in digits.utf8 {
                guard (48...57).contains(digit) else { return nil }
                var carry = Int(digit) - 48
                for index in bytes.indices {
                    carry += Int(bytes[index]) * 10
                    bytes[index] = UInt8(carry & 0xFF)
                    carry >>= 8
                }
            }
            if text.hasPrefix("-") {
                var carry = 1
                for index in bytes.indices {
                    carry += Int(~bytes[index])
                    bytes[index] = UInt8(carry & 0xFF)
                    carry >>= 8
                }
            }
            self.bytes = bytes
        }
    }

    enum Values: Sendable {
        /// Also times, counted from 1970.
        case int64([Int64?])
        case bool([Bool?])
        case double([Double?])
        case string([String?])
        case decimal([Decimal?])
        case map([[(name: String, value: String)]])
    }

    let values: Values

    init(_ values: Values) {
        self.values = values
    }

    /// Adds the nodes and the buffers of the column.
    func write(to batch: inout ArrowBatch) {
        switch values {
        case .int64(let values): batch.add(values) { $0 ?? 0 }
        case .double(let values): batch.add(values) { $0?.bitPattern ?? 0 }
        case .string(let values): batch.add(values)
        case .bool(let values):
            batch.addValidity(of: values)
            batch.add(ArrowBatch.bits(values.map { $0 ?? false }))
        case .decimal(let values):
            batch.addValidity(of: values)
            batch.add(values.flatMap { $0?.bytes ?? Array(repeating: 0, count: 16) })
        case .map(let values):
            batch.addValidity(of: values.map(Optional.some))
            batch.addOffsets(values.map(\.count))
            let entries = values.joined()
            batch.addValidity(of: entries.map(Optional.some))
            batch.add(entries.map(\.name))
            batch.add(entries.map(\.value))
        }
    }
}

/// A part of a stream that is being put together.
struct ArrowBatch {
    /// How many values each column has, and how many of them are null.
    private(set) var nodes: [(Int64, Int64)] = []
    /// Where each buffer begins in the body, and how long it is.
    private(set) var buffers: [(Int64, Int64)] = []
    private(set) var body: [UInt8] = []

    /// Adds a buffer. The next one begins at a multiple of 8 bytes.
    mutating func add(_ bytes: [UInt8]) {
        buffers.append((Int64(body.count), Int64(bytes.count)))
        body += bytes
        body += repeatElement(0, count: (8 - body.count % 8) % 8)
    }

    /// Adds a column's node, and which of its values are not null: nothing when none is.
    mutating func addValidity<Value>(of values: [Value?]) {
        let nulls = values.count { $0 == nil }
        nodes.append((Int64(values.count), Int64(nulls)))
        add(nulls == 0 ? [] : Self.bits(values.map { $0 != nil }))
    }

    /// Adds a column of numbers.
    mutating func add<Value, Number: FixedWidthInteger>(_ values: [Value?], _ number: (Value?) -> Number) {
        addValidity(of: values)
        var bytes: [UInt8] = []
        for value in values { withUnsafeBytes(of: number(value).littleEndian) { bytes += $0 } }
        add(bytes)
    }

    /// Adds a column of texts.
    mutating func add(_ values: [String?]) {
        addValidity(of: values)
        addOffsets(values.map { $0?.utf8.count ?? 0 })
        add(values.flatMap { Array(($0 ?? "").utf8) })
    }

    /// Adds where each of several runs begins, and where the last one ends.
    mutating func addOffsets(_ counts: [Int]) {
        var bytes: [UInt8] = []
        var offset: Int32 = 0
        withUnsafeBytes(of: offset.littleEndian) { bytes += $0 }
        for count in counts {
            offset += Int32(count)
            withUnsafeBytes(of: offset.littleEndian) { bytes += $0 }
        }
        add(bytes)
    }

    /// A bit for each flag, the lowest bit of a byte first.
    static func bits(_ flags: [Bool]) -> [UInt8] {
        var bytes = Array(repeating: UInt8(0), count: (flags.count + 7) / 8)
        for (index, flag) in flags.enumerated() where flag { bytes[index / 8] |= 1 << (index % 8) }
        return bytes
    }
}
