import Foundation

/// Rows of an answer that become batches of a stream of Apache Arrow.
struct ArrowRows: Sendable {
    /// A value of a column.
    private enum Cell: Sendable {
        case null
        case int64(Int64)
        case bool(Bool)
        case double(Double)
        case string(String)
        case decimal(ArrowColumn.Decimal)
    }

    private let fields: [ArrowField]
    private let stream: ArrowStream
    private var rows: [[Cell]] = []
    private var hasSchema = false
    /// About how many bytes the rows have that are not part of the stream yet.
    private(set) var pendingSize = 0

    init(_ fields: [ArrowField]) {
        self.fields = fields
        stream = ArrowStream(fields)
    }

    /// Adds a row, whose columns are those of the schema in order. What a row does not have is null.
    ///
    /// - Throws: A ``QueryError`` for a value that is none of its column's type, and for a column that the schema has not.
    mutating func write(_ values: [SQLValue]) throws {
        guard values.count <= fields.count else {
            throw QueryError.invalidColumnOrdinal(values.count, count: fields.count)
        }
        var row: [Cell] = []
        for (index, field) in fields.enumerated() {
            row.append(values.indices.contains(index) ? try Self.cell(values[index], of: field.kind) : .null)
        }
        rows.append(row)
        pendingSize += 16 * fields.count
        for case .string(let text) in row { pendingSize += text.utf8.count }
    }

    /// Writes the rows. The stream begins with its schema and, as the service's does, with a batch without rows.
    mutating func flush(to bytes: inout [UInt8]) {
        if !hasSchema {
            hasSchema = true
            bytes += stream.schema() + batch()
        }
        guard !rows.isEmpty else { return }
        let full = rows
        rows = []
        pendingSize = 0
        bytes += batch(full)
    }

    private func batch(_ rows: [[Cell]] = []) -> [UInt8] {
        let columns = fields.enumerated().map { index, field in
            ArrowColumn(Self.column(rows.map { $0[index] }, of: field.kind))
        }
        return stream.batch(columns, count: rows.count)
    }

    private static func column(_ cells: [Cell], of kind: ArrowField.Kind) -> ArrowColumn.Values {
        switch kind {
        case .int64, .timestamp: .int64(cells.map { if case .int64(let value) = $0 { value } else { nil } })
        case .bool: .bool(cells.map { if case .bool(let value) = $0 { value } else { nil } })
        case .double: .double(cells.map { if case .double(let value) = $0 { value } else { nil } })
        case .decimal: .decimal(cells.map { if case .decimal(let value) = $0 { value } else { nil } })
        case .string, .map, .structure:
            .string(cells.map { if case .string(let value) = $0 { value } else { nil } })
        }
    }

    private static func cell(_ value: SQLValue, of kind: ArrowField.Kind) throws -> Cell {
        if value.isNull { return .null }
        switch (kind, try value.cast(to: type(of: kind))) {
        case (.int64, .integer(let number)): return .int64(number)
        case (.double, .number(let number)): return .double(number)
        case (.bool, .bool(let flag)): return .bool(flag)
        case (.timestamp, .timestamp(let date)):
            return .int64(Int64((date.timeIntervalSince1970 * 1000).rounded(.down)))
        case (.decimal(let precision, _), .string(let text)): return .decimal(try decimal(text, Int(precision)))
        case (_, let other): return .string(other.text)
        }
    }

    /// The type of the language that a column's values have first.
    private static func type(of kind: ArrowField.Kind) -> SQLType {
        switch kind {
        case .int64: .integer
        case .bool: .bool
        case .double: .number
        case .timestamp: .timestamp
        case .string, .decimal, .map, .structure: .string
        }
    }

    /// The digits of a number as they stand there; the service does not move the point of whole numbers to where the
    /// scale has it.
    private static func decimal(_ text: String, _ precision: Int) throws -> ArrowColumn.Decimal {
        let digits = text.trimmingCharacters(in: .whitespaces).split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false
        ).joined()
        guard digits.utf8.count(where: { $0 != UInt8(ascii: "-") }) <= precision,
            let decimal = ArrowColumn.Decimal(digits: digits)
        else { throw QueryError.invalidTypeConversion(text, to: "DECIMAL") }
        return decimal
    }
}
