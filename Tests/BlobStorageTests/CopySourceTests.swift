import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

@Suite("What the service is shown of the source of a copy")
struct CopySourceTests {
    /// All operations that read a source before they answer, and so know a token for it.
    static let operations: [(name: String, run: @Sendable (BlobClient, BlobCopySource) async throws -> Void)] = [
        ("copy", { _ = try await $0.copy(from: $1) }),
        ("put", { _ = try await $0.blockBlob.put(from: $1) }),
        ("stageBlock", { _ = try await $0.blockBlob.stageBlock(id: "b", from: $1) }),
        ("append", { _ = try await $0.appendBlob.append(from: $1) }),
        (
            "upload",
            { target, source in
                var source = source
                source.range = BlobRange(offset: 0, length: 512)
                _ = try await target.pageBlob.upload(from: source, at: 0)
            }
        ),
    ]

    private static func service(
        _ transport: MockTransport, _ account: String, _ credential: StorageCredential, _ clock: ManualClock
    ) throws -> BlobServiceClient {
        try BlobServiceClient(
            endpoint: "https://\(account).blob.core.windows.net", credential: credential,
            options: BlobClientOptions(pipeline: PipelineOptions(transport: transport, timeSource: clock.timeSource)))
    }

    private static func key(_ account: String) throws -> StorageCredential {
        .sharedKey(try StorageSharedKey(accountName: account, key: Data("key".utf8).base64EncodedString()))
    }

    private struct OneToken: TokenCredential {
        func token(for request: TokenRequest) async throws -> AccessToken {
            AccessToken(token: "t-1", expiresOn: .distantFuture)
        }
    }

    private static let token = StorageCredential.token(OneToken())

    /// What was sent to copy between two clients.
    private static func sent(
        from source: StorageCredential, _ sourceAccount: String = "one", to target: StorageCredential,
        _ run: (BlobClient, BlobCopySource) async throws -> Void
    ) async throws -> MockTransport.Request {
        let transport = MockTransport { _ in MockResponse(500) }
        let created = MockTransport { request in
            let isCopy = !request.path.contains("comp=") && request.header("x-ms-blob-type") == nil
            return MockResponse(isCopy ? 202 : 201, headers: ["x-ms-copy-id": "c", "x-ms-copy-status": "success"])
        }
        let clock = ManualClock()
        let from = try service(transport, sourceAccount, source, clock).container("box").blob("a b")
        try await run(try service(created, "one", target, clock).container("box").blob("copy"), BlobCopySource(from))
        #expect(transport.requests.isEmpty)
        return try #require(created.requests.last)
    }

    private static func query(_ request: MockTransport.Request) throws -> [String: String] {
        let url = try #require(request.header("x-ms-copy-source"))
        let items = URLComponents(string: url)?.queryItems ?? []
        return Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
    }

    // The documentation of the REST operations: the source is public, or authorised with a shared access signature.
    @Test("a client with a key signs its URL for an hour, to read alone", arguments: 0..<operations.count)
    func signed(index: Int) async throws {
        let request = try await Self.sent(from: Self.key("one"), to: Self.key("one"), Self.operations[index].run)
        #expect(request.header("x-ms-copy-source")?.hasPrefix("https://one.blob.core.windows.net/box/a%20b?") == true)
        let query = try Self.query(request)
        #expect(query["sp"] == "r" && query["sr"] == "b" && query["sig"]?.isEmpty == false)
        let end = try #require(query["se"].flatMap { AzureTimestamp($0) }?.date)
        #expect(end == ManualClock().timeSource.now().addingTimeInterval(3600))
        #expect(request.header("x-ms-copy-source-authorization") == nil)
    }

    // The documentation of the REST operations: x-ms-copy-source-authorization, `Bearer` and a token.
    @Test("a client with a token sends it beside its URL", arguments: 0..<operations.count)
    func token(index: Int) async throws {
        let request = try await Self.sent(from: Self.token, to: Self.token, Self.operations[index].run)
        #expect(request.header("x-ms-copy-source") == "https://one.blob.core.windows.net/box/a%20b")
        #expect(request.header("x-ms-copy-source-authorization") == "Bearer t-1")
    }

