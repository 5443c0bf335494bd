import AzureCore
import AzureCrypto
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Blobs of the emulated Blob service")
struct BlobTests {
    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        return account
    }

    @Test("What was put is given back, with its header fields and metadata")
    func roundTrip() async throws {
        let account = try await account()
        let content = Data("Hello, world".utf8)
        let put = try await account.makeBlob(
            "/box/thing", content,
            [
                ("Content-Type", "text/plain"), ("x-ms-blob-content-encoding", "gzip"), ("Content-Language", "de"),
                ("x-ms-blob-content-disposition", "inline"), ("x-ms-blob-cache-control", "no-cache"),
                ("x-ms-meta-CamelCase", "Value 1"), ("x-ms-client-request-id", "my-id"),
            ])
        let md5 = Data(Digest.of(content, .md5)).base64EncodedString()
        #expect(put["Content-MD5"] == md5)
        #expect(put["x-ms-client-request-id"] == "my-id")
        #expect(put["x-ms-request-id"]?.isEmpty == false)
        let got = try await account.send(.get, "/box/thing")
        #expect(got.status == 200)
        #expect(try await got.data() == content)
        let expected = [
            "Content-Type": "text/plain", "Content-Encoding": "gzip", "Content-Language": "de",
            "Content-Disposition": "inline", "Cache-Control": "no-cache", "Content-MD5": md5, "Content-Length": "12",
            "x-ms-blob-type": "BlockBlob", "Accept-Ranges": "bytes", "ETag": put["ETag"],
            "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT", "x-ms-lease-state": "available",
        ]
        for (name, value) in expected { #expect(got[name] == value, "\(name)") }
        #expect(got.fields.contains { $0.name.rawName == "x-ms-meta-CamelCase" && $0.value == "Value 1" })
        let head = try await account.send(.head, "/box/thing")
        #expect(head["Content-Length"] == "12")
        #expect(head["x-ms-access-tier"] == "Hot")
        #expect(try await head.data().isEmpty)
    }

    @Test("Metadata and properties are replaced, each with a new ETag")
    func updates() async throws {
        let account = try await account()
        let put = try await account.makeBlob(
            "/box/thing", Data("x".utf8), [("x-ms-meta-a", "1"), ("Content-Type", "text/plain")])
        let metadata = try await account.send(.put, "/box/thing", "comp=metadata", [("x-ms-meta-b", "2")])
        #expect(metadata.status == 200)
        let properties = try await account.send(
            .put, "/box/thing", "comp=properties", [("x-ms-blob-content-language", "fr")])
        #expect(properties.status == 200)
        #expect(Set([put["ETag"], metadata["ETag"], properties["ETag"]]).count == 3)
        let head = try await account.send(.head, "/box/thing")
        #expect(head["x-ms-meta-a"] == nil)
        #expect(head["x-ms-meta-b"] == "2")
        #expect(head["Content-Language"] == "fr")
        #expect(head["Content-Type"] == "application/octet-stream")
        #expect(head["ETag"] == properties["ETag"])
        #expect(try await account.send(.get, "/box/thing", "comp=metadata")["x-ms-meta-b"] == "2")
    }

    @Test("A deleted blob is gone; one that never was is not found")
    func deletion() async throws {
        let account = try await account()
        try await account.makeBlob()
        #expect(try await account.send(.delete, "/box/thing").outcome == "202")
        #expect(try await account.send(.delete, "/box/thing").outcome == "404 BlobNotFound")
        #expect(try await account.send(.head, "/box/thing").outcome == "404 BlobNotFound")
        #expect(try await account.send(.get, "/box/thing").outcome == "404 BlobNotFound")
    }

    @Test("Names that differ only in how their characters are composed are two blobs")
    func names() async throws {
        let account = try await account()
        try await account.makeBlob("/box/%C3%A9", Data("1".utf8))
        try await account.makeBlob("/box/e%CC%81", Data("2".utf8))
        #expect(try await account.send(.get, "/box/%C3%A9").text() == "1")
        #expect(try await account.send(.get, "/box/e%CC%81").text() == "2")
    }

    @Test("A slash in a name may be encoded or not; empty segments count")
    func slashes() async throws {
        let account = try await account()
        try await account.makeBlob("/box/a/b", Data("1".utf8))
        try await account.makeBlob("/box/a//b", Data("2".utf8))
        #expect(try await account.send(.get, "/box/a%2Fb").text() == "1")
        #expect(try await account.send(.get, "/box/a//b").text() == "2")
    }

    /// A request that cannot be right, and the answer of the service.
    struct BadRequest: Sendable, CustomTestStringConvertible {
        let name: String
        var method: HTTPRequest.Method = .put
        var path = "/box/thing"
        var query = ""
        var headers: [(String, String)] = []
        var body: String? = "0123456789"
        let outcome: String

        var testDescription: String { name }
    }

    private static let blockBlob = ("x-ms-blob-type", "BlockBlob")

    static let badRequests = [
        BadRequest(name: "no blob type", outcome: "400 MissingRequiredHeader"),
        BadRequest(name: "unknown blob type", headers: [("x-ms-blob-type", "X")], outcome: "400 InvalidHeaderValue"),
        BadRequest(name: "no length", headers: [blockBlob], body: nil, outcome: "411 MissingContentLengthHeader"),
        BadRequest(
            name: "wrong MD5", headers: [blockBlob, ("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==")],
            outcome: "400 Md5Mismatch"),
        BadRequest(
            name: "MD5 that is none", headers: [blockBlob, ("Content-MD5", "AAAA")], outcome: "400 InvalidMd5"),
        BadRequest(
            name: "metadata without a name", headers: [blockBlob, ("x-ms-meta-", "1")], outcome: "400 EmptyMetadataKey"),
        BadRequest(
            name: "metadata with a name that is no identifier", headers: [blockBlob, ("x-ms-meta-a-b", "1")],
            outcome: "400 InvalidMetadata"),
        BadRequest(
            name: "metadata twice", headers: [blockBlob, ("x-ms-meta-a", "1"), ("x-ms-meta-A", "2")],
            outcome: "400 InvalidMetadata"),
        BadRequest(
            name: "too much metadata", headers: [blockBlob, ("x-ms-meta-a", String(repeating: "x", count: 8192))],
            outcome: "400 MetadataTooLarge"),
        BadRequest(
            name: "unknown tier", headers: [blockBlob, ("x-ms-access-tier", "Warm")], outcome: "400 InvalidHeaderValue"),
        BadRequest(
            name: "too long a name", path: "/box/" + String(repeating: "a", count: 1025), headers: [blockBlob],
            outcome: "400 OutOfRangeInput"),
        BadRequest(
            name: "no container", path: "/bin/thing", headers: [blockBlob], outcome: "404 ContainerNotFound"),
        BadRequest(
            name: "lease id without a lease",
            headers: [blockBlob, ("x-ms-lease-id", "00000000-0000-4000-8000-000000000001")],
            outcome: "412 LeaseNotPresentWithBlobOperation"),
        BadRequest(name: "unknown operation", query: "comp=nonsense", outcome: "400 InvalidQueryParameterValue"),
        BadRequest(
            name: "a blob with an end without a hierarchical namespace", query: "comp=expiry",
            outcome: "400 HierarchicalNamespaceNotEnabled"),
        BadRequest(
            name: "method that the resource has not", method: .post, outcome: "405 UnsupportedHttpVerb"),
        BadRequest(name: "unknown snapshot", method: .get, query: "snapshot=2026-01-01", outcome: "404 BlobNotFound"),
        BadRequest(
            name: "container without restype", path: "/box", body: "", outcome: "400 MissingRequiredHeader"),
        BadRequest(
            name: "unknown resource type", method: .get, path: "/", query: "restype=x",
            outcome: "400 InvalidQueryParameterValue"),
        BadRequest(
            name: "nothing asked of the account", method: .get, path: "/", outcome: "400 MissingRequiredQueryParameter"),
        BadRequest(
            name: "list of no entries", method: .get, path: "/box", query: "restype=container&comp=list&maxresults=0",
            outcome: "400 OutOfRangeQueryParameterValue"),
        BadRequest(
            name: "list of so many as no number", method: .get, path: "/box",
            query: "restype=container&comp=list&maxresults=x", outcome: "400 InvalidQueryParameterValue"),
        BadRequest(
            name: "list with unknown parts", method: .get, path: "/box", query: "restype=container&comp=list&include=x",
            outcome: "400 InvalidQueryParameterValue"),
        BadRequest(
            name: "marker of another making", method: .get, path: "/box",
            query: "restype=container&comp=list&marker=abc", outcome: "400 OutOfRangeInput"),
        BadRequest(name: "block without id", query: "comp=block", outcome: "400 MissingRequiredQueryParameter"),
        BadRequest(
            name: "block with an id that is not base64", query: "comp=block&blockid=a",
            outcome: "400 InvalidQueryParameterValue"),
        BadRequest(
            name: "empty block", query: "comp=block&blockid=YWE%3D", body: "", outcome: "400 InvalidHeaderValue"),
        BadRequest(name: "block list that is no XML", query: "comp=blocklist", outcome: "400 InvalidXmlDocument"),
        BadRequest(
            name: "block list with a document type", query: "comp=blocklist",
            body: "<!DOCTYPE a [<!ENTITY b 'c'>]><BlockList><Latest>&b;</Latest></BlockList>",
            outcome: "400 InvalidXmlDocument"),
        BadRequest(
            name: "block list with an unknown block", query: "comp=blocklist",
            body: "<BlockList><Latest>YWE=</Latest></BlockList>", outcome: "400 InvalidBlockList"),
        BadRequest(
            name: "condition that is no date", headers: [blockBlob, ("If-Modified-Since", "yesterday")],
            outcome: "400 InvalidHeaderValue"),
    ]

    @Test("A request that cannot be right gets the service's answer and changes nothing", arguments: badRequests)
    func badRequest(_ test: BadRequest) async throws {
        let account = try await account()
        let answer = try await account.send(
            test.method, test.path, test.query, test.headers, body: test.body.map { Data($0.utf8) })
        #expect(answer.outcome == test.outcome)
        let list = try await account.send(.get, "/box", "restype=container&comp=list&include=uncommittedblobs").xml()
        #expect(list.child("Blobs")?.children.isEmpty == true)
    }

    @Test("A body of another length than announced is not stored", arguments: [9, 11, 3 * 1024 * 1024])
    func shortBody(_ length: Int64) async throws {
        let account = try await account()
        let answer = try await account.send(
            .put, "/box/thing", "", [Self.blockBlob], stream: .init(Data("0123456789".utf8)), length: length)
        #expect(answer.status == 400)
        #expect(try await account.send(.get, "/box/thing").outcome == "404 BlobNotFound")
    }
}
