import Foundation
import Testing

@testable import AzureCore

@Suite("gzip and deflate")
struct CompressionTests {
    /// `hello` as other programs compress it.
    static let gzip = Data(base64Encoded: "H4sIAAAAAAACA8tIzcnJBwCGphA2BQAAAA==")!
    static let zlib = Data(base64Encoded: "eJzLSM3JyQcABiwCFQ==")!
    static let raw = Data(base64Encoded: "y0jNyckHAA==")!

    static func inflate(_ data: Data, _ coding: ContentCoding, chunk: Int = 1 << 20) throws -> Data {
        var inflater = Inflater(coding)
        var output = Data()
        for start in stride(from: 0, to: data.count, by: chunk) {
            inflater.push(Data(data[start..<min(start + chunk, data.count)]))
            while let part = try inflater.next() {
                #expect(part.count <= Inflater.chunkSize)
                output += part
            }
        }
        try inflater.finish()
        return output
    }

    @Test("read what others write", arguments: [1, 2, 5, 100])
    func others(chunk: Int) throws {
        #expect(try Self.inflate(Self.gzip, .gzip, chunk: chunk) == Data("hello".utf8))
        #expect(try Self.inflate(Self.zlib, .deflate, chunk: chunk) == Data("hello".utf8))
        #expect(try Self.inflate(Self.raw, .deflate, chunk: chunk) == Data("hello".utf8))
        #expect(try Self.inflate(Self.gzip + Self.gzip, .gzip, chunk: chunk) == Data("hellohello".utf8))
    }

    @Test("round trip as streams", arguments: ContentCoding.allCases, [0, 1, 1000, 3_000_000])
    func roundTrip(coding: ContentCoding, count: Int) async throws {
        var content = Data(repeating: 7, count: count)
        for index in stride(from: 0, to: count, by: 97) { content[index] = UInt8(truncatingIfNeeded: index / 97 &* 31) }
        let chunks = stride(from: 0, to: count, by: 70_000).map { Data(content[$0..<min($0 + 70_000, count)]) }
        let stream = HTTPByteStream(
            AsyncStream { continuation in
                for chunk in chunks { continuation.yield(chunk) }
                continuation.finish()
            })
        let compressed = try await stream.compressed(coding).collect(upTo: .max)
        #expect(count < 10_000 || compressed.count < count / 2)
        #expect(try await HTTPByteStream(compressed).decompressed(coding).collect(upTo: .max) == content)
    }

    @Test("that break off anywhere are an error")
    func truncated() throws {
        for (data, coding) in [(Self.gzip, ContentCoding.gzip), (Self.zlib, .deflate)] {
            for count in 0..<data.count {
                let error = #expect(throws: AzureError.self) { try Self.inflate(data.prefix(count), coding) }
                #expect(error?.code == .truncatedBody, "\(count)")
            }
        }
    }

    @Test("that were damaged, or are something else, are an error")
    func damaged() {
        var damaged = Self.gzip
        damaged[damaged.count - 6] ^= 1
        #expect(throws: AzureError.self) { try Self.inflate(damaged, .gzip) }
        #expect(throws: AzureError.self) { try Self.inflate(Data("hello, not compressed".utf8), .gzip) }
        #expect(throws: AzureError.self) { try Self.inflate(Self.gzip + Data("behind".utf8), .gzip) }
        #expect(throws: AzureError.self) { try Self.inflate(Self.zlib + Data("behind".utf8), .deflate) }
    }

    @Test("that would fill the memory come out piece by piece")
    func bomb() async throws {
        var deflater = Deflater(.gzip)
        var bomb = Data()
        let zeros = Data(count: 1 << 20)
        for _ in 0..<64 { bomb += deflater.compress(zeros) }
        bomb += deflater.finish()
        #expect(bomb.count < 100_000)
        let error = await #expect(throws: AzureError.self) {
            try await HTTPByteStream(bomb).decompressed(.gzip).collect(upTo: 1 << 20)
        }
        #expect(error?.code == .bodyTooLarge)
        var largest = 0
        var total = 0
        for try await chunk in HTTPByteStream(bomb).decompressed(.gzip) {
            largest = max(largest, chunk.count)
            total += chunk.count
        }
        #expect(largest <= Inflater.chunkSize)
        #expect(total == 64 << 20)
    }

    @Test("are known by name")
    func names() {
        #expect(ContentCoding(contentEncoding: "GZIP") == .gzip)
        #expect(ContentCoding(contentEncoding: "x-gzip") == .gzip)
        #expect(ContentCoding(contentEncoding: "deflate") == .deflate)
        #expect(ContentCoding(contentEncoding: "br") == nil)
        #expect(ContentCoding(contentEncoding: nil) == nil)
    }
}
