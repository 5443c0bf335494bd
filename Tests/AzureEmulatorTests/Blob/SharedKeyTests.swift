import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Shared Key of the emulated Blob service")
struct SharedKeyTests {
    /// A request that the official Python client signed on 2 January 2026.
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        let method: HTTPRequest.Method
        let path: String
        let headers: [(String, String)]
        let account: String
        let signature: String

        var testDescription: String { name }
    }

    private static let common = [
        ("x-ms-date", "Fri, 02 Jan 2026 03:04:05 GMT"), ("x-ms-version", "2026-10-06"),
    ]

    static let vectors = [
        Vector(
            name: "list of containers", method: .get, path: "/?comp=list", headers: common, account: "myaccount",
            signature: "U/NJ4B9bvFRY84fZbW37ZIZtnTUtp6Az96YzfkyBy2c="),
        Vector(
            name: "many query parameters", method: .get,
            path: "/mycontainer?restype=container&comp=list&prefix=a%2Fb%20c&delimiter=%2F"
                + "&include=metadata%2Csnapshots&maxresults=50", headers: common, account: "myaccount",
            signature: "5OddaSU7ANTvq8x+/Dv+qmNgeFET2mcmoQ3sy3ZMpko="),
        Vector(
            name: "path with percent-encoded Unicode", method: .get,
            path: "/mycontainer/dir/caf%C3%A9%20%E2%82%AC%2Bplus%2Fslash.txt",
            headers: common + [("x-ms-range", "bytes=0-1023")], account: "myaccount",
            signature: "qs7m0911UK1jN6Znv4UGXiNh3lcbSIcHK17CbDlkPKk="),
        Vector(
            name: "upload", method: .put, path: "/mycontainer/myblob.txt",
            headers: common + [
                ("Content-Length", "11"), ("Content-Type", "text/plain; charset=UTF-8"),
                ("Content-MD5", "sQqNsWTgdUEFt6mb5y4/5Q=="), ("x-ms-blob-type", "BlockBlob"),
                ("x-ms-meta-name", "value"), ("x-ms-client-request-id", "00000000-0000-0000-0000-000000000001"),
            ], account: "myaccount", signature: "y16Np5dB67v7ob0oD7vHDi3EgHxapkO1RvxeeVTS4Ro="),
        Vector(
            name: "empty body", method: .put, path: "/mycontainer?restype=container",
            headers: common + [("Content-Length", "0")], account: "myaccount",
            signature: "eybthVNpvxqWxhX5EKWInxmh553q6dgbuc/PDiWSlqE="),
        Vector(
            name: "conditions", method: .get, path: "/mycontainer/b",
            headers: common + [
                ("If-Match", "\"0x8D1\""), ("If-None-Match", "*"),
                ("If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT"),
                ("If-Unmodified-Since", "Fri, 02 Jan 2026 00:00:00 GMT"),
            ], account: "myaccount", signature: "kVIyJa67YX0fAa2xuZKaOjVyjQq6wP4Uvnm9lUIKUpI="),
        Vector(
            name: "header names with hyphens and underscores", method: .put, path: "/mycontainer/b",
            headers: common + [
                ("Content-Length", "0"), ("x-ms-meta-ab", "1"), ("x-ms-meta-a-c", "2"), ("x-ms-meta-a_b", "3"),
                ("x-ms-meta-a1", "4"), ("x-ms-meta-a", "5"), ("x-ms-blob-type", "AppendBlob"),
                ("x-ms-blob-content-type", "text/plain"), ("x-ms-blobx", "6"),
            ], account: "myaccount", signature: "pJDy2sff0xAHLAFdoITVX0f1bJVtojuRQ8PifcFuHVQ="),
        Vector(
            name: "path with the account", method: .get,
            path: "/devstoreaccount1/mycontainer/my%20blob?comp=metadata",
            headers: common, account: "devstoreaccount1", signature: "2Q5jZXhS2+fqXbvcaX/ijEeyqcYl7P+u4vmxHWWs2uA="),
        Vector(
            name: "no version", method: .delete, path: "/mycontainer/b?snapshot=2026-01-01T10:20:30.1234567Z",
            headers: [common[0], ("Content-Length", "0")], account: "myaccount",
            signature: "mTOEBqXGPmLrxpVFc+F1wwqxf7hyZNwpZMlG4KNbI0M="),
    ]

    private func verifier(account: String = "myaccount") throws -> SharedKeyVerifier {
        SharedKeyVerifier(account: account, key: try SigningKey(base64: BlobTestAccount.key))
    }

    private func request(_ vector: Vector) throws -> EmulatorRequest {
        try #require(
            EmulatorRequest(
                HTTPRequest(
                    method: vector.method, scheme: "https", authority: "\(vector.account).blob.core.windows.net",
                    path: vector.path, headerFields: HTTPFields(emulated: vector.headers))))
    }

    @Test("What the official Python client signed is accepted", arguments: vectors)
    func vector(_ vector: Vector) throws {
        try verifier(account: vector.account).verify(
            try request(vector), authorization: "SharedKey \(vector.account):\(vector.signature)",
            now: ManualClock().timeSource.now())
    }

    @Test("Header names may be in the order of the documentation or in that of the official clients")
    func orders() throws {
        let headers =
            ["ab", "a-c", "a_b", "a1", "a"].enumerated().map { ("x-ms-meta-\($1)", String($0 + 1)) } + Self.common
        let request = try request(
            Vector(name: "", method: .put, path: "/c/b", headers: headers, account: "myaccount", signature: ""))
        func order(_ rules: SharedKeyText.Rules) -> [String] {
            SharedKeyText(request, account: "myaccount", rules: rules).text.split(separator: "\n")
                .filter { $0.hasPrefix("x-ms-meta-") }.map { String($0.dropFirst(10).prefix { $0 != ":" }) }
        }
        #expect(order(.documentation) == ["a", "a-c", "a1", "a_b", "ab"])
        #expect(order(.officialClients) == ["a", "a_b", "a1", "ab", "a-c"])
    }

    @Test("The text of a request has every field in its place")
    func layout() throws {
        let headers = [
            ("Content-Encoding", "ce"), ("Content-Language", "cl"), ("Content-Length", "11"),
            ("Content-MD5", "md5"),
            ("Content-Type", "ct"), ("Date", "date"), ("If-Modified-Since", "ims"), ("If-Match", "im"),
            ("If-None-Match", "inm"), ("If-Unmodified-Since", "ius"), ("Range", "range"),
            ("x-ms-b", "two  words"),
            ("X-Ms-A", "1"),
        ]
        let request = try request(
            Vector(
                name: "", method: .put, path: "/c/b%20c?b=2&A=%2F&a=0", headers: headers, account: "acc",
                signature: ""))
        #expect(
            SharedKeyText(request, account: "acc", rules: .documentation).text
                == "PUT\nce\ncl\n11\nmd5\nct\ndate\nims\nim\ninm\nius\nrange\nx-ms-a:1\nx-ms-b:two words\n/acc/c/b%20c"
                + "\na:/,0\nb:2")
        #expect(
            SharedKeyText(request, account: "acc", rules: .officialClients).text.hasSuffix(
                "\nius\nrange\nx-ms-a:1\nx-ms-b:two  words\n/acc/c/b%20c\na:/\na:0\nb:2"))
    }

    @Test("A wrong key is refused with AuthenticationFailed and a detail, also where the container is missing")
    func wrongKey() async throws {
        let account = try BlobTestAccount()
        let answer = try await account.send(.get, "/box", "restype=container&comp=list", as: .wrongKey)
        #expect(answer.outcome == "403 AuthenticationFailed")
        let xml = try await answer.xml()
        #expect(xml.name == "Error")
        #expect(xml.child("Code")?.text == "AuthenticationFailed")
        #expect(xml.child("AuthenticationErrorDetail")?.text.contains("comp:list") == true)
        #expect(answer["Content-Type"] == "application/xml")
    }

    @Test("A request signed for another path is refused")
    func tampered() async throws {
        let account = try BlobTestAccount()
        var request = HTTPRequest(
            method: .delete, scheme: "http", authority: "h", path: "/devstoreaccount1/aaa?restype=container",
            headerFields: HTTPFields(emulated: [("x-ms-version", "2026-10-06")]))
        BlobTestAccount.sign(&request, key: BlobTestAccount.key, date: account.clock.timeSource.now())
        request.path = "/devstoreaccount1/bbb?restype=container"
        let answer = await account.service.respond(to: request, body: HTTPByteStream(Data()))
        #expect(BlobTestAnswer(answer).outcome == "403 AuthenticationFailed")
    }

    @Test(
        "A date up to 15 minutes off is accepted, more is refused",
        arguments: [(-900, 200), (-901, 403), (900, 200), (901, 403)])
    func skew(_ seconds: Int, _ status: Int) async throws {
        let account = try BlobTestAccount()
        let date = account.clock.timeSource.now().addingTimeInterval(Double(seconds))
        let answer = try await account.send(.get, "/", "comp=list", [("x-ms-date", RFC1123Date.format(date))])
        #expect(answer.status == status)
    }

    @Test(
        "Credentials that are out of form get the service's answer",
        arguments: [
            ("SharedKey devstoreaccount1", "400 InvalidAuthenticationInfo"),
            ("Basic abc", "400 InvalidAuthenticationInfo"),
            ("SharedKey other:c2ln", "403 AuthenticationFailed"),
            ("Bearer abc", "401 InvalidAuthenticationInfo"),
            ("SharedKey devstoreaccount1:c2ln", "403 AuthenticationFailed"),
        ])
    func malformed(_ authorization: String, _ outcome: String) async throws {
        let account = try BlobTestAccount()
        let date = RFC1123Date.format(account.clock.timeSource.now())
        let answer = try await account.send(
            .get, "/", "comp=list", [("Authorization", authorization), ("x-ms-date", date)], as: .none)
        #expect(answer.outcome == outcome)
    }

    @Test("A signed request without a date or with one that is none is refused", arguments: [nil, "2026-01-02"])
    func dates(_ date: String?) async throws {
        let account = try BlobTestAccount()
        let fields =
            [("Authorization", "SharedKey devstoreaccount1:c2ln")] + (date.map { [("x-ms-date", $0)] } ?? [])
        let answer = try await account.send(.get, "/", "comp=list", fields, as: .none)
        #expect(answer.outcome == "403 AuthenticationFailed")
    }

    @Test("The version is required, echoed and must be known")
    func versions() async throws {
        let account = try BlobTestAccount()
        let known = try await account.send(.get, "/", "comp=list", [("x-ms-version", "2020-04-08")])
        #expect(known.status == 200)
        #expect(known["x-ms-version"] == "2020-04-08")
        let unknown = try await account.send(.get, "/", "comp=list", [("x-ms-version", "2026-10-07")])
        #expect(unknown.outcome == "400 InvalidHeaderValue")
        var request = HTTPRequest(
            method: .get, scheme: "http", authority: "h", path: "/devstoreaccount1/?comp=list")
        BlobTestAccount.sign(&request, key: BlobTestAccount.key, date: account.clock.timeSource.now())
        let missing = await account.service.respond(to: request, body: HTTPByteStream(Data()))
        #expect(BlobTestAnswer(missing).outcome == "400 MissingRequiredHeader")
    }

    @Test("Without credentials nothing is said about what exists")
    func anonymous() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob()
        func outcome(_ path: String, version: Bool) async throws -> String {
            var request = HTTPRequest(
                method: .get, scheme: "http", authority: "h", path: "/devstoreaccount1\(path)")
            if version { request.headerFields = HTTPFields(emulated: [("x-ms-version", "2026-10-06")]) }
            return BlobTestAnswer(await account.service.respond(to: request, body: HTTPByteStream(Data()))).outcome
        }
        #expect(try await outcome("/box/thing", version: false) == "404 ResourceNotFound")
        #expect(try await outcome("/box/other", version: false) == "404 ResourceNotFound")
        #expect(try await outcome("/box/thing", version: true) == "401 NoAuthenticationInformation")
        #expect(try await outcome("/?comp=list", version: false) == "401 NoAuthenticationInformation")
    }
}
