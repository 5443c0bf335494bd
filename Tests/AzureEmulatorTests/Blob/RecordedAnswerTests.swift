import AzureCore
import AzureCrypto
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// Each case is an answer that the real service gave and that was recorded, unless it names another witness.
@Suite("The emulated Blob service answers as the real one did")
struct RecordedAnswerTests {
    private static let content = Data(repeating: 7, count: 512)
    private static let md5 = Data(Digest.of(content, .md5)).base64EncodedString()
    private static let crc64 = CRC64(of: content).data.base64EncodedString()

    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        return account
    }

    /// A write of a part: how it is sent, and with what besides the content.
    struct Part: Sendable, CustomTestStringConvertible {
        let name: String
        let path: String
        let query: String
        var fields: [(String, String)] = []

        var testDescription: String { name }
    }

    static let parts = [
        Part(name: "Put Block", path: "/box/blocks", query: "comp=block&blockid=YQ=="),
        Part(name: "Append Block", path: "/box/log", query: "comp=appendblock"),
        Part(
            name: "Put Page", path: "/box/disk", query: "comp=page",
            fields: [("x-ms-page-write", "update"), ("x-ms-range", "bytes=0-511")]),
    ]

    // With an MD5 in the request the official Python client's tests want both.

    @Test("A write of a part tells the CRC-64, and the MD5 when the request has one", arguments: parts)
    func checksums(_ part: Part) async throws {
        let account = try await account()
        try await account.makeLog()
        try await account.makePages()
        func send(_ fields: [(String, String)]) async throws -> BlobTestAnswer {
            let answer = try await account.send(.put, part.path, part.query, part.fields + fields, body: Self.content)
            #expect(answer.status == 201)
            return answer
        }
        let plain = try await send([])
        #expect(plain["x-ms-content-crc64"] == Self.crc64)
        #expect(plain["Content-MD5"] == nil)
        let checked = try await send([("Content-MD5", Self.md5)])
        #expect(checked["Content-MD5"] == Self.md5)
        #expect(checked["x-ms-content-crc64"] == Self.crc64)
        let other = try await send([("x-ms-content-crc64", Self.crc64)])
        #expect(other["x-ms-content-crc64"] == Self.crc64)
        // The documentation has the CRC-64 since version 2019-02-02.
        let old = try await send([("x-ms-version", "2018-11-09")])
        #expect(old["Content-MD5"] == Self.md5)
        #expect(old["x-ms-content-crc64"] == nil)
    }

    @Test("A part from a URL tells the same", arguments: parts)
    func checksumsFromURL(_ part: Part) async throws {
        let account = try await account()
        try await account.makeBlob("/box/source", Self.content)
        try await account.makeLog()
        try await account.makePages()
        let source = ("x-ms-copy-source", BlobTestAccount.url("/box/source?\(TestSAS().service("c", "box"))"))
        let fields = part.fields + [source, ("x-ms-source-range", "bytes=0-511")]
        let plain = try await account.send(.put, part.path, part.query, fields, body: Data())
        #expect(plain.status == 201)
        #expect(plain["x-ms-content-crc64"] == Self.crc64)
        #expect(plain["Content-MD5"] == nil)
        let checked = try await account.send(
            .put, part.path, part.query, fields + [("x-ms-source-content-md5", Self.md5)], body: Data())
        #expect(checked["Content-MD5"] == Self.md5)
    }

    @Test("Put Blob tells both checksums; Put Block List that of the list")
    func wholeBlobs() async throws {
        let account = try await account()
        let put = try await account.makeBlob("/box/a", Self.content)
        #expect(put["Content-MD5"] == Self.md5)
        #expect(put["x-ms-content-crc64"] == Self.crc64)
        let list = Data("<BlockList/>".utf8)
        let committed = try await account.send(.put, "/box/b", "comp=blocklist", body: list)
        #expect(committed["x-ms-content-crc64"] == CRC64(of: list).data.base64EncodedString())
        #expect(committed["Content-MD5"] == nil)
    }

    @Test(
        "A range that cannot be understood counts as none", arguments: ["bytes=-1-", "bytes=-2-497", "bytes=+1-2", ""])
    func unreadableRange(_ range: String) async throws {
        let account = try await account()
        try await account.makeBlob()
        for name in ["x-ms-range", "Range"] {
            let answer = try await account.send(.get, "/box/thing", "", [(name, range)])
            #expect(answer.outcome == "200")
            #expect(try await answer.text() == "0123456789")
        }
    }

    @Test("A write does not go on with a range that cannot be understood")
    func unreadableRangeOfWrite() async throws {
        let account = try await account()
        try await account.makePages()
        let fields = [("x-ms-page-write", "clear"), ("x-ms-range", "bytes=-1-")]
        let answer = try await account.send(.put, "/box/disk", "comp=page", fields, body: Data())
        #expect(answer.outcome == "400 InvalidHeaderValue")
    }

    @Test("A bad condition on the sequence number is bad input", arguments: ["le", "lt", "eq"], ["-1", "x", ""])
    func sequenceNumberConditions(_ name: String, _ value: String) async throws {
        let account = try await account()
        try await account.makePages()
        let fields = [
            ("x-ms-page-write", "clear"), ("x-ms-range", "bytes=0-511"), ("x-ms-if-sequence-number-\(name)", value),
        ]
        let answer = try await account.send(.put, "/box/disk", "comp=page", fields, body: Data())
        #expect(answer.outcome == "400 InvalidInput")
    }

    @Test("Restoring a container needs to know which")
    func undelete() async throws {
        let account = try await account()
        let answer = try await account.send(.put, "/other", "restype=container&comp=undelete", body: Data())
        #expect(answer.outcome == "400 MissingRequiredHeader")
    }

    @Test("Only block blobs have a tier")
    func tiers() async throws {
        let account = try await account()
        try await account.makeBlob()
        try await account.makePages()
        try await account.makeLog()
        for (path, tier) in [("/box/thing", "Hot"), ("/box/disk", nil), ("/box/log", nil)] as [(String, String?)] {
            let answer = try await account.send(.head, path)
            #expect(answer["x-ms-access-tier"] == tier)
            #expect((answer["x-ms-access-tier-inferred"] != nil) == (tier != nil))
        }
        let list = try await account.send(.get, "/box", "restype=container&comp=list").xml()
        let tiers = list.child("Blobs")?.children.map { $0.child("Properties")?.child("AccessTier")?.text ?? "" }
        #expect(tiers == ["", "", "Hot"])
    }

    @Test("A snapshot is given no tier")
    func snapshotTier() async throws {
        let account = try await account()
        try await account.makeBlob()
        let id = try #require(try await account.send(.put, "/box/thing", "comp=snapshot")["x-ms-snapshot"])
        let tier = [("x-ms-access-tier", "Cool")]
        #expect(
            try await account.send(.put, "/box/thing", "comp=tier&snapshot=\(id)", tier).outcome
                == "409 SnapshotsPresent")
        #expect(
            try await account.send(.put, "/box/thing", "comp=tier&snapshot=2020-01-01T00:00:00Z", tier).outcome
                == "404 BlobNotFound")
    }

    @Test("Header fields of a page blob are set with its sequence number in the answer")
    func pageBlobHeaders() async throws {
        let account = try await account()
        try await account.makePages("/box/disk", [("x-ms-blob-sequence-number", "7")])
        try await account.makeBlob()
        let fields = [("x-ms-blob-content-type", "a/b")]
        #expect(
            try await account.send(.put, "/box/disk", "comp=properties", fields)["x-ms-blob-sequence-number"] == "7")
        #expect(
            try await account.send(.put, "/box/thing", "comp=properties", fields)["x-ms-blob-sequence-number"] == nil)
    }

    // Public reports to another emulator of the service, and REST documentation of metadata: ASCII only.

    @Test("Metadata is ASCII; an empty MD5 of a blob is none")
    func reported() async throws {
        let account = try await account()
        let type = ("x-ms-blob-type", "BlockBlob")
        let metadata = try await account.send(
            .put, "/box/a", "", [type, ("x-ms-meta-u", "ü")], body: Data("x".utf8))
        #expect(metadata.outcome == "400 InvalidMetadata")
        let empty = try await account.send(
            .put, "/box/a", "", [type, ("x-ms-blob-content-md5", "")], body: Data("x".utf8))
        #expect(empty.outcome == "201")
    }

    // Public report to the official .NET client, and the official Python client's tests of uploads with a lease.

    @Test("Who holds the lease on a blob writes over it, also with the condition that there is none")
    func leaseAndNoneMatch() async throws {
        let account = try await account()
        try await account.makeBlob()
        let id = "11111111-2222-3333-4444-555555555555"
        let write = [("x-ms-blob-type", "BlockBlob"), ("If-None-Match", "*")]
        let named = write + [("x-ms-lease-id", id)]
        #expect(
            try await account.send(.put, "/box/thing", "", named, body: Data()).outcome
                == "412 LeaseNotPresentWithBlobOperation")
        try await account.send(
            .put, "/box/thing", "comp=lease",
            [("x-ms-lease-action", "acquire"), ("x-ms-lease-duration", "-1"), ("x-ms-proposed-lease-id", id)])
        #expect(try await account.send(.put, "/box/thing", "", write, body: Data()).outcome == "409 BlobAlreadyExists")
        #expect(try await account.send(.put, "/box/thing", "", named, body: Data()).outcome == "201")
    }

    // REST documentation, Put Block: the ids of a blob are of one size before they are encoded.

    @Test("Ids of blocks are bytes: of one length when decoded, and kept as they are")
    func blockIDs() async throws {
        let account = try await account()
        func stage(_ id: Data) async throws -> String {
            let query = "comp=block&blockid=\(PercentEncoding.encode(id.base64EncodedString()))"
            return try await account.send(.put, "/box/a", query, body: Data("x".utf8)).outcome
        }
        #expect(try await stage(Data("blockid".utf8)) == "201")
        #expect(try await stage(Data("blockid2".utf8)) == "400 InvalidBlobOrBlock")
        try await account.send(.put, "/box/a", "", [("x-ms-blob-type", "BlockBlob")], body: Data())
        let ids = [Data([0xFF, 0x80, 0x01]), Data([0xFE, 0x80, 0x01]), Data([0, 0, 0])]
        for id in ids { #expect(try await stage(id) == "201") }
        let list = "<BlockList>" + ids.map { "<Latest>\($0.base64EncodedString())</Latest>" }.joined() + "</BlockList>"
        #expect(try await account.send(.put, "/box/a", "comp=blocklist", body: Data(list.utf8)).outcome == "201")
        let blocks = try await account.send(.get, "/box/a", "comp=blocklist").xml()
        #expect(
            blocks.child("CommittedBlocks")?.children.map { $0.child("Name")?.text }
                == ids.map { $0.base64EncodedString() })
    }
}
