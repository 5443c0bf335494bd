import struct Foundation.Data
import struct Foundation.Date

/// Runs a query over a blob whose bytes come piece by piece, and writes its answer.
struct QueryExecution: Sendable {
    /// The most bytes of rows before they become part of the answer.
    private static let rowsSize = 1024 * 1024
    /// How many rows are looked at in a step.
    private static let stepSize = 256

    private let statement: SQLStatement
    private let evaluator: SQLEvaluator
    private let total: Int64
    // One of these reads the blob.
    private var delimited: DelimitedReader?
    private var json: JSONRecordReader?
    /// Whether the first record has the names of the columns.
    private var hasHeaders = false
    private var writer: RowWriter
    private var answer: AvroWriter
    /// Rows that are not yet part of the answer.
    private var rows: [UInt8] = []
    private var header: QueryHeader?
    private var aggregate: SQLAggregate?
    private var rowCount: Int64 = 0
    /// Where the part of a split blob begins that is not finished.
    private var splitStart: Int64 = 0
    private var scanned: Int64 = 0
    /// Values of a record of JSON that are rows to come, the next one last, and where that record begins.
    private var waiting: [JSONSlice] = []
    private var waitingOffset: Int64 = 0
    /// Whether all bytes of the blob are there.
    private var isComplete = false
    /// Whether there is nothing to do before more bytes come.
    private(set) var needsBytes = true
    /// Whether the answer is complete, so that the rest of the blob does not matter.
    private(set) var isOver = false

    /// - Parameters:
    ///   - statement: What to select.
    ///   - total: The length of the blob.
    ///   - marker: What stands between the blocks of the answer, 16 bytes.
    init(_ statement: SQLStatement, _ request: QueryRequest, total: Int64, now: Date, marker: [UInt8]) {
        self.statement = statement
        self.total = total
        evaluator = SQLEvaluator(now: now)
        writer = RowWriter(request.output)
        answer = AvroWriter(marker: marker)
        // There are clients that cannot take an error as the first record.
        answer.writeProgress(scanned: 0, total: total)
        switch request.input {
        case .delimited(let format):
            delimited = DelimitedReader(format)
            hasHeaders = format.hasHeaders
        case .json(let separator): json = JSONRecordReader(recordSeparator: separator)
        case .arrow: break
        }
        if case .aggregate(let aggregate, _) = statement.selection { self.aggregate = aggregate }
    }

    /// Takes bytes of the blob.
    mutating func append(_ chunk: Data) {
        scanned += Int64(chunk.count)
        delimited?.append(chunk)
        json?.append(chunk)
        needsBytes = false
    }

    /// Says that there are no more bytes.
    mutating func finish() {
        delimited?.finish()
        json?.finish()
        isComplete = true
        needsBytes = false
    }

    /// Does a part of the work, small enough for others not to wait.
    ///
    /// - Returns: More of the answer, if there is any.
    mutating func step() -> Data {
        do {
            if statement.limit == 0 { complete() }
            for _ in 0..<Self.stepSize where !isOver && !needsBytes {
                if try readRow() { continue }
                if isComplete { complete() } else { needsBytes = true }
            }
        } catch {
            // What cannot be read makes all that follows unsure. The rows before it come, also when there are none.
            writer.flush(to: &rows)
            answer.writeRows(rows)
            rows = []
            let failure = error as? QueryError ?? .parseError("\(error)")
            answer.writeError(failure, isFatal: true, position: delimited?.position ?? json?.position ?? 0)
            isOver = true
        }
        if needsBytes {
            answer.writeProgress(scanned: scanned, total: total)
        }
        return answer.take()
    }

    // MARK: Rows

    /// Does with a row what the query asks for.
    ///
    /// - Returns: False when there is none in full.
    private mutating func readRow() throws -> Bool {
        if let slice = waiting.popLast() {
            take(.json(slice), at: waitingOffset)
            return true
        }
        if let record = try delimited?.next() {
            try take(record)
            return true
        }
        guard let record = try json?.next() else { return false }
        let values = record.value.isArray ? record.value.elements : [record.value]
        waiting = values.flatMap { $0.values(at: statement.path) }.reversed()
        waitingOffset = record.offset
        return true
    }

