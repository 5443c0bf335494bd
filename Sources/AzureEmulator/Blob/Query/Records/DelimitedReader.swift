/// Takes records of delimited text out of bytes that come piece by piece.
struct DelimitedReader: Sendable {
    /// The most bytes of a record.
    static let maxRecord = 4 * 1024 * 1024

    struct Record: Sendable, Hashable {
        /// Nil when the bytes are not UTF-8.
        let fields: [String]?
        /// Where it begins and ends in the blob, in bytes.
        let range: Range<Int64>
    }

    private var format: QueryFormat.Delimited
    private var buffer: [UInt8] = []
    /// Where the next record begins in the buffer.
    private var start = 0
    /// Where the buffer begins in the blob.
    private var offset: Int64 = 0
    private var isComplete = false
    /// For each byte, whether something can begin with it that is not part of a value.
    private var isSpecial = Array(repeating: false, count: 256)

    init(_ format: QueryFormat.Delimited) {
        self.format = format
        // Two quotes stand for one in any case.
        if format.escape == format.quote { self.format.escape = [] }
        for text in [format.columnSeparator, format.recordSeparator, format.quote, format.escape] {
            if let first = text.first { isSpecial[Int(first)] = true }
        }
    }

    /// Where the next record begins in the blob.
    var position: Int64 { offset + Int64(start) }

    mutating func append(_ bytes: some Sequence<UInt8>) {
        buffer.removeFirst(start)
        offset += Int64(start)
        start = 0
        buffer += bytes
    }

    /// Says that no more bytes come, so that what is left is the last record.
    mutating func finish() {
        isComplete = true
    }

    /// The next record; nil when it is not there in full, or all are read.
    ///
    /// - Throws: A ``QueryError`` when it is too long.
    mutating func next() throws -> Record? {
        guard start < buffer.count else { return nil }
        var scanner = Scanner(
            format: format, isSpecial: isSpecial, buffer: buffer, position: start, isComplete: isComplete)
        guard scanner.scan() else {
            guard !isComplete, buffer.count - start <= Self.maxRecord else {
                throw QueryError.parseError(
                    isComplete ? "A quote has no end." : "A record has more than \(Self.maxRecord) bytes.")
            }
            return nil
        }
        let range = position..<(offset + Int64(scanner.position))
        start = scanner.position
        let fields = scanner.fields.compactMap { String(validating: $0, as: UTF8.self) }
        return Record(fields: fields.count == scanner.fields.count ? fields : nil, range: range)
    }

    private struct Scanner {
        let format: QueryFormat.Delimited
        let isSpecial: [Bool]
        let buffer: [UInt8]
        var position: Int
        let isComplete: Bool
        var fields: [[UInt8]] = []

        private func isAt(_ text: [UInt8]) -> Bool {
            !text.isEmpty && buffer[position...].starts(with: text)
        }

        /// Whether the bytes end within what could be a separator or a pair of quotes.
        private var mayContinue: Bool {
            let longest = max(format.recordSeparator.count, format.columnSeparator.count, format.quote.count * 2)
            return !isComplete && buffer.count - position < longest + format.escape.count
        }

        /// Reads the fields of a record; false when the bytes end before it does.
        mutating func scan() -> Bool {
            while true {
                guard let field = isAt(format.quote) ? quoted() : plain([]) else { return false }
                fields.append(field)
                if position == buffer.count { return isComplete }
                if isAt(format.recordSeparator) {
                    dropCarriageReturn()
                    position += format.recordSeparator.count
                    return true
                }
                position += format.columnSeparator.count
                if position == buffer.count, isComplete {
                    fields.append([])
                    return true
                }
            }
        }

        /// Takes a carriage return in front of a line feed for a part of the separator.
        private mutating func dropCarriageReturn() {
            let carriageReturn = UInt8(ascii: "\r")
            guard format.recordSeparator == [UInt8(ascii: "\n")], position > 0, buffer[position - 1] == carriageReturn,
                fields.last?.last == carriageReturn
            else { return }
            fields[fields.count - 1].removeLast()
        }

        /// Reads up to the next separator.
        private mutating func plain(_ beginning: [UInt8]) -> [UInt8]? {
            var field = beginning
            while takeOrdinary(into: &field) {
                if mayContinue { return nil }
                if isAt(format.recordSeparator) || isAt(format.columnSeparator) { return field }
                takeByte(into: &field)
            }
            return isComplete ? field : nil
        }

        /// Reads a field in quotes, and what stands behind them.
        private mutating func quoted() -> [UInt8]? {
            position += format.quote.count
            var field: [UInt8] = []
            while takeOrdinary(into: &field) {
                if mayContinue { return nil }
                if !isAt(format.quote) {
                    takeByte(into: &field)
                } else if isAt(format.quote + format.quote) {
                    field += format.quote
                    position += 2 * format.quote.count
                } else {
                    position += format.quote.count
                    return plain(field)
                }
            }
            return nil
        }

        /// Takes the bytes that can have no meaning of their own; false when the bytes end.
        private mutating func takeOrdinary(into field: inout [UInt8]) -> Bool {
            let end = buffer[position...].firstIndex { isSpecial[Int($0)] } ?? buffer.count
            field += buffer[position..<end]
            position = end
            return position < buffer.count
        }

        /// Takes a byte, or what stands behind the escape as it is.
        private mutating func takeByte(into field: inout [UInt8]) {
            var count = 1
            if isAt(format.escape), position + format.escape.count < buffer.count {
                position += format.escape.count
                let whole = [format.columnSeparator, format.recordSeparator, format.quote].first(where: isAt)
                count = whole?.count ?? 1
            }
            field += buffer[position..<position + count]
            position += count
        }
    }
}
