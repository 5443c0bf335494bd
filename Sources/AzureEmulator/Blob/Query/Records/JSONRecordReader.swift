/// Takes values of JSON out of bytes that come piece by piece. What stands between them separates them.
struct JSONRecordReader: Sendable {
    struct Record: Sendable {
        let value: JSONSlice
        /// Where it begins in the blob, in bytes.
        let offset: Int64
    }

    private let separator: [UInt8]
    private var buffer: [UInt8] = []
    /// Where what was not taken begins in the buffer.
    private var start = 0
    /// Where the buffer begins in the blob.
    private var offset: Int64 = 0
    private var isComplete = false

    // What is known of the value that begins at the start.
    private var scanned = 0
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    init(recordSeparator: [UInt8]) {
        separator = recordSeparator
    }

    /// Where the next value begins in the blob.
    var position: Int64 { offset + Int64(start) }

    mutating func append(_ bytes: some Sequence<UInt8>) {
        buffer.removeFirst(start)
        offset += Int64(start)
        scanned -= start
        start = 0
        buffer += bytes
    }

    /// Says that no more bytes come.
    mutating func finish() {
        isComplete = true
    }

    /// The next value; nil when it is not there in full, or all are read.
    ///
    /// - Throws: A ``QueryError`` for what is not JSON, or too long.
    mutating func next() throws -> Record? {
        if scanned == start { skipSeparators() }
        guard start < buffer.count else { return nil }
        guard [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(buffer[start]) else {
            throw QueryError.parseError(
                "The byte \(position) is '\(Character(Unicode.Scalar(buffer[start])))', where an object begins.")
        }
        guard scan() else {
            guard !isComplete, buffer.count - start <= DelimitedReader.maxRecord else {
                throw QueryError.parseError(
                    isComplete ? "A value has no end." : "A value has more than \(DelimitedReader.maxRecord) bytes.")
            }
            return nil
        }
        do {
            let record = Record(value: try JSONSlice(buffer[start..<scanned]), offset: position)
            start = scanned
            return record
        } catch let error as JSONSyntaxError {
            throw QueryError.parseError("The value is no JSON: \(error).")
        }
    }

    /// Goes on to where a value ends; false when the bytes end before it does.
    private mutating func scan() -> Bool {
        while scanned < buffer.count {
            let byte = buffer[scanned]
            scanned += 1
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                depth += 1
            } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                depth -= 1
                if depth == 0 { return true }
            }
        }
        return false
    }

    private mutating func skipSeparators() {
        while start < buffer.count {
            if buffer[start...].starts(with: separator) {
                start += separator.count
            } else if [0x20, 0x09, 0x0A, 0x0D].contains(buffer[start]) || isByteOrderMark {
                start += 1
            } else {
                break
            }
        }
        scanned = start
    }

    private var isByteOrderMark: Bool {
        offset + Int64(start) < 3 && [0xEF, 0xBB, 0xBF].contains(buffer[start])
    }
}
