import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Synchronization
import Testing

@Suite("Copies, append blobs and page blobs")
struct CopyTests {
    static func properties(_ status: String, _ more: [String: String] = [:]) -> MockResponse {
        MockResponse(
            200,
            headers: ["x-ms-copy-id": "c-1", "x-ms-copy-status": status, "x-ms-copy-progress": "1/2"]
                .merging(more) { $1 })
    }

    @Test("waiting for a copy looks until it is done, and tells how far it is")
    func waitForCopy() async throws {
        let fixture = try Fixture(Self.properties("pending"), Self.properties("pending"), Self.properties("success"))
        let seen = Mutex<[String]>([])
        let properties = try await fixture.blob.waitForCopy(
            "c-1", options: WaitOptions(pollInterval: .seconds(2), timeSource: fixture.clock.timeSource)
        ) { steps in
            for await copy in steps {
                seen.withLock { $0.append("\(copy.status?.rawValue ?? "") \(copy.progress ?? "")") }
            }
        }
        #expect(properties.copy?.status == .success)
        #expect(seen.withLock { $0 } == ["pending 1/2", "pending 1/2", "success 1/2"])
        #expect(fixture.transport.requests.count == 3)
    }

    @Test(
        "waiting for a copy that comes to nothing is an error that says why",
        arguments: [
            (properties("failed", ["x-ms-copy-status-description": "404 NotFound"]), "CopyFailed", "404 NotFound"),
            (properties("aborted"), "CopyAborted", "aborted"),
            (properties("success", ["x-ms-copy-id": "other"]), "CopyIdMismatch", "c-1"),
            (MockResponse(200), "NoPendingCopyOperation", "Nothing"),
        ])
    func failedCopy(answer: MockResponse, code: String, words: String) async throws {
        let fixture = try Fixture(answer)
        let error = try await failure { try await fixture.blob.waitForCopy("c-1") }
        #expect(error.code.rawValue == code)
        #expect(error.message.contains(words))
        #expect(error.resource == "https://example.blob.core.windows.net/pictures/cats/tom.jpg")
    }

    @Test("a copy that takes too long is an error, and goes on")
    func slowCopy() async throws {
        let fixture = try Fixture(MockTransport { _ in Self.properties("pending") })
        let error = try await failure {
            try await fixture.blob.waitForCopy(
                options: WaitOptions(timeout: .seconds(9), timeSource: fixture.clock.timeSource))
        }
        #expect(error.code == .deadlineExceeded)
        #expect(fixture.transport.requests.count == 3)
    }

    @Test("what does not say where it appends is not sent twice")
    func appendOnce() async throws {
        let lost = MockResponse.failure(HTTPTransportError(.connectionLost, "It broke."))
        let unsafe = try Fixture(lost)
        _ = try await failure { try await unsafe.blob.appendBlob.append(HTTPBody(Data("x".utf8))) }
        #expect(unsafe.transport.requests.count == 1)

        let safe = try Fixture(lost, MockResponse(201, headers: ["x-ms-blob-append-offset": "4"]))
        let info = try await safe.blob.appendBlob.append(
            HTTPBody(Data("x".utf8)), options: AppendBlobOptions(position: 4))
        #expect(info.offset == 4)
        #expect(safe.transport.requests.count == 2)
    }

    @Test("creating a blob that exists is an error, or nothing")
    func createExisting() async throws {
        let answer = MockResponse(409, body: errorBody("BlobAlreadyExists"))
        let error = try await failure { try await Fixture(answer).blob.appendBlob.create() }
        #expect(error.code == .blobAlreadyExists)
        #expect(try await Fixture(answer).blob.appendBlob.createIfNotExists() == nil)
        let condition = MockResponse(412, body: errorBody("ConditionNotMet"))
        let other = try await failure { try await Fixture(condition).blob.pageBlob.create(size: 512) }
        #expect(other.code == .blobAlreadyExists)
    }

