import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// The witness of each case is a live test of the official Python client, azure-storage-blob 12.31.1, whose assertions
/// were recorded against the real service. It is named above the case.
@Suite("Copies in the emulated Blob service are as the official Python client's tests want them")
struct OfficialCopyTests {
    private static let early = "Wed, 01 Jan 2025 00:00:00 GMT"
    private static let late = "Fri, 01 Jan 2027 00:00:00 GMT"
    private static let token = TestSAS(permissions: "rt").service("c", "box")
    private static let source = ("x-ms-copy-source", BlobTestAccount.url("/box/source?\(token)"))

    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob("/box/source", Data(count: 512), [("x-ms-tags", "a=1&b=2")])
        try await account.makeLog()
        try await account.makePages()
        return account
    }

    /// An operation that reads its source by a request of its own.
    enum Reading: CaseIterable, Sendable {
        case appendBlock, putBlob, putBlock, putPage, copy

        var path: String {
            switch self {
            case .appendBlock: "/box/log"
            case .putPage: "/box/disk"
            case .putBlob, .putBlock, .copy: "/box/new"
            }
        }

        var query: String {
            switch self {
            case .appendBlock: "comp=appendblock"
            case .putBlock: "comp=block&blockid=YQ=="
            case .putPage: "comp=page"
            case .putBlob, .copy: ""
            }
        }

        var fields: [(String, String)] {
            switch self {
            case .appendBlock, .putBlock: []
            case .putBlob: [("x-ms-blob-type", "BlockBlob")]
            case .putPage:
                [("x-ms-page-write", "update"), ("x-ms-range", "bytes=0-511"), ("x-ms-source-range", "bytes=0-511")]
            case .copy: [("x-ms-requires-sync", "true")]
            }
        }

        func send(_ account: BlobTestAccount, _ more: [(String, String)]) async throws -> BlobTestAnswer {
            try await account.send(.put, path, query, fields + more, body: Data())
        }
    }

    // test_append_block_from_url_with_source_if_modified, …_if_match, …_if_none_match;
    // test_upload_blob_from_url_if_match_condition.

    @Test("A condition about a source that is read makes it one that cannot be verified", arguments: Reading.allCases)
    func sourceConditions(_ reading: Reading) async throws {
        let account = try await account()
        let etag = try #require(try await account.send(.head, "/box/source")["ETag"])
        let failing = [
            ("x-ms-source-if-match", "0x111111111111111", "412"), ("x-ms-source-if-none-match", etag, "304"),
            ("x-ms-source-if-modified-since", Self.late, "304"), ("x-ms-source-if-unmodified-since", Self.early, "412"),
        ]
        for (name, value, status) in failing {
            let answer = try await reading.send(account, [Self.source, (name, value)])
            #expect(answer.outcome == "412 CannotVerifyCopySource")
            #expect(answer["x-ms-copy-source-status-code"] == status)
            #expect(answer["x-ms-copy-source-error-code"] == "ConditionNotMet")
        }
        let holding = [
            ("x-ms-source-if-match", etag), ("x-ms-source-if-none-match", "0x111111111111111"),
            ("x-ms-source-if-modified-since", Self.early), ("x-ms-source-if-unmodified-since", Self.late),
        ]
        for field in holding {
            #expect([201, 202].contains(try await reading.send(account, [Self.source, field]).status))
        }
    }

    // test_upload_blob_copy_source_error_and_status_code.

    @Test("The answer tells what the source answered", arguments: Reading.allCases)
    func sourceErrors(_ reading: Reading) async throws {
        let account = try await account()
        let unsigned = ("x-ms-copy-source", BlobTestAccount.url("/box/source"))
        let answer = try await reading.send(account, [unsigned])
        #expect(answer.outcome == "401 CannotVerifyCopySource")
        #expect(answer["x-ms-copy-source-status-code"] == "401")
        #expect(answer["x-ms-copy-source-error-code"] == "NoAuthenticationInformation")
        let error = try await answer.xml()
        #expect(error.child("CopySourceErrorCode")?.text == "NoAuthenticationInformation")
        let missing = ("x-ms-copy-source", BlobTestAccount.url("/box/missing?\(Self.token)"))
        let none = try await reading.send(account, [missing])
        #expect(none.outcome == "404 CannotVerifyCopySource")
        #expect(none["x-ms-copy-source-error-code"] == "BlobNotFound")
    }

    // REST documentation of the same operations, x-ms-copy-source-authorization.

    @Test("The source may be read with a token of its own", arguments: Reading.allCases)
    func sourceToken(_ reading: Reading) async throws {
        let account = try BlobTestAccount(tokens: ["secret"])
        try await account.makeContainer()
        try await account.makeBlob("/box/source", Data(count: 512))
        try await account.makeLog()
        try await account.makePages()
        let unsigned = ("x-ms-copy-source", BlobTestAccount.url("/box/source"))
        let token = ("x-ms-copy-source-authorization", "Bearer secret")
        #expect([201, 202].contains(try await reading.send(account, [unsigned, token]).status))
        let other = ("x-ms-copy-source-authorization", "Bearer other")
        #expect(try await reading.send(account, [unsigned, other]).outcome == "401 CannotVerifyCopySource")
    }

    // test_start_copy_from_url_with_tags_copy_tags, …_replace_tags; the permission is that of the REST documentation.

    @Test("Tags are taken over from the source, or replaced", arguments: [Reading.copy, .putBlob])
    func tags(_ reading: Reading) async throws {
        let account = try await account()
        func tags() async throws -> [String] {
            let xml = try await account.send(.get, "/box/new", "comp=tags").xml()
            return xml.child("TagSet")?.children.map { $0.children.map(\.text).joined(separator: "=") } ?? []
        }
        let copying = ("x-ms-copy-source-tag-option", "COPY")
        #expect([201, 202].contains(try await reading.send(account, [Self.source, copying]).status))
        #expect(try await tags() == ["a=1", "b=2"])
        #expect([201, 202].contains(try await reading.send(account, [Self.source, ("x-ms-tags", "c=3")]).status))
        #expect(try await tags() == ["c=3"])
        let both = try await reading.send(account, [Self.source, copying, ("x-ms-tags", "c=3")])
        #expect(both.outcome == "400 InvalidHeaderValue")
        let reader = TestSAS(permissions: "r").service("c", "box")
        let onlyRead = ("x-ms-copy-source", BlobTestAccount.url("/box/source?\(reader)"))
        #expect(try await reading.send(account, [onlyRead, copying]).outcome == "403 CannotVerifyCopySource")
    }

    // test_async_copy_blob_with_if_tags.

    @Test("A condition on tags has one code for the source and the destination of a copy")
    func tagConditions() async throws {
        let account = try await account()
        try await account.makeBlob("/box/new", Data(), [("x-ms-tags", "c=3")])
        let own = ("x-ms-copy-source", BlobTestAccount.url("/box/source"))
        for (name, tags, outcome) in [
            ("x-ms-source-if-tags", "\"a\"='2'", "412 ConditionNotMet"), ("x-ms-source-if-tags", "\"a\"='1'", "202"),
            ("x-ms-if-tags", "\"c\"='3'", "412 ConditionNotMet"),
        ] {
            #expect(try await account.send(.put, "/box/new", "", [own, (name, tags)], body: Data()).outcome == outcome)
        }
    }

    // test_incremental_copy_blob.

    @Test("An incremental copy is pending in the answer, and done for whoever asks then")
    func incrementalCopy() async throws {
        let account = try await account()
        let snapshot = try #require(try await account.send(.put, "/box/disk", "comp=snapshot")["x-ms-snapshot"])
        let source = ("x-ms-copy-source", BlobTestAccount.url("/box/disk?snapshot=\(snapshot)"))
        let answer = try await account.send(.put, "/box/backup", "comp=incrementalcopy", [source], body: Data())
        #expect(answer["x-ms-copy-status"] == "pending")
        let properties = try await account.send(.head, "/box/backup")
        #expect(properties["x-ms-copy-status"] == "success")
        #expect(properties["x-ms-copy-destination-snapshot"] != nil)
    }
}
