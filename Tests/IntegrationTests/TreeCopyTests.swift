import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Synchronization
import Testing

@Suite("Whole trees copied by the service", .timeLimit(.minutes(2)))
struct TreeCopyTests {
    private func withContainers(
        _ body: (TreeFixture, _ source: BlobContainerClient, _ target: BlobContainerClient) async throws -> Void
    ) async throws {
        try await TreeFixture.run { fixture in
            let source = fixture.container.service.container("source")
            try await source.create()
            for (name, text) in ["a": "1", "b/c": "22", "b/d.tmp": "3", "x": "4"] {
                try await source.blob(name).upload(
                    Data(text.utf8),
                    options: .init(
                        httpHeaders: .init(contentType: "text/plain", cacheControl: "no-cache"), metadata: ["n": text]))
            }
            try await source.blob("large").upload(TreeResumeTests.large, options: .init(metadata: ["n": "large"]))
            fixture.traffic.begin()
            try await body(fixture, source, fixture.container)
        }
    }

    @Test("content, header fields and metadata arrive, of large blobs in parts, and no content comes here")
    func copies() async throws {
        try await withContainers { fixture, source, target in
            let last = Mutex<TreeTransferProgress.Step?>(nil)
            let copy = TreeCopyOptions(singleShotLimit: 1000, partSize: 30_000)
            let report = try await target.copyTree(
                from: source, copy: copy, options: .init(exclude: ["*.tmp"], overwrite: .ifDifferent)
            ) { progress in
                for await step in progress { last.withLock { $0 = step } }
            }
            #expect(report.isSuccess && report.done.map(\.name).sorted() == ["a", "b/c", "large", "x"])
            #expect(last.withLock { $0?.total } == .init(files: 4, bytes: 100_004))
            #expect(last.withLock { $0?.done } == .init(files: 4, bytes: 100_004))
            #expect(fixture.traffic.all.count { $0.path.contains("comp=block&") } == 4)
            // Of the content nothing was sent and nothing read: there is only the list of the blocks.
            #expect(fixture.traffic.reads == 0 && fixture.traffic.bytesSent < 1000)
            #expect(try await target.blob("large").download(upTo: 100_000) == TreeResumeTests.large)
            #expect(try await target.blob("b/c").download(upTo: 10) == Data("22".utf8))
            let properties = try await target.blob("b/c").properties()
            #expect(properties.httpHeaders.contentType == "text/plain" && properties.metadata == ["n": "22"])
            #expect(properties.httpHeaders.cacheControl == "no-cache")
            #expect(try await target.blob("large").properties().metadata == ["n": "large"])

            let again = try await target.copyTree(
                from: source, copy: copy, options: .init(exclude: ["*.tmp"], overwrite: .ifDifferent))
            #expect(again.doneCount == 0 && again.skippedCount == 4)
        }
    }

    @Test(
        "a prefix chooses, and another takes the place of its directories",
        arguments: [
            ("b/", nil, ["b/c", "b/d.tmp"]), ("b/", "new/", ["new/c", "new/d.tmp"]), ("b/c", "n/", ["n/c"]),
            ("", "copy-", ["copy-a", "copy-b/c", "copy-b/d.tmp", "copy-large", "copy-x"]),
        ] as [(String, String?, [String])])
    func prefixes(prefix: String, to: String?, names: [String]) async throws {
        try await withContainers { fixture, source, target in
            let report = try await target.copyTree(from: source, prefix: prefix, to: to)
            #expect(report.isSuccess && report.done.map(\.name).sorted() == names)
            #expect(try await fixture.blobs() == names)
        }
    }

    @Test("blobs that the source does not have are deleted where that is wanted, nothing else")
    func deletes() async throws {
        try await withContainers { fixture, source, target in
            for name in ["n/gone", "n/c", "other", "n/keep.log"] {
                try await target.blob(name).upload(Data("old".utf8))
            }
            var options = TreeTransferOptions(
                exclude: ["*.log"], overwrite: .never, isDryRun: true, deletesExtra: true)
            let planned = try await target.copyTree(from: source, prefix: "b/", to: "n/", options: options)
            #expect(planned.deleted.map(\.name) == ["n/gone"] && planned.done.map(\.name) == ["n/d.tmp"])
            options.isDryRun = false
            let report = try await target.copyTree(from: source, prefix: "b/", to: "n/", options: options)
            #expect(report.isSuccess && report.deleted.map(\.name) == ["n/gone"])
            #expect(report.skipped.map(\.skipReason) == [.exists])
            #expect(try await fixture.blobs() == ["n/c", "n/d.tmp", "n/keep.log", "other"])
        }
    }

