import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Testing

@Suite("A blob that must be new, and an answer that got lost")
struct UnansweredCreationTests {
    private static let lost = MockResponse.failure(HTTPTransportError(.connectionLost, "Gone."))
    private static let exists = MockResponse(409, body: errorBody("BlobAlreadyExists", "The specified blob exists."))

    /// The properties of a blob that a try at 03:04:05 made of "meow", with changes.
    private static func found(_ changes: [String: String?] = [:]) -> MockResponse {
        var headers = [
            "Date": "Fri, 02 Jan 2026 03:04:06 GMT", "x-ms-creation-time": "Fri, 02 Jan 2026 03:04:05 GMT",
            "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT", "ETag": "\"0x7\"", "Content-Length": "4",
            "Content-MD5": "SkvkDJasYxTpHZPzgEOmNA==", "Content-Type": "image/jpeg", "x-ms-blob-type": "BlockBlob",
            "x-ms-meta-Owner": "me", "x-ms-version-id": "v1", "x-ms-server-encrypted": "true",
        ]
        for (name, value) in changes { headers[name] = value }
        return MockResponse(200, headers: headers)
    }

    private static func upload(_ fixture: Fixture) async throws -> BlobInfo {
        try await fixture.blob.upload(
            Data("meow".utf8), options: .init(httpHeaders: .init(contentType: "image/jpeg"), metadata: ["owner": "me"]))
    }

    @Test("is the call's own when it is as the call would have made it")
    func own() async throws {
        let fixture = try Fixture(Self.lost, Self.exists, Self.found())
        let info = try await Self.upload(fixture)
        #expect(info.etag == "\"0x7\"")
        #expect(info.versionID == "v1")
        #expect(info.isServerEncrypted == true)
        #expect(info.lastModified?.date == OperationTests.date)
        let look = fixture.transport.requests[2]
        #expect(look.method == .head)
        #expect(look.path == "/pictures/cats/tom.jpg")
        #expect(look.header("If-None-Match") == nil)
    }

    @Test(
        "is somebody else's when anything about it differs",
        arguments: [
            ["Content-Length": "5"], ["Content-MD5": "j9tggB6dOaUoaqAd0fT08w=="], ["Content-Type": "image/png"],
            ["x-ms-meta-Owner": "you"], ["x-ms-meta-Other": "thing"], ["x-ms-blob-type": "AppendBlob"],
            ["x-ms-creation-time": "Fri, 02 Jan 2026 03:03:59 GMT"],
        ])
    func foreign(change: [String: String]) async throws {
        let fixture = try Fixture(Self.lost, Self.exists, Self.found(change))
        let error = try await failure { _ = try await Self.upload(fixture) }
        #expect(error.code == .blobAlreadyExists)
        #expect(error.message == "The specified blob exists.")
        #expect(error.earlierTryMayHaveActed)
    }

    @Test("may be anybody's when it cannot be told")
    func unknown() async throws {
        let answers = [
            MockResponse(403, headers: ["x-ms-error-code": "AuthorizationPermissionMismatch"]),
            MockResponse(404, headers: ["x-ms-error-code": "BlobNotFound"]),
            Self.found(["Content-MD5": nil]),
            Self.found(["x-ms-creation-time": nil, "Last-Modified": nil]),
        ]
        for answer in answers {
            let fixture = try Fixture(Self.lost, Self.exists, answer)
            let error = try await failure { _ = try await Self.upload(fixture) }
            #expect(error.code == .outcomeUnknown)
            #expect(error.message.hasPrefix("The blob exists, and an earlier try of this call"))
            #expect(error.status?.code == 409)
        }
    }

    @Test(
        "is not looked at when no earlier try can have made it",
        arguments: [
            [], [MockResponse(503, body: errorBody("ServerBusy"))],
            [.failure(HTTPTransportError(.cannotConnect, "Nobody there.", requestWasNotSent: true))],
        ] as [[MockResponse]])
    func notLookedAt(before: [MockResponse]) async throws {
        let fixture = try Fixture(MockTransport(before + [Self.exists]))
        let error = try await failure { _ = try await Self.upload(fixture) }
        #expect(error.code == .blobAlreadyExists)
        #expect(!error.earlierTryMayHaveActed)
        #expect(fixture.transport.requests.count == before.count + 1)
    }

    @Test("is not looked at when the call was to write a certain version of it")
    func otherConditions() async throws {
        let fixture = try Fixture(Self.lost, MockResponse(412, body: errorBody("ConditionNotMet")))
        let error = try await failure {
            try await fixture.blob.upload(Data("meow".utf8), options: .init(conditions: .init(ifMatch: "\"0x1\"")))
        }
        #expect(error.code == .conditionNotMet)
        #expect(error.earlierTryMayHaveActed)
        #expect(fixture.transport.requests.count == 2)
    }