    @Test("a client with a signature shows it, and one with nothing shows nothing")
    func others() async throws {
        let sas = try await Self.sent(from: .sas("sv=1&sig=s"), to: Self.key("one")) { try await $0.copy(from: $1) }
        #expect(sas.header("x-ms-copy-source")?.hasSuffix("/box/a%20b?sv=1&sig=s") == true)
        let none = try await Self.sent(from: .anonymous, to: Self.key("one")) { try await $0.copy(from: $1) }
        #expect(none.header("x-ms-copy-source") == "https://one.blob.core.windows.net/box/a%20b")
        #expect(none.header("x-ms-copy-source-authorization") == nil)
    }

    // The documentation of Copy Blob: within one account what authorises the request is enough, unless it is a
    // signature; it knows no token for its source, and gives up after two weeks.
    @Test("a copy in the service's own time needs a signature only for another account, or beside a signature")
    func startCopy() async throws {
        let within = try await Self.sent(from: Self.key("one"), to: Self.key("one")) {
            try await $0.startCopy(from: $1)
        }
        #expect(within.header("x-ms-copy-source") == "https://one.blob.core.windows.net/box/a%20b")
        let tokens = try await Self.sent(from: Self.token, to: Self.token) { try await $0.startCopy(from: $1) }
        #expect(tokens.header("x-ms-copy-source") == "https://one.blob.core.windows.net/box/a%20b")
        #expect(tokens.header("x-ms-copy-source-authorization") == nil)

        let across = try await Self.sent(from: Self.key("two"), "two", to: Self.key("one")) {
            try await $0.startCopy(from: $1)
        }
        let end = try Self.query(across)["se"].flatMap { AzureTimestamp($0) }?.date
        #expect(end == ManualClock().timeSource.now().addingTimeInterval(14 * 86_400))
        let beside = try await Self.sent(from: Self.key("one"), to: .sas("sv=1&sig=s")) {
            try await $0.startCopy(from: $1)
        }
        #expect(try Self.query(beside)["sig"] != nil)
    }

    @Test("a copy that cannot be told a token names the source and what to do instead, before anything is sent")
    func noWay() async throws {
        let error = try await failure {
            _ = try await Self.sent(from: Self.token, "two", to: Self.key("one")) { try await $0.startCopy(from: $1) }
        }
        #expect(error.code == .invalidArgument)
        for words in ["https://two.blob.core.windows.net/box/a%20b", "copy(from:)", "user delegation key"] {
            #expect(error.message.contains(words), "\(error.message)")
        }
    }

    @Test("what the caller says of a source comes first")
    func callersChoice() async throws {
        let token = try await Self.sent(from: Self.key("one"), to: Self.key("one")) { target, source in
            var source = source
            source.bearerToken = "mine"
            try await target.copy(from: source)
        }
        #expect(token.header("x-ms-copy-source-authorization") == "Bearer mine")
        #expect(token.header("x-ms-copy-source")?.contains("sig=") == false)
        let url = try await Self.sent(from: Self.key("one"), to: Self.key("one")) { target, source in
            var source = source
            source.url = "https://x.example/y"
            try await target.copy(from: source)
        }
        #expect(url.header("x-ms-copy-source") == "https://x.example/y")
    }

    @Test(
        "a source that the service cannot read is named, with what to do about it, and without its signature",
        arguments: [
            ("https://x.example/y", "BlobCopySource(client)"), ("https://x.example/y?sv=1&sig=secret", "expired"),
        ])
    func unreadable(url: String, words: String) async throws {
        let fixture = try Fixture(MockResponse(403, body: errorBody("CannotVerifyCopySource", "No")))
        let error = try await failure { try await fixture.blob.copy(from: BlobCopySource(url: url)) }
        #expect(error.code == .cannotVerifyCopySource && error.resource == fixture.blob.url.absoluteString)
        #expect(error.message.hasPrefix("No. The source is 'https://x.example/y'. "), "\(error.message)")
        #expect(error.message.contains(words) && !error.message.contains("secret"), "\(error.message)")
    }
}
