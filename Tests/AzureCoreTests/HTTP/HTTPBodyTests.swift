import AzureCore
import Foundation
import TestSupport
import Testing

@Suite("Bodies")
struct HTTPBodyTests {
    @Test("know their length and whether they can be replayed")
    func properties() {
        #expect(HTTPBody("héllo").length == 6)
        #expect(HTTPBody("x").isReplayable)
        #expect(HTTPBody(file: .init(path: "/nowhere", offset: 3, length: 9)).length == 9)
        let stream = HTTPBody(stream: HTTPByteStream(Data()), length: nil)
        #expect(stream.length == nil && !stream.isReplayable)
    }

    @Test("read a range of a file in chunks", arguments: [1, 7, 1000, 5000])
    func file(chunkSize: Int) async throws {
        try await withTemporaryDirectory { directory in
            let bytes = Data((0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            let path = directory.appendingPathComponent("file").path
            try bytes.write(to: URL(fileURLWithPath: path))
            let body = HTTPBody(file: .init(path: path, offset: 100, length: 2000))
            for _ in 0..<2 {
                var sizes: [Int] = []
                var read = Data()
                for try await chunk in body.chunks(ofSize: chunkSize) {
                    sizes.append(chunk.count)
                    read += chunk
                }
                #expect(read == bytes[100..<2100])
                #expect(sizes.allSatisfy { $0 <= chunkSize })
            }
            #expect(try await body.collect(upTo: 2000) == bytes[100..<2100])
        }
    }

    @Test("say so when a file is missing or became shorter")
    func brokenFile() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory.appendingPathComponent("file").path
            let missing = await #expect(throws: AzureError.self) {
                try await HTTPBody(file: .init(path: path, offset: 0, length: 1)).collect(upTo: 10)
            }
            #expect(missing?.code == .fileError && missing?.message.contains(path) == true)
            try Data("12345".utf8).write(to: URL(fileURLWithPath: path))
            let short = await #expect(throws: AzureError.self) {
                try await HTTPBody(file: .init(path: path, offset: 0, length: 9)).collect(upTo: 10)
            }
            #expect(short?.code == .fileError)
        }
    }

    @Test("are collected up to a limit and not beyond")
    func limit() async throws {
        let chunks = AsyncStream<Data> { continuation in
            for _ in 0..<10 { continuation.yield(Data("ab".utf8)) }
            continuation.finish()
        }
        let error = await #expect(throws: AzureError.self) {
            try await HTTPBody(stream: HTTPByteStream(chunks), length: nil).collect(upTo: 19)
        }
        #expect(error?.code == .bodyTooLarge)
        #expect(try await HTTPBody("ab").collect(upTo: 2) == Data("ab".utf8))
        await #expect(throws: AzureError.self) { try await HTTPBody("abc").collect(upTo: 2) }
    }

    @Test("leave empty chunks out")
    func emptyChunks() async throws {
        let chunks = AsyncStream<Data> { continuation in
            for text in ["", "a", "", "", "b", ""] { continuation.yield(Data(text.utf8)) }
            continuation.finish()
        }
        var read: [Data] = []
        for try await chunk in HTTPByteStream(chunks) { read.append(chunk) }
        #expect(read == [Data("a".utf8), Data("b".utf8)])
    }

    @Test("do not end as if whole when the task is cancelled")
    func cancelled() async throws {
        let (chunks, source) = AsyncStream.makeStream(of: Data.self)
        source.yield(Data("ab".utf8))
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await HTTPByteStream(chunks).collect(upTo: 10)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        source.finish()
    }
}
