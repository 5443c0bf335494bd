import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Large content of the emulated Blob service")
struct StreamingTests {
    private static let mebibyte = 1024 * 1024

    /// A stream of bytes that say where they stand, never more than one chunk of them in memory.
    private static func content(count: Int) -> HTTPByteStream {
        HTTPByteStream(unfolding: {
            let source = Source(count: count)
            return { await source.next() }
        })
    }

    private actor Source {
        private var left: Int
        private var byte: UInt8 = 0

        init(count: Int) {
            left = count
        }

        func next() -> Data? {
            guard left > 0 else { return nil }
            let count = min(left, 64 * 1024)
            left -= count
            byte &+= 1
            return Data(repeating: byte, count: count)
        }
    }

    private static func residentMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return (Int(line.split(whereSeparator: \.isWhitespace)[1]) ?? 0) * 1024
    }

    @Test("A blob of 256 MiB in one piece and one of blocks pass through without staying in memory")
    func boundedMemory() async throws {
        // In a process of its own, because other tests take memory at the same time.
        await #expect(processExitsWith: .success) {
            try await Self.passContentThrough()
        }
    }

    private static func passContentThrough() async throws {
        let length = 256 * mebibyte
        let account = try BlobTestAccount()
        let before = try residentMemory()
        try await account.makeContainer()
        let put = try await account.send(
            .put, "/box/whole", "", [("x-ms-blob-type", "BlockBlob")], stream: content(count: length),
            length: Int64(length))
        #expect(put.status == 201)
        var list = ""
        for index in 0..<16 {
            let id = Data("block-\(index + 10)".utf8).base64EncodedString()
            list += "<Latest>\(id)</Latest>"
            let count = length / 16
            try await account.send(
                .put, "/box/blocks", "comp=block&blockid=\(id)", stream: content(count: count),
                length: Int64(count))
        }
        let body = Data("<BlockList>\(list)</BlockList>".utf8)
        #expect(try await account.send(.put, "/box/blocks", "comp=blocklist", body: body).status == 201)
        for name in ["whole", "blocks"] {
            let answer = try await account.send(.get, "/box/\(name)")
            var count = 0
            for try await chunk in answer.body { count += chunk.count }
            #expect(count == length)
        }
        #expect(try residentMemory() - before < 200 * mebibyte)
        // A range across the border of two blocks.
        let border = length / 16
        let part = try await account.send(
            .get, "/box/blocks", "", [("x-ms-range", "bytes=\(border - 2)-\(border + 1)")]
        ).data()
        #expect(part == Data([0, 0, 1, 1]))
        let spool = try account.service.receiver.spool
        #expect(spool.usedBytes == Int64(2 * length))
        // Content that nothing refers to any more takes no room.
        try await account.send(.delete, "/box/whole")
        await expect(spool, toUse: Int64(length))
        try await account.send(.delete, "/box", "restype=container")
        await expect(spool, toUse: 0)
    }

    /// Whoever has just read to the end may let go of the content a moment later.
    private static func expect(_ spool: SpoolFile, toUse bytes: Int64) async {
        for _ in 0..<1_000_000 where spool.usedBytes != bytes { await Task.yield() }
        #expect(spool.usedBytes == bytes)
    }

    @Test("Whoever reads a blob gets all of it, even when it is replaced or deleted meanwhile")
    func readWhileReplaced() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        let content = Data(repeating: 7, count: 3 * Self.mebibyte)
        try await account.makeBlob("/box/thing", content)
        let answer = try await account.send(.get, "/box/thing")
        try await account.makeBlob("/box/thing", Data("new".utf8))
        try await account.send(.delete, "/box/thing")
        #expect(try await answer.data() == content)
    }

    @Test("An upload whose stream fails leaves nothing behind")
    func failedUpload() async throws {
        struct Failure: Error {}
        let account = try BlobTestAccount()
        try await account.makeContainer()
        let stream = HTTPByteStream(unfolding: { { throw Failure() } })
        let answer = try await account.send(
            .put, "/box/thing", "", [("x-ms-blob-type", "BlockBlob")], stream: stream,
            length: Int64(5 * Self.mebibyte))
        #expect(answer.status == 500)
        #expect(try await account.send(.get, "/box/thing").outcome == "404 BlobNotFound")
        #expect(try account.service.receiver.spool.usedBytes == 0)
    }
}
