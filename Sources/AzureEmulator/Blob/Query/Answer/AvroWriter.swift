import struct Foundation.Data

/// Writes the answer to a query: a container of Avro with rows, errors, progress and an end.
struct AvroWriter: Sendable {
    /// The most bytes of a block before it is closed.
    private static let blockSize = 1024 * 1024
    private static let namespace = "com.microsoft.azure.storage.queryBlobContents"

    /// What stands behind each block.
    private let marker: [UInt8]
    private var output: [UInt8] = []
    private var block: [UInt8] = []
    private var count = 0

    /// - Parameter marker: 16 bytes that tell this container from others.
    init(marker: [UInt8]) {
        self.marker = marker
        output = Array("Obj".utf8) + [1]
        // The metadata is a map, of one block of entries and an empty one.
        Self.append(2, to: &output)
        for (name, value) in [("avro.codec", "null"), ("avro.schema", Self.schema)] {
            Self.append(Array(name.utf8), to: &output)
            Self.append(Array(value.utf8), to: &output)
        }
        Self.append(0, to: &output)
        output += marker
    }

    /// The types of records, in the order of their numbers.
    private static let schema: String = {
        func record(_ name: String, _ fields: [(String, String)]) -> String {
            let list = fields.map { "{\"name\":\"\($0.0)\",\"type\":\"\($0.1)\"}" }.joined(separator: ",")
            return "{\"type\":\"record\",\"name\":\"\(namespace).\(name)\",\"fields\":[\(list)]}"
        }
        let records = [
            record("resultData", [("data", "bytes")]),
            record(
                "error", [("fatal", "boolean"), ("name", "string"), ("description", "string"), ("position", "long")]),
            record("progress", [("bytesScanned", "long"), ("totalBytes", "long")]),
            record("end", [("totalBytes", "long")]),
        ]
        return "[" + records.joined(separator: ",") + "]"
    }()

    mutating func writeRows(_ bytes: [UInt8]) {
        begin(0)
        Self.append(bytes, to: &block)
        end()
    }

    mutating func writeError(_ error: QueryError, isFatal: Bool, position: Int64) {
        begin(1)
        block.append(isFatal ? 1 : 0)
        Self.append(Array(error.name.utf8), to: &block)
        Self.append(Array(error.description.utf8), to: &block)
        Self.append(position, to: &block)
        end()
    }

    mutating func writeProgress(scanned: Int64, total: Int64) {
        begin(2)
        Self.append(scanned, to: &block)
        Self.append(total, to: &block)
        end()
    }

    mutating func writeEnd(total: Int64) {
        begin(3)
        Self.append(total, to: &block)
        end()
    }

    /// Takes what was written since the last time.
    mutating func take() -> Data {
        closeBlock()
        defer { output = [] }
        return Data(output)
    }

    private mutating func begin(_ type: Int64) {
        Self.append(type, to: &block)
    }

    private mutating func end() {
        count += 1
        if block.count >= Self.blockSize { closeBlock() }
    }

    private mutating func closeBlock() {
        guard count > 0 else { return }
        Self.append(Int64(count), to: &output)
        Self.append(Int64(block.count), to: &output)
        output += block + marker
        block = []
        count = 0
    }

    /// Writes a number, with its sign moved to the lowest bit.
    private static func append(_ number: Int64, to bytes: inout [UInt8]) {
        VariableLengthNumber.append(UInt64(bitPattern: (number << 1) ^ (number >> 63)), to: &bytes)
    }

    /// Writes bytes with their number before them.
    private static func append(_ content: [UInt8], to bytes: inout [UInt8]) {
        append(Int64(content.count), to: &bytes)
        bytes += content
    }
}
