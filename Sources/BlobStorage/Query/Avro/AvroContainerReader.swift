import AzureCore

import struct Foundation.Data

/// Reads an Avro object container piece by piece, as its bytes arrive: magic, metadata, a mark, and then blocks, each
/// with the mark behind it.
///
/// It holds one block at most. Sizes are checked before memory is taken for them.
struct AvroContainerReader {
    /// The most bytes of the metadata, among them the schema.
    static let maxMetadataSize = 256 * 1024
    /// The most bytes of a block. The service sends blocks of a few MiB.
    static let maxBlockSize = 32 * 1024 * 1024

    private static let magic = Data([0x4F, 0x62, 0x6A, 0x01])
    private static let markSize = 16

    /// What comes next.
    private enum Step {
        case magic
        case entryCount
        /// The size of the entries, which only a negative count has.
        case entriesSize(count: Int64)
        case keyLength(entries: Int64)
        case key(entries: Int64, length: Int)
        case valueLength(entries: Int64, key: Data)
        case value(entries: Int64, key: Data, length: Int)
        case mark
        case valueCount
        case blockSize(count: Int64)
        case block(count: Int64, size: Int)
        case blockMark(count: Int64, block: Data)
    }

    private var step = Step.magic
    private var cursor = AvroCursor(Data())
    private var metadata: [Data: Data] = [:]
    private var metadataSize = 0
    private var schema: AvroSchema?
    private var mark = Data()
    /// How many values may still come out of this chunk.
    private var budget = 0

    /// Takes more bytes.
    ///
    /// - Returns: The values that became whole with them.
    mutating func append(_ chunk: Data) throws -> [AvroValue] {
        cursor.append(chunk)
        var values: [AvroValue] = []
        // For all blocks that end in this chunk: small ones could each ask for as much as a large one.
        budget = AvroDecoder.maxValues + chunk.count
        while let next = try advance(&values) { step = next }
        return values
    }

    /// Says that no more bytes come.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/truncatedBody`` when more had to come.
    func finish() throws {
        if case .valueCount = step, cursor.isAtEnd { return }
        throw AzureError(
            service: .blob, code: .truncatedBody, message: "The answer ended in the middle of an Avro container.")
    }

    /// Does one step.
    ///
    /// - Returns: The step after it; nil when it needs more bytes.
    private mutating func advance(_ values: inout [AvroValue]) throws -> Step? {
        switch step {
        case .magic, .entryCount, .entriesSize, .keyLength, .key, .valueLength, .value: return try advanceMetadata()
        case .mark:
            guard let bytes = cursor.take(Self.markSize) else { return nil }
            // A copy, so that it does not keep the chunk that it came with.
            mark = Data(Array(bytes))
            return .valueCount
        case .valueCount:
            guard let count = try cursor.takeLong() else { return nil }
            guard count >= 0 else { throw AzureError.invalidAvro("a block has \(count) values") }
            return .blockSize(count: count)
        case .blockSize(let count):
            guard let size = try length(atMost: Self.maxBlockSize, of: "a block") else { return nil }
            // Each value of a union has at least the byte that says which it is, and only unions are of use here.
            guard count <= size else { throw AzureError.invalidAvro("a block of \(size) bytes has \(count) values") }
            return .block(count: count, size: size)
        case .block(let count, let size):
            return cursor.take(size).map { .blockMark(count: count, block: $0) }
        case .blockMark(let count, let block):
            guard let bytes = cursor.take(Self.markSize) else { return nil }
            guard bytes == mark, let schema else { throw AzureError.invalidAvro("a block does not end where it must") }
            var decoder = AvroDecoder(schema, block, budget: budget)
            values += try decoder.values(count: count)
            budget = decoder.budget
            return .valueCount
        }
    }

    private mutating func advanceMetadata() throws -> Step? {
        switch step {
        case .entryCount:
            guard let count = try cursor.takeLong() else { return nil }
            if count == 0 { return try endMetadata() }
            // Each entry has two bytes at least, so that a greater count cannot be true.
            guard count.magnitude <= Self.maxMetadataSize else { throw Self.tooMuchMetadata }
            return count < 0 ? .entriesSize(count: -count) : .keyLength(entries: count)
        case .entriesSize(let count):
            return try cursor.takeLong().map { _ in .keyLength(entries: count) }
        case .keyLength(let entries):
            return try metadataLength().map { .key(entries: entries, length: $0) }
        case .key(let entries, let length):
            return cursor.take(length).map { .valueLength(entries: entries, key: $0) }
        case .valueLength(let entries, let key):
            return try metadataLength().map { .value(entries: entries, key: key, length: $0) }
        case .value(let entries, let key, let length):
            guard let value = cursor.take(length) else { return nil }
            metadata[key] = value
            return entries > 1 ? .keyLength(entries: entries - 1) : .entryCount
        default:
            guard let bytes = cursor.take(Self.magic.count) else { return nil }
            guard bytes == Self.magic else { throw AzureError.invalidAvro("it does not begin as a container does") }
            return .entryCount
        }
    }

    private mutating func endMetadata() throws -> Step {
        let codec = metadata[Data("avro.codec".utf8)] ?? Data()
        guard codec.isEmpty || codec == Data("null".utf8) else {
            let name = String(decoding: codec.prefix(60), as: UTF8.self)
            throw AzureError.invalidAvro("its blocks are compressed with '\(name)', which is not known here")
        }
        guard let json = metadata[Data("avro.schema".utf8)] else { throw AzureError.invalidAvro("it has no schema") }
        schema = try AvroSchema(json)
        metadata = [:]
        return .mark
    }

    private mutating func metadataLength() throws -> Int? {
        guard let length = try length(atMost: Self.maxMetadataSize, of: "its metadata") else { return nil }
        metadataSize += length + 1
        guard metadataSize <= Self.maxMetadataSize else { throw Self.tooMuchMetadata }
        return length
    }

    private mutating func length(atMost limit: Int, of what: String) throws -> Int? {
        guard let length = try cursor.takeLong() else { return nil }
        guard length >= 0, length <= limit else {
            throw AzureError.invalidAvro("\(what) has \(length) bytes, and \(limit) are taken")
        }
        return Int(length)
    }

    private static let tooMuchMetadata = AzureError.invalidAvro("its metadata is too large")
}