    @Test("page and append blobs fail and say what to do; a closure changes what copies get")
    func kinds() async throws {
        try await withContainers { _, source, target in
            try await source.blob("log").appendBlob.create()
            let report = try await target.copyTree(
                from: source, options: .init(include: ["log", "a"], beforeEach: { $0.metadata["m"] = "2" }))
            #expect(report.failed.map(\.name) == ["log"] && report.done.map(\.name) == ["a"])
            #expect(try await target.blob("a").properties().metadata == ["n": "1", "m": "2"])
        }
    }

    @Test("a tree is not copied onto itself")
    func itself() async throws {
        try await withContainers { fixture, source, _ in
            // The copies would be sources, or the sources extra.
            let inside = [("", "c/"), ("b/", ""), ("b/", "b/c/"), ("b/c/", "b/"), ("b/c", "b/c/")]
            for (prefix, to) in [("", nil), ("b/", nil), ("b/", "b/"), ("b/c", "b/")] + inside as [(String, String?)] {
                let error = await #expect(throws: AzureError.self) {
                    try await source.copyTree(
                        from: source, prefix: prefix, to: to, options: .init(deletesExtra: prefix.hasSuffix("/")))
                }
                #expect(error?.code == .invalidArgument)
            }
            #expect(fixture.traffic.all.isEmpty)
        }
    }

    /// A container of another account, which lists one blob.
    private static func source(_ credential: StorageCredential) throws -> BlobContainerClient {
        let transport = MockTransport { _ in
            MockResponse(
                200,
                body: "<EnumerationResults><Blobs><Blob><Name>ä b</Name><Properties><Etag>0x1</Etag>"
                    + "<Content-Length>5</Content-Length><Content-Type>text/x</Content-Type></Properties></Blob></Blobs>"
                    + "</EnumerationResults>")
        }
        return try BlobContainerClient(
            url: "https://first.blob.core.windows.net/box", credential: credential,
            options: .init(pipeline: PipelineOptions(transport: transport)))
    }

    private struct Token: TokenCredential {
        func token(for request: TokenRequest) async throws -> AccessToken {
            AccessToken(token: "secret", expiresOn: .now + 3600)
        }
    }

    // The REST documentation of Put Blob From URL: a source is read by its signature, or by a token in
    // x-ms-copy-source-authorization.
    @Test("the source is read by the credential of its client, in the version that was listed")
    func credentials() async throws {
        let key = try StorageSharedKey(accountName: "first", key: Data("key".utf8).base64EncodedString())
        let cases: [(StorageCredential, String?, Bool)] = [
            (.sharedKey(key), "sp=r", false), (try .sas("sv=1&sp=rl&sig=own"), "sig=own", false),
            (.token(Token()), nil, true), (.anonymous, nil, false),
        ]
        for (credential, query, hasToken) in cases {
            let transport = MockTransport { _ in MockResponse(201) }
            let target = try BlobContainerClient(
                url: "https://second.blob.core.windows.net/box", credential: .anonymous,
                options: .init(pipeline: PipelineOptions(transport: transport)))
            let report = try await target.copyTree(
                from: try Self.source(credential), copy: .init(accessTier: .cool), options: .init(overwrite: .always))
            #expect(report.isSuccess && report.doneBytes == 5, "\(report.failed)")
            let request = try #require(transport.requests.first)
            let source = try #require(request.header("x-ms-copy-source"))
            #expect(source.hasPrefix("https://first.blob.core.windows.net/box/%C3%A4%20b"))
            #expect(source.contains("?") == (query != nil) && (query.map { source.contains($0) } ?? true))
            #expect(request.header("x-ms-copy-source-authorization") == (hasToken ? "Bearer secret" : nil))
            #expect(request.header("x-ms-source-if-match") == "\"0x1\"")
            #expect(request.header("x-ms-blob-content-type") == "text/x")
            #expect(request.header("x-ms-access-tier") == "Cool" && request.body.isEmpty)
        }
    }
}
