import AzureCore
import AzureCrypto
import Foundation
import Testing

@testable import BlobStorage

@Suite("The structured body")
struct StructuredBodyTests {
    /// `123456789` three times, in segments of nine bytes, as others encode it.
    static let vector = Data(
        hex: """
            01660000000000000001000300 01000900000000000000 313233343536373839 8898790a86148bae
            02000900000000000000 313233343536373839 8898790a86148bae 03000900000000000000 313233343536373839
            8898790a86148bae 5709adec598b25e5
            """)
    static let content = Data("123456789123456789123456789".utf8)

    static func encode(_ content: Data, segmentSize: Int64, chunk: Int) throws -> Data {
        var encoder = try StructuredBodyEncoder(length: Int64(content.count), segmentSize: segmentSize)
        var message = Data()
        for start in stride(from: 0, to: content.count, by: chunk) {
            for piece in try encoder.encode(content[start..<min(start + chunk, content.count)]) { message += piece }
        }
        for piece in try encoder.finish() { message += piece }
        return message
    }

    static func decode(_ message: Data, chunk: Int) throws -> Data {
        var decoder = StructuredBodyDecoder(messageLength: nil)
        var content = Data()
        for start in stride(from: 0, to: message.count, by: chunk) {
            try decoder.decode(message[start..<min(start + chunk, message.count)]) { content += $0 }
        }
        try decoder.finish()
        return content
    }

    @Test("is what others make of it, however it comes", arguments: [1, 2, 3, 8, 9, 10, 13, 27, 101, 102])
    func vector(chunk: Int) throws {
        #expect(try Self.encode(Self.content, segmentSize: 9, chunk: chunk) == Self.vector)
        #expect(try Self.decode(Self.vector, chunk: chunk) == Self.content)
        #expect(StructuredBody.messageLength(27, segmentSize: 9) == 102)
    }

    @Test("round trip", arguments: [0, 1, 4_194_303, 4_194_304, 4_194_305, 9_000_000])
    func roundTrip(count: Int) async throws {
        let content = Data(repeating: UInt8(truncatingIfNeeded: count), count: count)
        let body = try await StructuredBody.encode(HTTPBody(content), length: Int64(count))
        let message = try await body.collect(upTo: .max)
        #expect(Int64(message.count) == StructuredBody.messageLength(Int64(count)))
        #expect(body.length == Int64(message.count))
        #expect(try StructuredBody.decode(message) == content)
        let stream = HTTPByteStream(content)
        let streamed = try await StructuredBody.encode(
            HTTPBody(stream: stream, length: Int64(count)), length: Int64(count))
        #expect(try await streamed.collect(upTo: .max) == message)
        #expect(streamed.length == body.length)
        #expect(!streamed.isReplayable)
    }

    @Test("that breaks off anywhere is an error")
    func truncated() {
        for count in 0..<Self.vector.count {
            let error = #expect(throws: AzureError.self) { try Self.decode(Self.vector.prefix(count), chunk: 1000) }
            #expect(error?.code == .truncatedBody, "\(count)")
        }
        // Where the length of the message is known, it is found at once.
        let error = #expect(throws: AzureError.self) { try StructuredBody.decode(Self.vector.prefix(50)) }
        #expect(error?.code == .invalidResponse)
    }

    @Test("in which any bit is another is an error")
    func corrupted() {
        for bit in 0..<Self.vector.count * 8 {
            var message = Self.vector
            message[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: AzureError.self, "bit \(bit)") { try StructuredBody.decode(message) }
        }
    }

    @Test(
        "that contradicts itself is an error",
        arguments: [
            // Another version, no checksums, no segments, more segments than fit, a huge length.
            "02660000000000000001000300", "01660000000000000000000300", "01660000000000000001000000",
            "01660000000000000001000600", "01ffffffffffffffff01000300",
            // A second segment first, a segment longer than the message.
            "01660000000000000001000300 02000900000000000000", "01660000000000000001000300 01006600000000000000",
            "01660000000000000001000300 0100ffffffffffffffff",
        ])
    func contradiction(message: String) {
        let error = #expect(throws: AzureError.self) { try Self.decode(Data(hex: message), chunk: 1000) }
        #expect(error?.code == .invalidResponse)
    }

    @Test("with bytes behind its end is an error")
    func trailing() {
        let error = #expect(throws: AzureError.self) { try Self.decode(Self.vector + [0], chunk: 1000) }
        #expect(error?.code == .invalidResponse)
    }

    @Test("of another length than announced is an error")
    func wrongLength() throws {
        var long = try StructuredBodyEncoder(length: 3)
        #expect(throws: AzureError.self) { try long.encode(Data("1234".utf8)) }
        var short = try StructuredBodyEncoder(length: 3)
        _ = try short.encode(Data("12".utf8))
        #expect(throws: AzureError.self) { try short.finish() }
        #expect(throws: AzureError.self) { try StructuredBodyEncoder(length: .max) }
    }
}

extension Data {
    /// Bytes from hexadecimal digits; white space does not count.
    init(hex: String) {
        let digits = hex.compactMap(\.hexDigitValue)
        self.init(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }
}
