import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import BlobStorage

/// What is announced here cannot be: no blob has more than 190.7 TiB (50,000 blocks of 4,000 MiB, "Scalability and
/// performance targets for Blob storage"). An arithmetic that overflows would end the process, and with it the tests.
@Suite("Numbers that no blob has")
struct HostileNumberTests {
    static let largest = "9223372036854775807"

    /// The ranges that an answer can claim.
    static let ranges = [
        "bytes 0-99/\(largest)", "bytes 0-\(largest)/\(largest)", "bytes 0-9223372036854775806/\(largest)",
        "bytes 0-99/9223372036854775808", "bytes \(largest)-\(largest)/\(largest)", "bytes 0--1/5", "bytes -0-1/5",
        "bytes 5-0/10", "bytes 0-10/10", "bytes 0-0/0", "bytes +0-0/1", "bytes 0-0/*", "items 0-0/1", "bytes", "", "-/",
        "bytes 0-99/1000/5",
    ]

    @Test("in the range of a download are an error of the service, or of the caller's limit", arguments: ranges)
    func contentRange(range: String) async throws {
        let body = Data(count: 100)
        for options in [
            BlobDownloadOptions(), BlobDownloadOptions(transfer: .init(partSize: 1)),
            BlobDownloadOptions(range: BlobRange(offset: 0, length: .max)),
        ] {
            let transport = MockTransport { _ in
                MockResponse(206, headers: ["Content-Range": range, "ETag": "\"1\""], body: body)
            }
            let blob = try Fixture(transport).blob
            let error = try await failure { _ = try await blob.download(upTo: 1 << 20, options: options) }
            #expect([.invalidResponse, .bodyTooLarge, .truncatedBody].contains(error.code))
            try await withTemporaryDirectory { directory in
                _ = try await failure { try await blob.download(to: directory + "/file", options: options) }
                #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
            }
            _ = try await failure {
                for try await _ in try await blob.downloadStream(options: options) {}
            }
        }
    }

    @Test(
        "in the length of a blob are an error before a resumable download begins",
        arguments: [largest, "9223372036854775808", "-1", "-9223372036854775808", "+5", "5 ", "abc", ""])
    func contentLength(length: String) async throws {
        let transport = MockTransport { request in
            request.method == .head
                ? MockResponse(200, headers: ["Content-Length": length, "ETag": "\"1\""])
                : MockResponse(416, body: errorBody("InvalidRange"))
        }
        let blob = try Fixture(transport).blob
        try await withTemporaryDirectory { directory in
            let error = try await failure { try await blob.downloadResumably(to: directory + "/file") }
            #expect([.invalidResponse, .invalidRange].contains(error.code))
            #expect(!FileManager.default.fileExists(atPath: directory + "/file"))
        }
    }

    @Test("in a journal are those of a journal that cannot be right, or are gone on with")
    func journal() {
        for (size, partSize) in [(Int64.max, Int64(1)), (.max, .max), (.max, 4_194_304_000), (0, 1), (-1, 1)] {
            let text = """
                {"blockPrefix":"P","partSize":\(partSize),"subject":{"blob":"b","format":1,"kind":"download",\
                "size":\(size),"source":"s"}}
                0 ff
                9223372036854775807 ff
                -1 ff

                """
            let journal = TransferJournal(Data(text.utf8))
            guard let journal else { continue }
            let count = journal.plan.count
            #expect(journal.parts.keys.allSatisfy { (0..<count).contains($0) })
        }
    }

    @Test("have parts, whatever the size of a part", arguments: [1, 2, 3, 4_194_304_000, .max] as [Int64])
    func plan(partSize: Int64) {
        let lengths: [Int64] = [.max, .max - 1, 1, 0]
        for length in lengths {
            let plan = TransferPlan(partSize: partSize, offset: 0, length: length)
            #expect((plan.count == 0) == (length == 0))
            guard plan.count > 0 else { continue }
            let (offset, size) = plan[plan.count - 1]
            #expect(size > 0 && size <= partSize && offset + size == length)
        }
    }

    @Test("of a caller are refused before anything is sent, or asked for as they are")
    func callersRange() async throws {
        let fixture = try Fixture(MockTransport { _ in MockResponse(416, body: errorBody("InvalidRange")) })
        for range in [BlobRange(offset: .max - 5), BlobRange(offset: .max), BlobRange(offset: .max - 5, length: 6)] {
            let error = try await failure {
                _ = try await fixture.blob.download(upTo: 10, options: BlobDownloadOptions(range: range))
            }
            #expect(error.code == .invalidRange || error.code == .invalidArgument)
        }
        #expect(BlobRange(offset: .max - 5, length: 8).description == "bytes=9223372036854775802-9223372036854775807")
        let sent = fixture.transport.requests.count
        for range in [
            BlobRange(offset: .max - 5, length: 7), BlobRange(offset: .min, length: .max), BlobRange(offset: -1),
            BlobRange(offset: 0, length: 0), BlobRange(offset: 0, length: .min), BlobRange(Int64.min..<Int64.max),
            BlobRange(Int64.min..<0),
        ] {
            #expect(!range.description.isEmpty)
            let error = try await failure {
                _ = try await fixture.blob.download(upTo: 10, options: BlobDownloadOptions(range: range))
            }
            #expect(error.code == .invalidArgument)
            _ = try await failure { try await fixture.blob.pageBlob.clear(range) }
        }
        #expect(fixture.transport.requests.count == sent)
    }