    @Test("all pages of a list of ranges are read")
    func rangePages() async throws {
        func list(_ start: Int, _ marker: String) -> MockResponse {
            MockResponse(
                200,
                body: "<PageList><PageRange><Start>\(start)</Start><End>\(start + 511)</End></PageRange>"
                    + "<NextMarker>\(marker)</NextMarker></PageList>")
        }
        let fixture = try Fixture(list(0, "m"), list(1024, ""))
        var offsets: [Int64] = []
        for try await range in fixture.blob.pageBlob.pageRanges() { offsets.append(range.offset) }
        #expect(offsets == [0, 1024])
        #expect(fixture.transport.requests[1].query["marker"] == "m")
    }

    @Test(
        "a list of ranges that makes no sense is an error",
        arguments: [
            "<PageList><PageRange><Start>5</Start></PageRange></PageList>",
            "<PageList><PageRange><Start>5</Start><End>4</End></PageRange></PageList>",
            "<PageList><PageRange><Start>-1</Start><End>4</End></PageRange></PageList>",
            "<PageList><PageRange><Start>0</Start><End>9223372036854775807</End></PageRange></PageList>",
            "<PageList><PageRange><Start>a</Start><End>b</End></PageRange></PageList>", "<Other/>", "<PageList>",
        ])
    func wrongRanges(document: String) async throws {
        let fixture = try Fixture(MockResponse(200, body: document))
        let error = try await failure { for try await _ in fixture.blob.pageBlob.pageRanges() {} }
        #expect(error.code == .invalidResponse)
    }

    @Test("a source shows no secrets")
    func redactedSource() {
        let source = BlobCopySource(url: "https://x.example/y?sv=1&sig=secret", bearerToken: "secret")
        var dumped = ""
        dump(source, to: &dumped)
        for text in ["\(source)", String(reflecting: source), dumped] {
            #expect(!text.contains("secret"))
            #expect(text.contains("x.example"))
        }
    }

