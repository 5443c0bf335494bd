import AzureCore

import struct Foundation.Data

/// One thing that the answer to a query says.
enum BlobQueryEvent: Hashable, Sendable {
    /// More of the rows.
    case data(Data)
    case progress(BlobQueryProgress)
    case error(BlobQueryError)
    /// All was said; the number of bytes of the blob.
    case end(totalBytes: Int64)
}

/// Makes events of the bytes of an answer to a query.
struct BlobQueryDecoder {
    private var reader = AvroContainerReader()
    private var hasEnded = false

    /// Takes more bytes.
    ///
    /// - Returns: What they say.
    mutating func append(_ chunk: Data) throws -> [BlobQueryEvent] {
        var events: [BlobQueryEvent] = []
        for value in try reader.append(chunk) {
            guard !hasEnded else { throw AzureError.invalidAvro("it goes on behind its end") }
            guard let event = try Self.event(value) else { continue }
            if case .end = event { hasEnded = true }
            events.append(event)
        }
        return events
    }

    /// Says that no more bytes come.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/truncatedBody`` when more had to come. An answer that breaks
    ///   off between two blocks is still a whole container, so the record of the end is what counts.
    func finish() throws {
        try reader.finish()
        guard hasEnded else {
            throw AzureError(
                service: .blob, code: .truncatedBody,
                message: "The answer to the query ended before its last record, so that rows are missing.")
        }
    }

    /// - Returns: Nil for a kind of record that this version does not know.
    private static func event(_ value: AvroValue) throws -> BlobQueryEvent? {
        guard case .record(let type, let fields) = value else {
            throw AzureError.invalidAvro("it has a value that is no record")
        }
        let record = Record(name: type.split(separator: ".").last.map(String.init) ?? "", fields: fields)
        switch record.name {
        case "resultData": return .data(try record.bytes("data"))
        case "progress":
            return .progress(
                BlobQueryProgress(
                    bytesScanned: try record.integer("bytesScanned"), totalBytes: try record.integer("totalBytes")))
        case "error":
            return .error(
                BlobQueryError(
                    name: try record.text("name"), description: try record.text("description"),
                    isFatal: try record.flag("fatal"), position: try record.integer("position")))
        case "end": return .end(totalBytes: try record.integer("totalBytes"))
        default: return nil
        }
    }

    private struct Record {
        var name: String
        var fields: [String: AvroValue]

        func bytes(_ field: String) throws -> Data {
            if case .bytes(let value)? = fields[field] { return value }
            throw missing(field)
        }

        func text(_ field: String) throws -> String {
            if case .string(let value)? = fields[field] { return value }
            throw missing(field)
        }

        func integer(_ field: String) throws -> Int64 {
            if case .integer(let value)? = fields[field] { return value }
            throw missing(field)
        }

        func flag(_ field: String) throws -> Bool {
            if case .boolean(let value)? = fields[field] { return value }
            throw missing(field)
        }

        private func missing(_ field: String) -> AzureError {
            .invalidAvro("a record '\(name)' has no '\(field)' of the right type")
        }
    }
}