    @Test("in the place of a file are refused")
    func fileRange() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            try Data("abc".utf8).write(to: URL(fileURLWithPath: path))
            for (offset, length) in [
                (Int64.max, 5), (0, Int64.max), (-1, 5), (Int64.max - 1, Int64.max), (2, 2),
            ] as [(Int64, Int64)] {
                let body = HTTPBody(file: .init(path: path, offset: offset, length: length))
                let error = try await failure { _ = try await body.collect(upTo: .max) }
                #expect([.invalidArgument, .fileError].contains(error.code))
            }
            let body = HTTPBody(file: .init(path: path, offset: 0, length: 3))
            for size in [Int.min, 0, 1, .max] {
                #expect(try await body.chunks(ofSize: size).collect(upTo: 3) == Data("abc".utf8))
            }
        }
    }

    @Test(
        "of parts that are under way are refused",
        arguments: [TransferConcurrency(initial: .max - 1, maximum: .max), .atMost(.max)])
    func concurrency(concurrency: TransferConcurrency) async throws {
        let options = BlobTransferOptions(concurrency: concurrency)
        let fixture = try Fixture()
        let error = try await failure {
            _ = try await fixture.blob.download(upTo: 1, options: .init(transfer: options))
        }
        #expect(error.code == .invalidArgument)
        try await withTemporaryDirectory { directory in
            let upload = try await failure {
                try await fixture.blob.upload(stream: HTTPByteStream(Data([1])), options: .init(transfer: options))
            }
            #expect(upload.code == .invalidArgument)
        }
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("of entries make a page of a list an error, not a bomb")
    func entries() async throws {
        let bodies = [
            "<EnumerationResults><Blobs>" + String(repeating: "<Blob><Name>a</Name></Blob>", count: 60_000),
            "<EnumerationResults><Containers>"
                + String(repeating: "<Container><Name>a</Name></Container>", count: 60_000),
            "<PageList>"
                + String(repeating: "<PageRange><Start>0</Start><End>1</End></PageRange>", count: 60_000),
        ]
        for (index, body) in bodies.enumerated() {
            let fixture = try Fixture(MockResponse(200, body: body))
            let error = try await failure {
                switch index {
                case 0: for try await _ in fixture.container.listBlobs() {}
                case 1: for try await _ in fixture.service.listContainers() {}
                default: for try await _ in fixture.blob.pageBlob.pageRanges() {}
                }
            }
            #expect(error.code == .bodyTooLarge)
        }
        let found = try Fixture(MockResponse(200, body: bodies[0]))
        let error = try await failure { for try await _ in found.service.findBlobs(matching: "a = 'b'") {} }
        #expect(error.code == .bodyTooLarge)
    }

    @Test("leave the time that is left unknown")
    func timeLeft() {
        var rate = TransferRate()
        rate.note(0, at: .zero)
        rate.note(1, at: .seconds(1_000_000))
        #expect(rate.time(for: .max) == nil)
        #expect(rate.time(for: 1) != nil)
    }

    @Test("of encrypted blobs are an error", arguments: ["2.0", "2.1", "1.0"])
    func encrypted(version: String) async throws {
        let key = try LocalKeyEncryptionKey(id: "k", key: Data(count: 32))
        let prefix = version == "1.0" ? Data() : Data(version.utf8) + Data(count: 5)
        let wrapped = try key.wrap(prefix + Data(count: 32)).base64EncodedString()
        let algorithm = version == "1.0" ? "AES_CBC_256" : "AES_GCM_256"
        for regionSize in ["1", "4194304", "9223372036854775807", "9223372036854775806", "-1", "0"] {
            let metadata = """
                {"WrappedContentKey":{"KeyId":"k","EncryptedKey":"\(wrapped)","Algorithm":"A256KW"},\
                "EncryptionAgent":{"Protocol":"\(version)","EncryptionAlgorithm":"\(algorithm)"},\
                "ContentEncryptionIV":"\(Data(count: 16).base64EncodedString())",\
                "EncryptedRegionInfo":{"DataLength":\(regionSize),"NonceLength":12}}
                """
            for length in [Self.largest, "9223372036854775792", "9223372036854775800", "-16", "-29", "-4194332"] {
                for type in ["BlockBlob", "PageBlob"] {
                    let headers = [
                        "x-ms-meta-encryptiondata": metadata, "ETag": "\"1\"", "Content-Length": length,
                        "x-ms-blob-type": type,
                    ]
                    let count = Atomic(0)
                    let transport = MockTransport { request in
                        var headers = headers
                        guard count.add(1, ordering: .relaxed).newValue < 20 else { return MockResponse(404) }
                        guard request.method == .get else { return MockResponse(200, headers: headers) }
                        let first = request.header("x-ms-range")?.dropFirst(6).prefix { $0 != "-" } ?? "0"
                        headers["Content-Length"] = "16"
                        headers["Content-Range"] = "bytes \(first)-\((Int64(first) ?? 0) &+ 15)/\(length)"
                        return MockResponse(206, headers: headers, body: Data(count: 16))
                    }
                    let encryption = ClientSideEncryption(key: key, maximumRegionSize: .max)
                    let blob = try Fixture(transport).blob.encrypted(with: encryption)
                    for range in [
                        nil, BlobRange(offset: 0), BlobRange(offset: .max - 40), BlobRange(offset: 5, length: .max - 5),
                    ] {
                        let options = BlobDownloadOptions(range: range, transfer: .init(partSize: 16, concurrency: 1))
                        let error = try await failure { _ = try await blob.download(upTo: 1 << 20, options: options) }
                        #expect(error.code != .invalidArgument)
                    }
                }
            }
        }
    }
}
