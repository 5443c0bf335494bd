import Foundation

extension Bool: RecordCodable {
    func write(to row: inout RecordWriter) { row.append(self ? 1 : 0) }

    init(from row: inout RecordReader) throws {
        switch try row.byte() {
        case 0: self = false
        case 1: self = true
        default: throw row.damage("Neither true nor false")
        }
    }
}

extension Int64: RecordCodable {
    /// Small numbers take few bytes, negative ones as well.
    func write(to row: inout RecordWriter) { row.append(number: UInt64(bitPattern: (self << 1) ^ (self >> 63))) }

    init(from row: inout RecordReader) throws {
        let number = try row.number()
        self = Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }
}

extension Int: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(Int64(self)) }

    init(from row: inout RecordReader) throws { self = Int(try row.read(Int64.self)) }
}

extension Int32: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(Int64(self)) }

    init(from row: inout RecordReader) throws {
        guard let number = Int32(exactly: try row.read(Int64.self)) else { throw row.damage("A number out of range") }
        self = number
    }
}

extension Date: RecordCodable {
    /// The seconds around 2001 within which a date is one: many thousand years.
    private static let seconds = -1e12...1e12

    /// To the last bit, since dates are compared.
    func write(to row: inout RecordWriter) {
        let bits = timeIntervalSinceReferenceDate.bitPattern
        for shift in stride(from: 56, through: 0, by: -8) {
            row.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
    }

    init(from row: inout RecordReader) throws {
        var bits: UInt64 = 0
        for _ in 0..<8 { bits = bits << 8 | UInt64(try row.byte()) }
        let interval = Double(bitPattern: bits)
        guard Self.seconds.contains(interval) else { throw row.damage("No date") }
        self.init(timeIntervalSinceReferenceDate: interval)
    }
}

extension Duration: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(components.seconds, components.attoseconds) }

    init(from row: inout RecordReader) throws {
        let (seconds, attoseconds): (Int64, Int64) = (try row.read(), try row.read())
        self.init(secondsComponent: seconds, attosecondsComponent: attoseconds)
    }
}

extension String: RecordCodable {
    func write(to row: inout RecordWriter) { row.append(counted: utf8) }

    init(from row: inout RecordReader) throws {
        guard let text = String(validating: try row.counted(), as: UTF8.self) else { throw row.damage("No text") }
        self = text
    }
}

extension Data: RecordCodable {
    func write(to row: inout RecordWriter) { row.append(counted: self) }

    init(from row: inout RecordReader) throws { self.init(try row.counted()) }
}

extension Optional: RecordCodable where Wrapped: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(self != nil)
        if let value = self { row.write(value) }
    }

    init(from row: inout RecordReader) throws { self = try row.read(Bool.self) ? try row.read(Wrapped.self) : nil }
}

extension Array: RecordCodable where Element: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.append(number: UInt64(count))
        for element in self { row.write(element) }
    }

    init(from row: inout RecordReader) throws {
        let count = try row.elementCount()
        self = []
        for _ in 0..<count { append(try row.read()) }
    }
}

extension Dictionary: RecordCodable where Key: RecordCodable & Comparable, Value: RecordCodable {
    /// The keys in order, so that the same dictionary always has the same bytes.
    func write(to row: inout RecordWriter) {
        row.append(number: UInt64(count))
        for (key, value) in sorted(by: { $0.key < $1.key }) { row.write(key, value) }
    }

    init(from row: inout RecordReader) throws {
        let count = try row.elementCount()
        self = [:]
        for _ in 0..<count { self[try row.read()] = try row.read(Value.self) }
    }
}

extension Set: RecordCodable where Element: RecordCodable & Comparable {
    func write(to row: inout RecordWriter) { row.write(sorted()) }

    init(from row: inout RecordReader) throws { self.init(try row.read([Element].self)) }
}

/// A value that has a name is its name.
extension RecordCodable where Self: RawRepresentable, RawValue == String {
    func write(to row: inout RecordWriter) { row.write(rawValue) }

    init(from row: inout RecordReader) throws {
        let name: String = try row.read()
        guard let value = Self(rawValue: name) else { throw row.damage("'\(name)' is unknown") }
        self = value
    }
}

extension JSONValue: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(data) }

    init(from row: inout RecordReader) throws {
        do { try self.init(parsing: row.read(Data.self)) } catch is JSONSyntaxError { throw row.damage("No JSON") }
    }
}

extension RecentList where Element: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(total, Array(elements)) }

    init(limit: Int, from row: inout RecordReader) throws {
        let (total, elements): (Int, [Element]) = (try row.readCount(), try row.read())
        guard elements.count <= min(limit, total) else { throw row.damage("A list too long") }
        self.init(limit: limit, elements, total: total)
    }
}
