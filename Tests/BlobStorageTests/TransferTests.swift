import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import BlobStorage

@Suite("Uploads and downloads")
struct TransferTests {
    /// Answers ranges of a content as the service does.
    static func server(_ content: Data, etag: @escaping @Sendable (Int) -> String = { _ in "\"1\"" }) -> MockTransport {
        let count = Mutex(0)
        return MockTransport { request in
            let number = count.withLock { count in
                count += 1
                return count
            }
            var headers = ["ETag": etag(number), "x-ms-blob-type": "BlockBlob"]
            if let match = request.header("If-Match"), match != headers["ETag"] {
                return MockResponse(412, body: errorBody("ConditionNotMet"))
            }
            guard let range = request.header("x-ms-range") else {
                return MockResponse(200, headers: headers, body: content)
            }
            let parts = range.dropFirst("bytes=".count).split(separator: "-").compactMap { Int($0) }
            guard parts[0] < content.count else { return MockResponse(416, body: errorBody("InvalidRange")) }
            let end = min(parts.count > 1 ? parts[1] + 1 : content.count, content.count)
            headers["Content-Range"] = "bytes \(parts[0])-\(end - 1)/\(content.count)"
            return MockResponse(206, headers: headers, body: content[parts[0]..<end])
        }
    }

    static let small = BlobTransferOptions(singleShotLimit: 4, partSize: 4, concurrency: 3)

