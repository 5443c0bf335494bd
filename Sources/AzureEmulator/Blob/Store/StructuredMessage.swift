import AzureCore
import AzureCrypto

import struct Foundation.Data

/// The framing of the Blob service that puts checksums between parts of a body: a header of 13 bytes, then segments of
/// a header of 10 bytes, content and its CRC-64, then the CRC-64 of everything.
enum StructuredMessage {
    /// What the header field `x-ms-structured-body` has to say.
    static let format = "XSM/1.0; properties=crc64"
    static let segment: Int64 = 4 << 20
    /// The most bytes of content: the number of segments has two bytes.
    static let maxContent = 65_535 * segment

    /// The size of the message around so much content.
    static func size(of content: Int64) -> Int64 {
        let segments = content == 0 ? 1 : (content + segment - 1) / segment
        return 13 + segments * 18 + content + 8
    }

    /// The content of a message.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - size: How long it is, as the request says.
    ///   - content: How long its content is, as the request says.
    static func content(of message: HTTPByteStream, size: Int64, content: Int64) -> HTTPByteStream {
        HTTPByteStream(unfolding: {
            let reader = StructuredMessageReader(message, size: size, content: content)
            return { try await reader.next() }
        })
    }

    /// The message around content of a length.
    static func message(around content: HTTPByteStream, length: Int64) -> HTTPByteStream {
        HTTPByteStream(unfolding: {
            let writer = StructuredMessageWriter(content, length: length)
            return { try await writer.next() }
        })
    }

    fileprivate static func number(_ bytes: Data) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    fileprivate static func bytes(_ number: UInt64, _ count: Int) -> Data {
        Data((0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) })
    }
}

/// Reads a message from front to back, as much of it at a time as is asked for.
private actor StructuredMessageReader {
    private var chunks: HTTPByteStream.AsyncIterator
    private let size: Int64
    private let content: Int64
    private var buffer = Data()
    private var segments: UInt64?
    private var segment: UInt64 = 0
    private var leftInSegment: Int64 = 0
    private var segmentLength: Int64 = 0
    private var delivered: Int64 = 0
    private var segmentChecksum = CRC64()
    private var checksum = CRC64()

    init(_ message: HTTPByteStream, size: Int64, content: Int64) {
        chunks = message.makeAsyncIterator()
        self.size = size
        self.content = content
    }

    func next() async throws -> Data? {
        if segments == nil { try await readHeader() }
        while leftInSegment == 0 {
            if segment > 0 { try await endSegment() }
            if segment == segments { return try await end() }
            try await beginSegment()
        }
        if buffer.isEmpty, !(try await fill()) { throw BlobServiceError.bodyLengthMismatch }
        let part = buffer.prefix(Int(min(leftInSegment, Int64(buffer.count))))
        buffer = buffer.dropFirst(part.count)
        segmentChecksum.update(part)
        checksum.update(part)
        leftInSegment -= Int64(part.count)
        delivered += Int64(part.count)
        return part
    }

    private func readHeader() async throws {
        let header = try await take(13)
        guard header[0] == 1, Int64(clamping: StructuredMessage.number(header[1..<9])) == size,
            StructuredMessage.number(header[9..<11]) == 1
        else { throw BlobServiceError.invalidStructuredBody }
        segments = StructuredMessage.number(header[11..<13])
        guard segments != 0 else { throw BlobServiceError.invalidStructuredBody }
    }

    private func beginSegment() async throws {
        let header = try await take(10)
        segment += 1
        segmentLength = Int64(clamping: StructuredMessage.number(header[2..<10]))
        guard StructuredMessage.number(header[0..<2]) == segment, segmentLength <= content - delivered else {
            throw BlobServiceError.invalidStructuredBody
        }
        leftInSegment = segmentLength
        segmentChecksum = CRC64()
        // An empty segment is over at once.
        if segmentLength == 0, segment < segments ?? 0 { throw BlobServiceError.invalidStructuredBody }
    }

    private func endSegment() async throws {
        guard try await take(8) == segmentChecksum.data else { throw BlobServiceError.crc64Mismatch }
    }

    private func end() async throws -> Data? {
        guard try await take(8) == checksum.data else { throw BlobServiceError.crc64Mismatch }
        guard delivered == content, buffer.isEmpty, !(try await fill()) else {
            throw BlobServiceError.bodyLengthMismatch
        }
        segment = 0
        segments = .max
        return nil
    }

    private func take(_ count: Int) async throws -> Data {
        while buffer.count < count {
            guard try await fill() else { throw BlobServiceError.bodyLengthMismatch }
        }
        let part = Data(buffer.prefix(count))
        // What is left shares its storage, so that many small segments cost no copies of the rest.
        buffer = buffer.dropFirst(count)
        return part
    }

    /// Whether there was more.
    private func fill() async throws -> Bool {
        var chunks = chunks
        let chunk = try await chunks.next()
        self.chunks = chunks
        if let chunk { buffer = buffer.isEmpty ? chunk : buffer + chunk }
        return chunk != nil
    }
}

/// Writes a message around content.
private actor StructuredMessageWriter {
    private var chunks: HTTPByteStream.AsyncIterator
    private let length: Int64
    private var written: Int64 = 0
    private var pending = Data()
    private var output: [Data] = []
    private var hasBegun = false
    private var hasEnded = false
    private var segmentChecksum = CRC64()
    private var checksum = CRC64()

    init(_ content: HTTPByteStream, length: Int64) {
        chunks = content.makeAsyncIterator()
        self.length = length
    }

    func next() async throws -> Data? {
        while output.isEmpty {
            guard !hasEnded else { return nil }
            if !hasBegun { begin() } else { try await goOn() }
        }
        return output.removeFirst()
    }

    private func begin() {
        hasBegun = true
        let segments = UInt64(max(1, (length + StructuredMessage.segment - 1) / StructuredMessage.segment))
        output.append(
            Data([1]) + StructuredMessage.bytes(UInt64(StructuredMessage.size(of: length)), 8)
                + StructuredMessage.bytes(1, 2) + StructuredMessage.bytes(segments, 2))
        beginSegment()
        if length == 0 { end() }
    }

    private func beginSegment() {
        segmentChecksum = CRC64()
        let number = UInt64(written / StructuredMessage.segment) + 1
        let size = min(StructuredMessage.segment, length - written)
        output.append(StructuredMessage.bytes(number, 2) + StructuredMessage.bytes(UInt64(size), 8))
    }

    private func goOn() async throws {
        if pending.isEmpty {
            var chunks = chunks
            guard let chunk = try await chunks.next() else { throw BlobServiceError.bodyLengthMismatch }
            self.chunks = chunks
            pending = chunk
        }
        let room = StructuredMessage.segment - written % StructuredMessage.segment
        let part = pending.prefix(Int(min(room, Int64(pending.count))))
        pending = pending.dropFirst(part.count)
        segmentChecksum.update(part)
        checksum.update(part)
        written += Int64(part.count)
        output.append(part)
        if written == length {
            end()
        } else if written % StructuredMessage.segment == 0 {
            output.append(segmentChecksum.data)
            beginSegment()
        }
    }

    private func end() {
        output.append(segmentChecksum.data)
        output.append(checksum.data)
        hasEnded = true
    }
}
