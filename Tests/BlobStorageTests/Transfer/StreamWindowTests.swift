import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import BlobStorage

@Suite("How much of a stream is asked for ahead of its reader")
struct StreamWindowTests {
    private static let mebibyte: Int64 = 1024 * 1024

    private static var usual: StreamWindow {
        StreamWindow(partSize: 8 * Int(mebibyte), concurrency: .automatic)
    }

    @Test("is one small part at first, and for a reader that lags")
    func small() {
        var window = Self.usual
        #expect(window.ahead == Self.mebibyte && window.nextPart == Self.mebibyte)
        #expect(window.hasRoom(beside: 0) && !window.hasRoom(beside: 1))
        for step in 1...100 { window.asked(.everything, read: Int64(step) * Self.mebibyte) }
        #expect(window.ahead == Self.mebibyte)
    }

    @Test("grows while the reader waits, as far as the caller allows, but never beyond twice what was read")
    func growing() {
        var window = Self.usual
        var read = Self.mebibyte
        var sizes: [Int64] = []
        while read < 1024 * Self.mebibyte {
            window.asked(.nothing, read: read)
            #expect(window.ahead <= 2 * read)
            sizes.append(window.ahead / Self.mebibyte)
            read += window.ahead
        }
        #expect(sizes.prefix(5) == [2, 6, 18, 54, 64] && sizes.allSatisfy { $0 <= 64 })
        // As many parts as there may be at most, in the memory of as many as there are at first.
        #expect(window.nextPart == 4 * Self.mebibyte)
    }

    @Test("shrinks to one small part when all is there before the reader asks, and grows again when it waits")
    func shrinking() {
        var window = Self.usual
        for _ in 0..<5 { window.asked(.nothing, read: 1 << 30) }
        #expect(window.ahead == 64 * Self.mebibyte)
        for _ in 0..<12 { window.asked(.everything, read: 1 << 30) }
        #expect(window.ahead == Self.mebibyte)
        window.asked(.nothing, read: 1 << 30)
        #expect(window.ahead == 4 * Self.mebibyte)
    }

    @Test(
        "stays as it is for a reader that is as fast as the network, and shrinks ever less often where that was wrong")
    func steady() {
        var window = Self.usual
        for _ in 0..<5 { window.asked(.nothing, read: 1 << 30) }
        for _ in 0..<100 {
            window.asked(.everything, read: 1 << 30)
            window.asked(.next, read: 1 << 30)
        }
        #expect(window.ahead == 64 * Self.mebibyte)
        func askedUntilShrunk() -> Int {
            let before = window.ahead
            var count = 0
            while window.ahead == before {
                window.asked(.everything, read: 1 << 30)
                count += 1
            }
            return count
        }
        var counts: [Int] = []
        for _ in 0..<7 {
            counts.append(askedUntilShrunk())
            window.asked(.nothing, read: 1 << 30)
        }
        #expect(counts == [2, 4, 8, 16, 32, 64, 64])
    }

    @Test(
        "never exceeds what the caller chose", arguments: [(4, 3), (4, 1), (16 << 20, 1), (1 << 20, 2), (100, 64)])
    func bounds(partSize: Int, concurrency: Int) {
        var window = StreamWindow(partSize: partSize, concurrency: .atMost(concurrency))
        #expect(window.nextPart <= Int64(partSize))
        for _ in 0..<20 { window.asked(.nothing, read: .max) }
        #expect(window.ahead == Int64(partSize * concurrency) && window.nextPart == Int64(partSize))
    }

    // MARK: Streams

    /// How many bytes were asked for.
    private static func asked(_ server: MockTransport) -> Int {
        server.requests.reduce(0) { sum, request in
            let range = (request.header("x-ms-range") ?? "").dropFirst("bytes=".count).split(separator: "-")
            guard range.count == 2, let first = Int(range[0]), let last = Int(range[1]) else { return sum }
            return sum + last - first + 1
        }
    }

    @Test("a reader that has read one chunk has the part that it is of, and one more, asked for")
    func oneChunk() async throws {
        let server = TransferTests.server(Data(count: 64 << 20))
        let stream = try await Fixture(server).blob.downloadStream()
        #expect(Self.asked(server) == 1 << 20)
        var chunks = stream.makeAsyncIterator()
        _ = try await chunks.next()
        for _ in 0..<1000 { await Task.yield() }
        #expect(Self.asked(server) <= 2 << 20)
        var rest: Int64 = 0
        while let chunk = try await chunks.next() { rest += Int64(chunk.count) }
        #expect(rest >= 63 << 20 && Self.asked(server) == 64 << 20)
    }

    @Test("what is read as a stream has the size and number of parts that the caller chose, at most")
    func callersBounds() async throws {
        let server = TransferTests.server(Data(count: 1000))
        let options = BlobDownloadOptions(transfer: .init(partSize: 90, concurrency: 1))
        let content = try await Fixture(server).blob.downloadStream(options: options).collect(upTo: 1000)
        #expect(content.count == 1000)
        #expect(server.requests.count == 12)
    }

    @Test("a service that knows no ranges may answer with a whole blob that is no larger than a part")
    func whole() async throws {
        let content = Data((0..<3 << 20).map { UInt8(truncatingIfNeeded: $0 >> 3) })
        let server = MockTransport { _ in MockResponse(200, headers: ["ETag": "\"1\""], body: content) }
        let blob = try Fixture(server).blob
        #expect(try await blob.downloadStream().collect(upTo: content.count) == content)
        #expect(server.requests.count == 1)
        let error = try await failure {
            _ = try await blob.downloadStream(options: .init(transfer: .init(partSize: 2 << 20)))
        }
        #expect(error.code == .invalidResponse)
    }
}