    @Test("a download in parts is the blob, whatever its size", arguments: [0, 1, 3, 4, 5, 8, 9, 100])
    func download(size: Int) async throws {
        let content = Data((0..<size).map { UInt8(truncatingIfNeeded: $0) })
        let blob = try Fixture(Self.server(content)).blob
        let options = BlobDownloadOptions(transfer: Self.small)
        #expect(try await blob.download(upTo: 100, options: options) == content)
        let stream = try await blob.downloadStream(options: options)
        #expect(stream.length == Int64(size))
        #expect(stream.properties.contentLength == Int64(size))
        var received = Data()
        for try await chunk in stream { received.append(chunk) }
        #expect(received == content)
        #expect(try await blob.downloadStream(options: options).collect(upTo: size) == content)
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            try await blob.download(to: path, options: options)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == content)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["file"])
        }
    }

    @Test(
        "a range is what was asked for, also beyond the end",
        arguments: [(2, 3, 2..<5), (7, 100, 7..<10), (3, 5, 3..<8)])
    func range(offset: Int64, length: Int64, expected: Range<Int>) async throws {
        let content = Data((0..<10).map { UInt8($0) })
        let blob = try Fixture(Self.server(content)).blob
        let options = BlobDownloadOptions(range: BlobRange(offset: offset, length: length), transfer: Self.small)
        #expect(try await blob.download(upTo: 100, options: options) == content[expected])
    }

    @Test("a blob that changes during the download is an error, and leaves no file")
    func changed() async throws {
        let transport = Self.server(Data(count: 100)) { $0 < 3 ? "\"1\"" : "\"2\"" }
        let blob = try Fixture(transport).blob
        try await withTemporaryDirectory { directory in
            let error = try await failure {
                try await blob.download(to: directory + "/file", options: .init(transfer: Self.small))
            }
            #expect(error.code == .conditionNotMet)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }

    @Test("a failed download leaves the file that was there")
    func keepsOldFile() async throws {
        let blob = try Fixture(MockResponse(404, body: errorBody("BlobNotFound"))).blob
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            try Data("old".utf8).write(to: URL(fileURLWithPath: path))
            let error = try await failure { try await blob.download(to: path) }
            #expect(error.code == .blobNotFound)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        }
    }

    @Test("a file that must not be replaced is not, even when it comes to be meanwhile", arguments: [true, false])
    func keepsExistingFile(fromTheStart: Bool) async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            if fromTheStart { try Data("old".utf8).write(to: URL(fileURLWithPath: path)) }
            let server = MockTransport { _ in
                try Data("old".utf8).write(to: URL(fileURLWithPath: path))
                return MockResponse(206, headers: ["Content-Range": "bytes 0-2/3", "ETag": "1"], body: "new")
            }
            let blob = try Fixture(server).blob
            let error = try await failure { try await blob.download(to: path, options: .init(overwrite: false)) }
            #expect(error.code == .fileError && error.message.contains("'\(path)' exists"))
            #expect(server.requests.isEmpty == fromTheStart)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["file"])
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
            try FileManager.default.removeItem(atPath: path)
            let fresh = try Fixture(Self.server(Data("new".utf8))).blob
            try await fresh.download(to: path, options: .init(overwrite: false))
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["file"])
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
        }
    }

    @Test("an upload whose part failed ends, although its stream has nothing to give", .timeLimit(.minutes(5)))
    func stalledStream() async throws {
        let refusing = MockTransport { _ in MockResponse(403, body: errorBody("AuthorizationFailure")) }
        let (stream, chunks) = AsyncStream.makeStream(of: Data.self)
        chunks.yield(Data(count: 10))
        let blob = try Fixture(refusing).blob
        let error = try await failure {
            try await blob.upload(stream: stream, options: .init(transfer: .init(partSize: 4, concurrency: 8)))
        }
        #expect(error.code == .authorizationFailure)
    }

    @Test("a file with the longest name that there is can be written")
    func longName() async throws {
        let blob = try Fixture(Self.server(Data("x".utf8))).blob
        try await withTemporaryDirectory { directory in
            let path = directory + "/" + String(repeating: "本", count: 85)
            try await blob.download(to: path)
            #expect(FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("a body that breaks off is asked for again, and a part that stays short is an error")
    func truncated() async throws {
        let content = Data(repeating: 7, count: 10)
        let broken = FaultTransport(Self.server(content)) { number, _ in
            number == 2 ? .truncateAnswer(after: 1) : .none
        }
        let clock = ManualClock(advancesBySleeping: true)
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/pictures/b",
            options: .init(pipeline: PipelineOptions(transport: broken, timeSource: clock.timeSource)))
        #expect(try await blob.download(upTo: 10, options: .init(transfer: Self.small)) == content)

        let short = MockTransport { request in
            // The last byte never comes.
            let isRest = request.header("x-ms-range") == "bytes=3-3"
            return MockResponse(
                206, headers: ["Content-Range": isRest ? "bytes 3-3/4" : "bytes 0-3/4", "ETag": "1"],
                body: isRest ? "" : "abc")
        }
        let endless = try BlobClient(
            url: "https://example.blob.core.windows.net/pictures/b",
            options: .init(pipeline: PipelineOptions(transport: short, timeSource: clock.timeSource)))
        let error = try await failure { _ = try await endless.download(upTo: 10) }
        #expect(error.code == .truncatedBody && error.operation == "Blob.Download")
        #expect(
            short.requests.count > 2 && short.requests.dropFirst().allSatisfy { $0.header("x-ms-range") == "bytes=3-3" }
        )
    }

    @Test(
        "an answer with another range, the whole blob, or another version is an error",
        arguments: [
            (206, "bytes 0-3/8", "1"), (206, "bytes 4-7/9", "1"), (206, "bytes 4-7/8", "2"), (200, "", "1"),
            (206, "nonsense", "1"),
        ])
    func wrongAnswer(status: Int, range: String, etag: String) async throws {
        let transport = MockTransport([
            MockResponse(206, headers: ["Content-Range": "bytes 0-3/8", "ETag": "1"], body: "abcd"),
            MockResponse(status, headers: ["Content-Range": range, "ETag": etag], body: "efgh"),
        ])
        let error = try await failure {
            _ = try await Fixture(transport).blob.download(upTo: 8, options: .init(transfer: Self.small))
        }
        #expect(error.code == .invalidResponse)
    }

    @Test("content that the transport decoded is an error that names the remedy", arguments: [3, 100])
    func decoded(size: Int) async throws {
        let transport = MockTransport(capabilities: []) { request in
            let headers = ["Content-Encoding": "gzip", "Content-Range": "bytes 0-2/3", "ETag": "1"]
            guard request.method != .head else { return MockResponse(200, headers: headers) }
            return MockResponse(206, headers: headers, chunks: [Data(count: size)], isDecoded: true)
        }
        let error = try await failure {
            _ = try await Fixture(transport).blob.download(upTo: 200, options: .init(transfer: Self.small))
        }
        #expect(error.code == .contentDecoded)
        #expect(error.message.contains("gzip"))
    }

    @Test("more than the caller accepts of a stream is refused after the first part")
    func streamLimit() async throws {
        let fixture = try Fixture(Self.server(Data(count: 100)))
        let stream = try await fixture.blob.downloadStream(options: .init(transfer: Self.small))
        let error = try await failure { _ = try await stream.collect(upTo: 99) }
        #expect(error.code == .bodyTooLarge && error.operation == "Blob.Download")
        #expect(error.resource == fixture.blob.url.absoluteString)
        #expect(fixture.transport.requests.count == 1)
    }

    @Test("more than the caller accepts in memory is refused after the first part")
    func limit() async throws {
        let fixture = try Fixture(Self.server(Data(count: 100)))
        let error = try await failure {
            _ = try await fixture.blob.download(upTo: 99, options: .init(transfer: Self.small))
        }
        #expect(error.code == .bodyTooLarge)
        #expect(fixture.transport.requests.count == 1)
    }

    @Test("an upload is one request up to the limit, and blocks beyond it", arguments: [0, 4, 5, 8, 9, 21])
    func upload(size: Int) async throws {
        let content = Data((0..<size).map { UInt8($0) })
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            try content.write(to: URL(fileURLWithPath: path))
            let options = BlobUploadOptions(metadata: ["a": "b"], transfer: Self.small)
            for source in ["bytes", "file", "stream"] {
                let fixture = try Fixture(MockTransport { _ in MockResponse(201, headers: ["ETag": "1"]) })
                switch source {
                case "bytes": try await fixture.blob.upload(content, options: options)
                case "file": try await fixture.blob.upload(file: path, options: options)
                default:
                    let chunks = AsyncStream<Data> { stream in
                        for byte in content { stream.yield(Data([byte])) }
                        stream.finish()
                    }
                    try await fixture.blob.upload(stream: chunks, options: options)
                }
                try Self.expect(fixture.transport.requests, toHaveWritten: content)
            }
        }
    }

    /// The blocks in the order of the list that was committed are the content.
    static func expect(_ requests: [MockTransport.Request], toHaveWritten content: Data) throws {
        let last = try #require(requests.last)
        #expect(last.header("x-ms-meta-a") == "b")
        #expect(last.header("If-None-Match") == "*")
        guard content.count > 4 else {
            #expect(requests.count == 1)
            #expect(last.body == content)
            return
        }
        var blocks: [String: Data] = [:]
        for request in requests.dropLast() {
            let id = try #require(request.path.components(separatedBy: "blockid=").last?.removingPercentEncoding)
            blocks[id] = request.body
        }
        let ids = last.text.components(separatedBy: "<Latest>").dropFirst()
            .compactMap { $0.components(separatedBy: "</").first }
        #expect(ids.count == (content.count + 3) / 4)
        #expect(Set(ids.map(\.count)).count == 1)
        #expect(ids.compactMap { blocks[$0] }.reduce(Data(), +) == content)
    }

    @Test("a blob that exists is said to exist, unless it may be overwritten")
    func overwrite() async throws {
        let fixture = try Fixture(MockResponse(412, body: errorBody("ConditionNotMet")), MockResponse(201))
        let error = try await failure { try await fixture.blob.upload(Data()) }
        #expect(error.code == .blobAlreadyExists)
        try await fixture.blob.upload(Data(), options: .init(overwrite: true))
        #expect(fixture.transport.requests[1].header("If-None-Match") == nil)
    }

    @Test("a file that is not there, or is a directory, is a clear error")
    func missingFile() async throws {
        let fixture = try Fixture()
        for path in ["/nowhere/file", "/tmp"] {
            let error = try await failure { try await fixture.blob.upload(file: path) }
            #expect(error.code == .fileError)
            #expect(error.message.contains(path))
        }
        let error = try await failure { try await Fixture(Self.server(Data("x".utf8))).blob.download(to: "/nowhere/f") }
        #expect(error.code == .fileError)
    }

    @Test(
        "blocks grow so that 50,000 suffice",
        arguments: [
            (1, 8), (400_000, 8), (400_001, 9), (1_048_576, 21), (200_000_000, 4000),
        ] as [(Int64, Int64)])
    func plan(mebibytes: Int64, partSize: Int64) throws {
        let plan = try TransferPlan.upload(length: mebibytes << 20, partSize: 8 << 20)
        #expect(plan.partSize == partSize << 20)
        #expect(plan.count <= 50_000)
        let (offset, length) = plan[plan.count - 1]
        #expect(offset + length == plan.length)
        #expect(throws: AzureError.self) { try TransferPlan.upload(length: 200_000_001 << 20, partSize: 1) }
    }
}