    private mutating func take(_ record: DelimitedReader.Record) throws {
        if case .split(let size) = statement.selection {
            if record.range.upperBound - splitStart >= size { try writeSplit(upTo: record.range.upperBound) }
            return
        }
        guard let fields = record.fields else {
            report(.parseError("The record is not UTF-8."), at: record.range.lowerBound)
            return
        }
        if let header {
            take(.fields(fields, header: header), at: record.range.lowerBound)
        } else if hasHeaders {
            let header = QueryHeader(names: fields)
            for path in statement.columns { _ = try header.index(of: path) }
            self.header = header
        } else {
            header = QueryHeader(names: nil)
            try take(record)
        }
    }

    private mutating func take(_ row: QueryRow, at position: Int64) {
        do {
            if let condition = statement.condition, try evaluator.truth(of: condition, in: row) != true { return }
            switch statement.selection {
            case .all: try writer.write(row, to: &rows)
            case .columns(let columns):
                try writer.write(
                    columns.map { ($0.name, try evaluator.value(of: $0.expression, in: row)) }, to: &rows)
            case .aggregate:
                try aggregate?.add(row, evaluator)
                return
            case .split: return
            }
        } catch {
            report(error as? QueryError ?? .parseError("\(error)"), at: position)
            return
        }
        if rows.count + writer.pendingSize >= Self.rowsSize { flush() }
        rowCount += 1
        if rowCount == statement.limit { complete() }
    }

    // MARK: The answer

    private mutating func flush() {
        writer.flush(to: &rows)
        guard !rows.isEmpty else { return }
        answer.writeRows(rows)
        rows = []
    }

    /// Says that a row is left out, and why. Rows before it may come later, so that they stay together.
    private mutating func report(_ error: QueryError, at position: Int64) {
        answer.writeError(error, isFatal: false, position: position)
    }

    private mutating func writeSplit(upTo end: Int64) throws {
        try writer.write([("_1", .integer(end - splitStart))], to: &rows)
        splitStart = end
    }

    /// Writes what is known at the end only.
    private mutating func complete() {
        isOver = true
        do {
            if case .split = statement.selection, splitStart < total { try writeSplit(upTo: total) }
            if case .aggregate(_, let name) = statement.selection, let aggregate, statement.limit != 0 {
                try writer.write([(name, aggregate.value)], to: &rows)
            }
        } catch {
            report(error as? QueryError ?? .overflow, at: total)
        }
        flush()
        answer.writeProgress(scanned: scanned, total: total)
        answer.writeEnd(total: total)
    }
}

extension SQLStatement {
    /// The columns that it reads.
    var columns: [[SQLPathStep]] {
        let selected: [[SQLPathStep]] =
            switch selection {
            case .all, .split: []
            case .columns(let columns): columns.flatMap(\.expression.columns)
            case .aggregate(let aggregate, _): aggregate.operand?.columns ?? []
            }
        return selected + (condition?.columns ?? [])
    }

    /// Checks what the format of the blob makes of it before the blob is read.
    func check(_ input: QueryFormat) throws {
        guard case .delimited(let format) = input else {
            if case .split = selection {
                throw BlobServiceError.invalidQueryExpression("Only delimited text can be split.")
            }
            return
        }
        guard path.isEmpty else {
            throw BlobServiceError.invalidQueryExpression("Delimited text has no paths in it.")
        }
        for column in columns {
            guard column.count == 1, case .member(let name, _) = column[0] else {
                throw BlobServiceError.invalidQueryExpression("Delimited text has no paths in it.")
            }
            guard format.hasHeaders || QueryHeader.ordinal(name) != nil else {
                throw BlobServiceError.invalidQueryExpression(
                    "There is no column '\(name)', because the blob has no names of columns.")
            }
        }
    }
}