    @Test("a source made of a client has the client's signature and snapshot")
    func sourceOfClient() throws {
        let blob = try BlobClient(url: "https://example.blob.core.windows.net/c/b?sv=1&sig=s")
        #expect(BlobCopySource(blob).url == "https://example.blob.core.windows.net/c/b?sv=1&sig=s")
        #expect(
            BlobCopySource(blob.snapshot("t")).url == "https://example.blob.core.windows.net/c/b?snapshot=t&sv=1&sig=s")
    }

    /// What is refused before anything is sent.
    struct Refused: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var words: String
        var run: @Sendable (BlobClient) async throws -> Void
    }

    static let source = BlobCopySource(url: "https://x.example/y")
    static let pages = HTTPBody(Data(count: 512))
    static let refused: [Refused] = [
        Refused(testDescription: "an empty append", words: "empty") {
            try await $0.appendBlob.append(HTTPBody(Data()))
        },
        Refused(testDescription: "an append of more than 100 MiB", words: "104857600") {
            try await $0.appendBlob.append(HTTPBody(file: .init(path: "/x", offset: 0, length: 100 << 20 + 1)))
        },
        Refused(testDescription: "an append from a range of more than 100 MiB", words: "104857600") {
            var source = Self.source
            source.range = BlobRange(offset: 0, length: 104_857_601)
            try await $0.appendBlob.append(from: source)
        },
        Refused(testDescription: "an append at a negative position", words: "-1") {
            try await $0.appendBlob.append(pages, options: .init(position: -1))
        },
        Refused(testDescription: "an append to a snapshot", words: "snapshot") {
            try await $0.snapshot("t").appendBlob.append(pages)
        },
        Refused(testDescription: "a page blob of 100 bytes", words: "512") {
            try await $0.pageBlob.create(size: 100)
        },
        Refused(testDescription: "a page blob of more than 8 TiB", words: "8796093022208") {
            try await $0.pageBlob.create(size: (8 << 40) + 512)
        },
        Refused(testDescription: "a page blob of a negative size", words: "-512") {
            try await $0.pageBlob.resize(to: -512)
        },
        Refused(testDescription: "pages at an odd offset", words: "512") {
            try await $0.pageBlob.upload(pages, at: 100)
        },
        Refused(testDescription: "pages of an odd length", words: "512") {
            try await $0.pageBlob.upload(HTTPBody(Data(count: 100)), at: 0)
        },
        Refused(testDescription: "pages of more than 4 MiB", words: "4194304") {
            try await $0.pageBlob.upload(HTTPBody(Data(count: 4_194_816)), at: 0)
        },
        Refused(testDescription: "no pages", words: "at least one byte") {
            try await $0.pageBlob.upload(HTTPBody(Data()), at: 0)
        },
        Refused(testDescription: "pages from a URL without a range", words: "range") {
            try await $0.pageBlob.upload(from: Self.source, at: 0)
        },
        Refused(testDescription: "clearing up to the end", words: "length") {
            try await $0.pageBlob.clear(BlobRange(offset: 0))
        },
        Refused(testDescription: "a negative sequence number", words: "-1") {
            try await $0.pageBlob.setSequenceNumber(.update(-1))
        },
        Refused(testDescription: "a reversed range of pages", words: "at least one byte") {
            for try await _ in $0.pageBlob.pageRanges(options: .init(range: BlobRange(offset: 9, length: -2))) {}
        },
        Refused(testDescription: "a page of a list with 10,001 ranges", words: "10000") {
            for try await _ in $0.pageBlob.pageRanges(options: .init(pageSize: 10_001)) {}
        },
        Refused(testDescription: "an incremental copy of no snapshot", words: "snapshot") {
            try await $0.pageBlob.startIncrementalCopy(from: Self.source)
        },
        Refused(testDescription: "a copy from nowhere", words: "no URL") {
            try await $0.startCopy(from: BlobCopySource(url: ""))
        },
        Refused(testDescription: "a copy from a URL with a line break", words: "x-ms-copy-source") {
            try await $0.startCopy(from: BlobCopySource(url: "https://x.example/\r\nAuthorization: x"))
        },
        Refused(testDescription: "a range of a source that is copied whole", words: "range") {
            try await $0.copy(from: BlobCopySource(url: "https://x.example/y", range: BlobRange(offset: 1)))
        },
        Refused(testDescription: "a token for an asynchronous copy", words: "bearerToken") {
            try await $0.startCopy(from: BlobCopySource(url: "https://x.example/y", bearerToken: "t"))
        },
        Refused(testDescription: "an MD5 of 3 bytes", words: "16 bytes") {
            try await $0.appendBlob.append(pages, options: .init(checksum: .md5(Data(count: 3))))
        },
        Refused(testDescription: "a CRC-64 of 9 bytes", words: "8 bytes") {
            try await $0.pageBlob.upload(pages, at: 0, options: .init(checksum: .crc64(Data(count: 9))))
        },
        Refused(testDescription: "aborting a copy without an id", words: "empty") { try await $0.abortCopy("") },
        Refused(testDescription: "an immutability policy without an end", words: "date") {
            try await $0.appendBlob.create(
                options: .init(immutability: .init(policy: .init(expiresOn: nil, mode: .locked))))
        },
        Refused(testDescription: "a block from a URL with an empty name", words: "1 to 64 bytes") {
            try await $0.blockBlob.stageBlock(id: "", from: Self.source)
        },
    ]

    @Test("what cannot be is refused before anything is sent", arguments: refused)
    func refuses(case refused: Refused) async throws {
        let fixture = try Fixture(MockTransport { _ in MockResponse(500) })
        let error = try await failure { try await refused.run(fixture.blob) }
        #expect(error.code == .invalidArgument)
        #expect(error.message.contains(refused.words), "\(error.message)")
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("a token for a source is only sent over https")
    func tokenOverPlainHTTP() async throws {
        let fixture = try Fixture(MockTransport { _ in MockResponse(500) }, endpoint: "http://127.0.0.1:1/example")
        let error = try await failure {
            try await fixture.blob.copy(from: BlobCopySource(url: "https://x.example/y", bearerToken: "t"))
        }
        #expect(error.message.contains("https"))
        #expect(fixture.transport.requests.isEmpty)
    }
}
