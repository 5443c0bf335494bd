import Foundation
import TestSupport
import Testing

@testable import AzureCore

@Suite("Memory that is used again")
struct RecycledBuffersTests {
    @Test("comes back when the data of it is gone, and not before")
    func recycling() throws {
        let buffers = RecycledBuffers(size: 64 * 1024, maxSpare: 2)
        let buffer = try #require(buffers.take())
        buffer.copyBytes(from: Array(repeating: UInt8(7), count: buffer.count))
        let memory = try #require(buffer.baseAddress)
        var data: Data? = buffers.data(memory, count: 40_000)
        var slice = data?.dropFirst(39_999)
        data = nil
        // The slice holds on to the memory.
        let other = try #require(buffers.take()?.baseAddress)
        #expect(other != memory && slice.map { Array($0) } == [7])
        slice = nil
        let again = try #require(buffers.take()?.baseAddress)
        #expect(again == memory)
        buffers.put(again)
        buffers.put(other)
    }

    @Test(
        "files come in chunks that keep what was read",
        arguments: [0, 1, 131_072, 131_073, 262_144, 262_145, 900_000])
    func files(size: Int) async throws {
        try await withTemporaryDirectory { directory in
            let bytes = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
            let path = directory.appendingPathComponent("file").path
            try bytes.write(to: URL(fileURLWithPath: path))
            let body = HTTPBody(file: .init(path: path, offset: 0, length: Int64(size)))
            // All chunks of the first reading are kept while the second fills memory of its own.
            var kept: [Data] = []
            for try await chunk in body.chunks() { kept.append(chunk) }
            #expect(try await body.chunks().collect(upTo: size) == bytes)
            #expect(kept.reduce(into: Data()) { $0 += $1 } == bytes)
        }
    }
}

#if Curl
@Suite("Chunks of an answer")
struct CurlChunksTests {
    private func chunks(of pieces: [Int], size: Int = 1000) -> (given: [UInt8], chunks: [Data]) {
        var chunks = CurlChunks(RecycledBuffers(size: size, maxSpare: 4))
        var given: [UInt8] = []
        for count in pieces {
            let piece = (0..<count).map { UInt8(truncatingIfNeeded: given.count &+ $0) }
            let isTaken = piece.withUnsafeBytes { chunks.append($0) }
            #expect(isTaken)
            given += piece
        }
        #expect(chunks.count == given.count)
        let result = chunks.take()
        #expect(chunks.count == 0)
        chunks.close()
        return (given, result)
    }

    @Test(
        "hold what came, in order, and are full but for the last",
        arguments: [[1], [999, 1], [1000], [600, 600, 600], [5000], [1, 2500, 3], []])
    func content(pieces: [Int]) {
        let (given, chunks) = chunks(of: pieces)
        #expect(chunks.flatMap { Array($0) } == given)
        #expect(chunks.dropLast().allSatisfy { $0.count == 1000 })
    }

    @Test("go on after they were handed out")
    func goesOn() {
        var chunks = CurlChunks(RecycledBuffers(size: 1000, maxSpare: 4))
        var all = Data()
        for round in UInt8(0)..<20 {
            let piece = [UInt8](repeating: round, count: 37 * (Int(round) + 1))
            #expect(piece.withUnsafeBytes { chunks.append($0) })
            all += chunks.take().reduce(into: Data()) { $0 += $1 }
        }
        chunks.close()
        #expect(Array(all) == (UInt8(0)..<20).flatMap { [UInt8](repeating: $0, count: 37 * (Int($0) + 1)) })
    }
}
#endif
