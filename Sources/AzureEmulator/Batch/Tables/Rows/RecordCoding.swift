import Foundation

/// What can be written as a part of a row and read back.
///
/// A value is its parts one after the other, without names, so that a million of them are read in seconds. A part that
/// comes later stands at the end of its value, and is read only from rows of a format that has it
/// (``RecordReader/format``).
protocol RecordCodable {
    func write(to row: inout RecordWriter)
    /// - Throws: A ``RecordDamage`` when the bytes are none of such a value.
    init(from row: inout RecordReader) throws
}

/// Why the bytes of a row cannot be read.
struct RecordDamage: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    let reason: String
    /// Where, in bytes from the start of the row.
    let offset: Int

    var description: String { "\(reason) at byte \(offset)" }
}

/// Writes a row.
struct RecordWriter {
    /// The format of rows that are written. It is the first byte of each.
    static let format: UInt8 = 1

    private(set) var bytes: [UInt8] = [format]

    /// The bytes of a value.
    static func data(_ value: some RecordCodable) -> Data {
        var writer = RecordWriter()
        value.write(to: &writer)
        return Data(writer.bytes)
    }

    /// Writes values, one after the other.
    mutating func write<each Value: RecordCodable>(_ values: repeat each Value) {
        repeat (each values).write(to: &self)
    }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    /// Appends a number, in as few bytes as it needs.
    mutating func append(number: UInt64) {
        VariableLengthNumber.append(number, to: &bytes)
    }

    /// Appends bytes, with their number in front.
    mutating func append(counted more: some Collection<UInt8>) {
        append(number: UInt64(more.count))
        bytes += more
    }
}

/// Reads a row.
struct RecordReader {
    /// The format of the row.
    let format: UInt8
    private let bytes: [UInt8]
    private var position = 1

    /// The value that bytes are.
    ///
    /// - Throws: A ``RecordDamage`` when they are none.
    static func value<Value: RecordCodable>(_ data: Data) throws -> Value {
        var reader = try RecordReader([UInt8](data))
        let value: Value = try reader.read()
        guard reader.left == 0 else { throw reader.damage("Something follows") }
        return value
    }

    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        format = bytes.first ?? 0
        guard (1...RecordWriter.format).contains(format) else {
            throw RecordDamage(reason: "An unknown format", offset: 0)
        }
    }

    /// How many bytes are left.
    var left: Int { bytes.count - position }

    func damage(_ reason: String) -> RecordDamage { RecordDamage(reason: reason, offset: position) }

    /// The next value.
    mutating func read<Value: RecordCodable>(_ type: Value.Type = Value.self) throws -> Value {
        try Value(from: &self)
    }

    /// The next number that counts something, or is small for another reason.
    mutating func readCount() throws -> Int {
        let count: Int = try read()
        guard (0...Int(Int32.max)).contains(count) else { throw damage("A number out of range") }
        return count
    }

    mutating func byte() throws -> UInt8 {
        guard left > 0 else { throw damage("The end") }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func number() throws -> UInt64 {
        guard let number = try VariableLengthNumber.read({ try byte() }) else { throw damage("A number too large") }
        return number
    }

    /// The next bytes that have their number in front.
    mutating func counted() throws -> ArraySlice<UInt8> {
        let count = try number()
        guard count <= UInt64(left) else { throw damage("The end") }
        defer { position += Int(count) }
        return bytes[position..<position + Int(count)]
    }

    /// How many elements follow, each of which has a byte at least.
    mutating func elementCount() throws -> Int {
        let count = try number()
        guard count <= UInt64(left) else { throw damage("The end") }
        return Int(count)
    }
}