    @Test("made of blocks is the call's own when it is made of the same blocks")
    func blocks() async throws {
        func list(_ names: String...) -> MockResponse {
            let blocks = names.map { "<Block><Name>\($0)</Name><Size>2</Size></Block>" }.joined()
            let document = "<BlockList><CommittedBlocks>\(blocks)</CommittedBlocks><UncommittedBlocks/></BlockList>"
            return MockResponse(200, body: document)
        }
        let refused = MockResponse(412, body: errorBody("ConditionNotMet"))
        let found = Self.found(["x-ms-meta-Owner": nil, "Content-MD5": nil])
        let own = try Fixture(Self.lost, refused, found, list("Yg==", "YQ=="))
        #expect(try await own.blob.blockBlob.commitBlockList(["b", "a"]).etag == "\"0x7\"")
        #expect(own.transport.requests[3].path == "/pictures/cats/tom.jpg?comp=blocklist&blocklisttype=committed")

        let foreign = try Fixture(Self.lost, refused, found, list("Yg==", "Yw=="))
        let error = try await failure { try await foreign.blob.blockBlob.commitBlockList(["b", "a"]) }
        #expect(error.code == .blobAlreadyExists)
    }

    @Test("of pages or for appending is the call's own when it has the size and the time")
    func emptyBlobs() async throws {
        let changes = ["x-ms-meta-Owner": nil, "Content-MD5": nil, "Content-Type": "application/octet-stream"]
        let pages = Self.found(changes.merging(["x-ms-blob-type": "PageBlob", "Content-Length": "512"]) { $1 })
        let page = try Fixture(Self.lost, Self.exists, pages)
        #expect(try await page.blob.pageBlob.create(size: 512).etag == "\"0x7\"")
        let larger = try Fixture(Self.lost, Self.exists, pages)
        let error = try await failure { try await larger.blob.pageBlob.create(size: 1024) }
        #expect(error.code == .blobAlreadyExists)

        // Others may have appended to it by now.
        let append = try Fixture(
            Self.lost, Self.exists, Self.found(changes.merging(["x-ms-blob-type": "AppendBlob"]) { $1 }))
        #expect(try await append.blob.appendBlob.createIfNotExists()?.etag == "\"0x7\"")
    }

    @Test("from a URL is the call's own when the digest of the source is known and the same")
    func fromURL() async throws {
        let url = "https://other.example/source"
        let found = Self.found(["x-ms-meta-Owner": "of the source"])
        let known = try Fixture(Self.lost, Self.exists, found)
        let digest = try #require(Data(base64Encoded: "SkvkDJasYxTpHZPzgEOmNA=="))
        let source = BlobCopySource(url: url, checksum: .md5(digest))
        #expect(try await known.blob.blockBlob.put(from: source).etag == "\"0x7\"")

        let unknown = try Fixture(Self.lost, Self.exists, found)
        let error = try await failure { try await unknown.blob.blockBlob.put(from: BlobCopySource(url: url)) }
        #expect(error.code == .outcomeUnknown)
    }

    @Test("is known by its content, in whatever form that was sent")
    func structuredBody() async throws {
        let fixture = try Fixture(Self.lost, Self.exists, Self.found(["x-ms-meta-Owner": nil]))
        let info = try await fixture.blob.blockBlob.put(HTTPBody("meow"), checksum: .structuredBody)
        #expect(info.etag == "\"0x7\"")
        #expect(fixture.transport.requests[0].header("x-ms-structured-body") != nil)
    }

    @Test("is looked at with the key that it would have")
    func customerKey() async throws {
        let key = try CustomerProvidedKey(aes256: Data(repeating: 7, count: 32))
        let fixture = try Fixture(Self.lost, Self.exists, Self.found(["x-ms-meta-Owner": nil]))
        _ = try? await fixture.blob.upload(Data("meow".utf8), options: .init(encryption: .init(customerKey: key)))
        let requests = fixture.transport.requests
        #expect(requests.count == 3)
        #expect(requests[2].header("x-ms-encryption-key") == Data(repeating: 7, count: 32).base64EncodedString())
        #expect(requests[2].header("x-ms-encryption-key-sha256") == requests[0].header("x-ms-encryption-key-sha256"))
        #expect(requests[2].header("x-ms-encryption-algorithm") == "AES256")
    }
}
