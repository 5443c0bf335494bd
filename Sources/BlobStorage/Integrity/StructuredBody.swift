import AzureCore
import AzureCrypto
import HTTPTypes

import struct Foundation.Data

/// The structured body of the Blob service: content in segments, each followed by its CRC-64, and then that of all.
///
/// The checksums stand behind the content, so that it can be sent while it is read, and be verified piece by piece.
enum StructuredBody {
    /// What the header field `x-ms-structured-body` says of it.
    static let name = "XSM/1.0; properties=crc64"
    static let version: UInt8 = 1
    /// The flag for checksums.
    static let crc64Flag: UInt16 = 1
    static let messageHeaderSize = 13
    static let segmentHeaderSize = 10
    static let checksumSize = 8
    /// How much content a segment has, but for the last.
    static let segmentSize: Int64 = 4 * 1024 * 1024

    /// How many segments content of this length has, at least one.
    static func segmentCount(_ length: Int64, segmentSize: Int64 = segmentSize) -> Int64 {
        (length - 1) / segmentSize + 1
    }

    /// How long the message is that has content of this length.
    static func messageLength(_ length: Int64, segmentSize: Int64 = segmentSize) -> Int64 {
        let perSegment = Int64(segmentHeaderSize + checksumSize)
        return Int64(messageHeaderSize + checksumSize) + length
            + segmentCount(length, segmentSize: segmentSize) * perSegment
    }

    /// Turns a body into a structured one.
    ///
    /// - Parameters:
    ///   - body: The content. Its length must be known.
    ///   - length: That length.
    static func encode(_ body: HTTPBody, length: Int64) async throws -> HTTPBody {
        switch body.content {
        case .bytes(let data): return HTTPBody(try encode(data))
        // Not every transport can send a stream with a length, so that short files are read first.
        case .file where length <= 4 * segmentSize: return HTTPBody(try encode(try await body.collect(upTo: .max)))
        case .file, .stream:
            let stream = HTTPByteStream(unfolding: {
                let reader = StructuredBodyReader(body, length: length)
                return { try await reader.next() }
            })
            return HTTPBody(stream: stream, length: messageLength(length), isReplayable: body.isReplayable)
        }
    }

    private static func encode(_ data: Data) throws -> Data {
        var encoder = try StructuredBodyEncoder(length: Int64(data.count))
        var message = Data()
        message.reserveCapacity(Int(messageLength(Int64(data.count))))
        for piece in try encoder.encode(data) { message.append(piece) }
        for piece in try encoder.finish() { message.append(piece) }
        return message
    }

    /// Takes the content out of a message that is whole.
    static func decode(_ message: Data) throws -> Data {
        var decoder = StructuredBodyDecoder(messageLength: Int64(message.count))
        var content = Data()
        content.reserveCapacity(message.count)
        try decoder.decode(message) { content.append($0) }
        try decoder.finish()
        return content
    }
}

/// Reads a body and hands it on as a structured one.
private actor StructuredBodyReader {
    private let body: HTTPBody
    private let length: Int64
    private var chunks: HTTPByteStream.AsyncIterator?
    private var encoder: StructuredBodyEncoder?
    private var pieces: [Data] = []
    private var isDone = false

    init(_ body: HTTPBody, length: Int64) {
        self.body = body
        self.length = length
    }

    func next() async throws -> Data? {
        while pieces.isEmpty {
            guard !isDone else { return nil }
            var chunks = chunks ?? body.chunks().makeAsyncIterator()
            var encoder = try encoder ?? StructuredBodyEncoder(length: length)
            if let chunk = try await chunks.next() {
                pieces = try encoder.encode(chunk).reversed()
            } else {
                pieces = try encoder.finish().reversed()
                isDone = true
            }
            (self.chunks, self.encoder) = (chunks, encoder)
        }
        return pieces.removeLast()
    }
}

extension StructuredBody {
    /// Makes sure that the service took the body of a request for a structured one of the sort that was sent.
    ///
    /// A service that does not know structured bodies would store checksums and lengths among the content.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidResponse``.
    static func checkAcknowledgement(of sent: String, in answer: HTTPResponse) throws {
        guard answer.headerFields[.structuredBody] != sent else { return }
        throw AzureError(
            code: .invalidResponse,
            message: "The service does not say that it knows structured bodies; what it has stored may be checksums "
                + "among the content. Write it again with another validation.")
    }
}
