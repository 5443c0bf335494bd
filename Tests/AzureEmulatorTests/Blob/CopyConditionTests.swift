import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Conditions and sources of copies in the emulated Blob service")
struct CopyConditionTests {
    private static let source = ("x-ms-copy-source", BlobTestAccount.url("/box/source"))
    private static let lease = "11111111-2222-3333-4444-555555555555"

    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob("/box/source")
        try await account.makeBlob("/box/target")
        return account
    }

    private func copy(_ account: BlobTestAccount, _ fields: [(String, String)]) async throws -> String {
        try await account.send(.put, "/box/target", "", [Self.source] + fields, body: Data()).outcome
    }

    // Recorded answers of the service; for If-None-Match: * also a public report to another emulator of it, for tags the
    // official Python client's test_async_copy_blob_with_if_tags.

    @Test(
        "A condition that does not hold has a code that says which blob it is about",
        arguments: [
            ("If-None-Match", "*", "409 BlobAlreadyExists"), ("If-Match", "\"0x1\"", "412 TargetConditionNotMet"),
            ("If-Unmodified-Since", "Thu, 01 Jan 2026 00:00:00 GMT", "412 TargetConditionNotMet"),
            ("If-Modified-Since", "Sat, 03 Jan 2026 00:00:00 GMT", "412 TargetConditionNotMet"),
            ("x-ms-if-tags", "\"a\" = 'b'", "412 ConditionNotMet"), ("If-None-Match", "\"0x1\"", "202"),
            ("x-ms-source-if-match", "\"0x1\"", "412 SourceConditionNotMet"),
            ("x-ms-source-if-unmodified-since", "Thu, 01 Jan 2026 00:00:00 GMT", "412 SourceConditionNotMet"),
            ("x-ms-source-if-tags", "\"a\" = 'b'", "412 ConditionNotMet"),
        ])
    func conditions(_ name: String, _ value: String, _ outcome: String) async throws {
        #expect(try await copy(try await account(), [(name, value)]) == outcome)
    }

    @Test("The same holds while the caller waits, and for incremental copies")
    func otherCopies() async throws {
        let account = try await account()
        let token = TestSAS().service("b", "box/source")
        let source = ("x-ms-copy-source", BlobTestAccount.url("/box/source?\(token)"))
        let condition = ("If-Match", "\"0x1\"")
        let waiting = [source, ("x-ms-requires-sync", "true"), condition]
        #expect(
            try await account.send(.put, "/box/target", "", waiting, body: Data()).outcome
                == "412 TargetConditionNotMet")
        try await account.makePages()
        let snapshot = try #require(try await account.send(.put, "/box/disk", "comp=snapshot")["x-ms-snapshot"])
        let disk = ("x-ms-copy-source", BlobTestAccount.url("/box/disk?snapshot=\(snapshot)"))
        let incremental = try await account.send(
            .put, "/box/backup", "comp=incrementalcopy", [disk, condition], body: Data())
        #expect(incremental.outcome == "412 TargetConditionNotMet")
    }

    @Test(
        "A source that is missing in the account is a missing blob, whoever waits cannot verify it",
        arguments: ["/box/missing", "/none/missing"])
    func missingSource(_ path: String) async throws {
        let account = try await account()
        let source = ("x-ms-copy-source", BlobTestAccount.url(path))
        #expect(try await account.send(.put, "/box/a", "", [source], body: Data()).outcome == "404 BlobNotFound")
        let token = TestSAS().service("c", String(path.dropFirst().prefix { $0 != "/" }))
        let signed = ("x-ms-copy-source", BlobTestAccount.url("\(path)?\(token)"))
        let waiting = [signed, ("x-ms-requires-sync", "true")]
        #expect(
            try await account.send(.put, "/box/a", "", waiting, body: Data()).outcome == "404 CannotVerifyCopySource")
    }

    // REST documentation of Copy Blob and Copy Blob From URL, x-ms-lease-id: it must be that of an active lease without
    // end, and a finite one fails with 412.

    @Test(
        "A copy needs a lease without end on what is there",
        arguments: [
            ("60", true, "412 InfiniteLeaseDurationRequired"), ("60", false, "412 LeaseIdMissing"), ("-1", true, "202"),
            ("-1", false, "412 LeaseIdMissing"),
        ])
    func leases(_ duration: String, _ isNamed: Bool, _ outcome: String) async throws {
        let account = try await account()
        let fields = [
            ("x-ms-lease-action", "acquire"), ("x-ms-lease-duration", duration), ("x-ms-proposed-lease-id", Self.lease),
        ]
        #expect(try await account.send(.put, "/box/target", "comp=lease", fields, body: Data()).status == 201)
        #expect(try await copy(account, isNamed ? [("x-ms-lease-id", Self.lease)] : []) == outcome)
        // Any lease does for other writes.
        let put = [("x-ms-blob-type", "BlockBlob"), ("x-ms-lease-id", Self.lease)]
        #expect(try await account.send(.put, "/box/target", "", put, body: Data()).status == 201)
    }

    // REST documentation, Put Blob From URL: the source has 5,000 MiB at most.

    @Test("A source that is too large for one write is refused at once, and a large sparse one takes no room")
    func sparseSource() async throws {
        let account = try await account()
        try await account.makePages("/box/huge", length: 8 << 40)
        try await account.makePages("/box/large", length: 64 << 20)
        let token = TestSAS().service("c", "box")
        func put(_ name: String) async throws -> String {
            let source = ("x-ms-copy-source", BlobTestAccount.url("/box/\(name)?\(token)"))
            return try await account.send(
                .put, "/box/copy", "", [("x-ms-blob-type", "BlockBlob"), source], body: Data()
            ).outcome
        }
        #expect(try await put("huge") == "413 RequestBodyTooLarge")
        #expect(try await put("large") == "201")
        #expect(try await account.send(.head, "/box/copy")["Content-Length"] == String(64 << 20))
        let end = try await account.send(.get, "/box/copy", "", [("x-ms-range", "bytes=67108860-")]).data()
        #expect(end == Data(count: 4))
        // A copy by the service refers to the same pages, of which there are none.
        let source = ("x-ms-copy-source", BlobTestAccount.url("/box/huge"))
        #expect(try await account.send(.put, "/box/disk", "", [source], body: Data()).outcome == "202")
    }
}
