import struct Foundation.Data

/// Writes rows in the format of an answer.
struct RowWriter: Sendable {
    private let format: QueryFormat
    private var needsHeader = false
    /// The rows of an answer in Arrow.
    private var arrow: ArrowRows?
    /// What cannot stand in a value as it is, and the bytes that it can begin with.
    private var special: [[UInt8]] = []
    private var isSpecial = Array(repeating: false, count: 256)

    init(_ format: QueryFormat) {
        self.format = format
        if case .arrow(let fields) = format { arrow = ArrowRows(fields) }
        guard case .delimited(let format) = format else { return }
        needsHeader = format.hasHeaders
        special = [format.columnSeparator, format.recordSeparator, format.quote, format.escape].filter { !$0.isEmpty }
        for text in special { isSpecial[Int(text[0])] = true }
    }

    /// How many bytes were written that ``flush(to:)`` still has to write.
    var pendingSize: Int { arrow?.pendingSize ?? 0 }

    /// Writes what is kept back so far.
    mutating func flush(to bytes: inout [UInt8]) {
        arrow?.flush(to: &bytes)
    }

    /// Writes a row.
    mutating func write(_ columns: [(name: String, value: SQLValue)], to bytes: inout [UInt8]) throws {
        switch format {
        case .arrow: try arrow?.write(columns.map(\.value))
        case .json(let separator):
            Self.append(columns, to: &bytes)
            bytes += separator
        case .delimited(let format):
            if needsHeader {
                needsHeader = false
                append(columns.map(\.name), format, to: &bytes)
            }
            append(columns.map(\.value.text), format, to: &bytes)
        }
    }

    /// Writes a row as it is in the blob, with all its columns.
    mutating func write(_ row: QueryRow, to bytes: inout [UInt8]) throws {
        if case .json(let separator) = format, case .json(let slice) = row {
            bytes += slice.bytes + separator
        } else {
            try write(row.columns, to: &bytes)
        }
    }

    private func append(_ fields: [String], _ format: QueryFormat.Delimited, to bytes: inout [UInt8]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes += format.columnSeparator }
            append(Array(field.utf8), format, to: &bytes)
        }
        bytes += format.recordSeparator
    }

    private func append(_ field: [UInt8], _ format: QueryFormat.Delimited, to bytes: inout [UInt8]) {
        guard needsQuotes(field) else {
            bytes += field
            return
        }
        let quote = format.quote
        // Inside quotes a quote stands twice, unless there is an escape.
        let escape = format.escape.isEmpty ? quote : format.escape
        let escaped = quote.isEmpty ? special : [quote, format.escape]
        bytes += quote
        var position = 0
        while position < field.count {
            if let text = escaped.first(where: { !$0.isEmpty && field[position...].starts(with: $0) }) {
                bytes += escape + text
                position += text.count
            } else {
                bytes.append(field[position])
                position += 1
            }
        }
        bytes += quote
    }

    private func needsQuotes(_ field: [UInt8]) -> Bool {
        field.indices.contains { position in
            isSpecial[Int(field[position])] && special.contains { field[position...].starts(with: $0) }
        }
    }

    /// Writes an object; what a record does not have is left out.
    private static func append(_ columns: [(name: String, value: SQLValue)], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for column in columns where column.value != .missing {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            bytes += JSONValue.string(column.name).data
            bytes.append(UInt8(ascii: ":"))
            switch column.value {
            case .null, .missing: bytes += "null".utf8
            case .string, .timestamp: bytes += JSONValue.string(column.value.text).data
            case .bool, .integer, .number: bytes += column.value.text.utf8
            case .json(let slice): bytes += slice.bytes
            }
        }
        bytes.append(UInt8(ascii: "}"))
    }
}
