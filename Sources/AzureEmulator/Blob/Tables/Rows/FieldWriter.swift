import struct Foundation.Data
import struct Foundation.Date
import struct Foundation.UUID

/// Writes a row: fields with a number and a length each, so that a reader passes over those that it does not know, and
/// one that is missing has its default.
struct FieldWriter {
    private(set) var data = Data()

    mutating func put(_ field: UInt8, _ bytes: some Collection<UInt8>) {
        data.append(field)
        VariableLengthNumber.append(UInt64(bytes.count), to: &data)
        data.append(contentsOf: bytes)
    }

    mutating func put(_ field: UInt8, _ text: String?) {
        if let text { put(field, text.utf8) }
    }

    mutating func put(_ field: UInt8, _ bytes: Data?) {
        if let bytes { put(field, [UInt8](bytes)) }
    }

    mutating func put(_ field: UInt8, _ number: Int64?) {
        if let number { withUnsafeBytes(of: number.littleEndian) { put(field, $0) } }
    }

    /// Writes a date to its last bit.
    mutating func put(_ field: UInt8, _ date: Date?) {
        put(field, date.map { Int64(bitPattern: $0.timeIntervalSinceReferenceDate.bitPattern) })
    }

    /// Writes a time in nanoseconds, of which no clock of this process has more than fit.
    mutating func put(_ field: UInt8, _ duration: Duration?) {
        put(field, duration.map(\.wholeNanoseconds))
    }

    /// Writes that something is so; nothing stands for the contrary.
    mutating func put(_ field: UInt8, _ isTrue: Bool) {
        if isTrue { put(field, CollectionOfOne(1)) }
    }

    mutating func put(_ field: UInt8, _ id: UUID) {
        withUnsafeBytes(of: id.uuid) { put(field, $0) }
    }

    /// Writes fields within a field.
    mutating func put(_ field: UInt8, _ body: (inout FieldWriter) -> Void) {
        var inner = FieldWriter()
        body(&inner)
        put(field, [UInt8](inner.data))
    }
}

extension Duration {
    /// In nanoseconds, or the nearest number that there is.
    var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, isTooLarge) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isLarger) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return isTooLarge || isLarger ? (seconds < 0 ? .min : .max) : sum
    }
}
