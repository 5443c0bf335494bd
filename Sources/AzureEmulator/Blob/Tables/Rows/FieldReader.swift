import AzureCore

import struct Foundation.Data
import struct Foundation.Date
import struct Foundation.UUID

/// Reads what a ``FieldWriter`` has written.
struct FieldReader {
    private var fields: [(number: UInt8, bytes: Data)] = []

    /// - Throws: An `AzureError` when these are not the bytes of a row.
    init(_ data: Data) throws {
        var index = data.startIndex
        while index < data.endIndex {
            let number = data[index]
            index += 1
            guard let length = Int(exactly: try RunRow.number(data, &index)), length <= data.endIndex - index else {
                throw Self.damaged
            }
            fields.append((number, data[index..<index + length]))
            index += length
        }
    }

    /// What is thrown for bytes that nobody wrote as a row.
    static var damaged: AzureError {
        AzureError(code: .fileError, message: "A row of the emulator's tables is damaged.")
    }

    func bytes(_ field: UInt8) -> Data? {
        fields.first { $0.number == field }?.bytes
    }

    func text(_ field: UInt8) throws -> String? {
        try bytes(field).map(Self.text)
    }

    private static func text(_ bytes: Data) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw damaged }
        return text
    }

    /// A text that is always written.
    func wholeText(_ field: UInt8) throws -> String {
        guard let text = try text(field) else { throw Self.damaged }
        return text
    }

    func number(_ field: UInt8) throws -> Int64? {
        try bytes(field).map { bytes in
            guard bytes.count == 8 else { throw Self.damaged }
            return Int64(bitPattern: bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        }
    }

    func date(_ field: UInt8) throws -> Date? {
        try number(field).map { number in
            let seconds = Double(bitPattern: UInt64(bitPattern: number))
            guard abs(seconds) < 1e12 else { throw Self.damaged }
            return Date(timeIntervalSinceReferenceDate: seconds)
        }
    }

    /// A date that is always written.
    func wholeDate(_ field: UInt8) throws -> Date {
        guard let date = try date(field) else { throw Self.damaged }
        return date
    }

    func duration(_ field: UInt8) throws -> Duration? {
        try number(field).map { .nanoseconds($0) }
    }

    func isTrue(_ field: UInt8) -> Bool { bytes(field) != nil }

    func id(_ field: UInt8) throws -> UUID? {
        try bytes(field).map { bytes in
            guard bytes.count == 16 else { throw Self.damaged }
            return [UInt8](bytes).withUnsafeBytes { bytes in
                UUID(
                    uuid: (
                        bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                        bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
                    ))
            }
        }
    }

    /// The fields within a field.
    func row(_ field: UInt8) throws -> FieldReader? {
        try bytes(field).map { try FieldReader($0) }
    }

    /// The fields within each of several fields of one number, in order.
    func rows(_ field: UInt8) throws -> [FieldReader] {
        try fields.filter { $0.number == field }.map { try FieldReader($0.bytes) }
    }
}
