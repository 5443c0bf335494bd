import AzureCrypto
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Ranges and conditions of the emulated Blob service")
struct RangeAndConditionTests {
    private func account() async throws -> (BlobTestAccount, etag: String) {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        let put = try await account.makeBlob()
        return (account, try #require(put["ETag"]))
    }

    @Test(
        "A range gives its part, or the service's answer",
        arguments: [
            ("bytes=0-3", "206", "0123", "bytes 0-3/10"), ("bytes=4-4", "206", "4", "bytes 4-4/10"),
            ("bytes=7-", "206", "789", "bytes 7-9/10"), ("bytes=0-", "206", "0123456789", "bytes 0-9/10"),
            ("bytes=8-100", "206", "89", "bytes 8-9/10"), ("bytes=10-", "416 InvalidRange", nil, "bytes */10"),
            ("bytes=10-20", "416 InvalidRange", nil, "bytes */10"),
            ("bytes=9223372036854775807-", "416 InvalidRange", nil, "bytes */10"),
            ("bytes=0-9223372036854775807", "206", "0123456789", "bytes 0-9/10"),
            ("bytes=3-2", "200", "0123456789", nil), ("bytes=-3", "200", "0123456789", nil),
            ("bytes=a-b", "200", "0123456789", nil), ("items=0-1", "200", "0123456789", nil),
            ("bytes=0-1,3-4", "200", "0123456789", nil),
        ] as [(String, String, String?, String?)])
    func ranges(_ range: String, _ outcome: String, _ content: String?, _ contentRange: String?) async throws {
        let (account, _) = try await account()
        for name in ["x-ms-range", "Range"] {
            let answer = try await account.send(.get, "/box/thing", "", [(name, range)])
            #expect(answer.outcome == outcome)
            #expect(answer["Content-Range"] == contentRange)
            if let content {
                #expect(answer["Content-Length"] == String(content.utf8.count))
                #expect(try await answer.text() == content)
            }
        }
    }

    @Test("x-ms-range goes before Range")
    func precedence() async throws {
        let (account, _) = try await account()
        let answer = try await account.send(
            .get, "/box/thing", "", [("Range", "bytes=5-6"), ("x-ms-range", "bytes=0-1")])
        #expect(try await answer.text() == "01")
    }

    @Test("An empty blob has no range")
    func empty() async throws {
        let (account, _) = try await account()
        try await account.makeBlob("/box/empty", Data())
        #expect(try await account.send(.get, "/box/empty").data().isEmpty)
        #expect(
            try await account.send(.get, "/box/empty", "", [("x-ms-range", "bytes=0-")]).outcome == "416 InvalidRange")
    }

    @Test("A part has its own MD5 when asked for, and that of the whole under another name")
    func partMD5() async throws {
        let (account, _) = try await account()
        let answer = try await account.send(
            .get, "/box/thing", "", [("x-ms-range", "bytes=0-1"), ("x-ms-range-get-content-md5", "true")])
        #expect(answer["Content-MD5"] == Data(Digest.of(Data("01".utf8), .md5)).base64EncodedString())
        #expect(answer["x-ms-blob-content-md5"] == Data(Digest.of(Data("0123456789".utf8), .md5)).base64EncodedString())
    }

    private static let before = "Fri, 02 Jan 2026 03:04:04 GMT"
    private static let same = "Fri, 02 Jan 2026 03:04:05 GMT"

    @Test(
        "Reads honour conditions; ETAG stands for the blob's tag",
        arguments: [
            ([("If-Match", "ETAG")], "200"), ([("If-Match", "*")], "200"),
            ([("If-Match", "\"0x1\"")], "412 ConditionNotMet"), ([("If-Match", "\"0x1\", ETAG")], "200"),
            ([("If-None-Match", "ETAG")], "304 ConditionNotMet"), ([("If-None-Match", "\"0x1\"")], "200"),
            ([("If-None-Match", "*")], "400 UnsatisfiableCondition"),
            ([("If-Modified-Since", before)], "200"), ([("If-Modified-Since", same)], "304 ConditionNotMet"),
            ([("If-Unmodified-Since", same)], "200"), ([("If-Unmodified-Since", before)], "412 ConditionNotMet"),
            ([("If-None-Match", "ETAG"), ("If-Modified-Since", before)], "200"),
            ([("If-Match", "ETAG"), ("If-Unmodified-Since", before)], "412 ConditionNotMet"),
        ])
    func reads(_ conditions: [(String, String)], _ outcome: String) async throws {
        let (account, etag) = try await account()
        let headers = conditions.map { ($0.0, $0.1.replacing("ETAG", with: etag)) }
        for method in [HTTPRequest.Method.get, .head] {
            let answer = try await account.send(method, "/box/thing", "", headers)
            #expect(answer.outcome == outcome)
            if answer.status == 304 {
                #expect(answer["ETag"] == etag)
                #expect(try await answer.data().isEmpty)
            }
        }
    }

    @Test(
        "Writes honour conditions; ETAG stands for the blob's tag",
        arguments: [
            ([("If-Match", "ETAG")], "201", "412 ConditionNotMet"),
            ([("If-Match", "\"0x1\"")], "412 ConditionNotMet", "412 ConditionNotMet"),
            ([("If-None-Match", "*")], "409 BlobAlreadyExists", "201"),
            ([("If-None-Match", "ETAG")], "412 ConditionNotMet", "201"),
            ([("If-Modified-Since", before)], "201", "201"),
            ([("If-Modified-Since", same)], "412 ConditionNotMet", "201"),
            ([("If-Unmodified-Since", same)], "201", "201"),
            ([("If-Unmodified-Since", before)], "412 ConditionNotMet", "201"),
            (
                [("If-Match", "ETAG"), ("If-None-Match", "*")], "400 MultipleConditionHeadersNotSupported",
                "400 MultipleConditionHeadersNotSupported"
            ),
        ])
    func writes(_ conditions: [(String, String)], _ existing: String, _ missing: String) async throws {
        let (account, etag) = try await account()
        let headers = conditions.map { ($0.0, $0.1.replacing("ETAG", with: etag)) }
        let put = [("x-ms-blob-type", "BlockBlob")] + headers
        let body = Data("x".utf8)
        #expect(try await account.send(.put, "/box/thing", "", put, body: body).outcome == existing)
        #expect(try await account.send(.put, "/box/other", "", put, body: body).outcome == missing)
        let list = Data("<BlockList/>".utf8)
        #expect(try await account.send(.put, "/box/third", "comp=blocklist", headers, body: list).outcome == missing)
    }

    @Test("Deletion and changes honour a tag")
    func tags() async throws {
        let (account, etag) = try await account()
        let wrong = [("If-Match", "\"0x1\"")]
        #expect(try await account.send(.put, "/box/thing", "comp=metadata", wrong).outcome == "412 ConditionNotMet")
        #expect(try await account.send(.put, "/box/thing", "comp=properties", wrong).outcome == "412 ConditionNotMet")
        #expect(try await account.send(.delete, "/box/thing", "", wrong).outcome == "412 ConditionNotMet")
        // Without its quotation marks it is the same tag.
        let right = [("If-Match", etag.replacing("\"", with: ""))]
        #expect(try await account.send(.delete, "/box/thing", "", right).outcome == "202")
    }
}
