import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Testing

@Suite("What each operation sends, and what comes of the answer")
struct OperationTests {
    /// One operation: what is called, what the service answers, what has to be sent.
    struct Sent: Sendable, CustomTestStringConvertible {
        var name: String
        var method: String
        var path: String
        var status: Int
        var headers: [String: String] = [:]
        var run: @Sendable (Fixture) async throws -> Void

        var testDescription: String { name }
    }

    static let date = Date(timeIntervalSince1970: 1_767_323_045)
    static let operations: [Sent] = [
        Sent(
            name: "create container", method: "PUT", path: "/pictures?restype=container", status: 201,
            headers: ["x-ms-meta-Owner": "me", "x-ms-blob-public-access": "blob", "Content-Length": "0"],
            run: { try await $0.container.create(options: .init(metadata: ["Owner": "me"], publicAccess: .blob)) }),
        Sent(
            name: "delete container", method: "DELETE", path: "/pictures?restype=container", status: 202,
            headers: ["x-ms-lease-id": "l", "If-Unmodified-Since": "Fri, 02 Jan 2026 03:04:05 GMT"],
            run: {
                try await $0.container.delete(
                    options: .init(conditions: .init(ifUnmodifiedSince: .init(date), leaseID: "l")))
            }),
        Sent(
            name: "container properties", method: "GET", path: "/pictures?restype=container", status: 200,
            run: { _ = try await $0.container.properties() }),
        Sent(
            name: "set container metadata", method: "PUT", path: "/pictures?restype=container&comp=metadata",
            status: 200, headers: ["x-ms-meta-a": "b"], run: { try await $0.container.setMetadata(["a": "b"]) }),
        Sent(
            name: "blob properties", method: "HEAD", path: "/pictures/cats/tom.jpg", status: 200,
            headers: ["If-Match": "\"1\"", "x-ms-if-tags": "\"a\" = 'b'"],
            run: {
                _ = try await $0.blob.properties(
                    options: .init(conditions: .init(ifMatch: "\"1\"", ifTags: "\"a\" = 'b'")))
            }),
        Sent(
            name: "properties of a snapshot", method: "HEAD",
            path: "/pictures/cats/tom.jpg?snapshot=2026-01-01T00%3A00",
            status: 200, run: { _ = try await $0.blob.snapshot("2026-01-01T00:00").properties() }),
        Sent(
            name: "set blob metadata", method: "PUT", path: "/pictures/cats/tom.jpg?comp=metadata", status: 200,
            headers: ["x-ms-meta-a": "b"], run: { try await $0.blob.setMetadata(["a": "b"]) }),
        Sent(
            name: "set HTTP headers", method: "PUT", path: "/pictures/cats/tom.jpg?comp=properties", status: 200,
            headers: ["x-ms-blob-content-type": "image/jpeg", "x-ms-blob-cache-control": "no-store"],
            run: { try await $0.blob.setHTTPHeaders(.init(contentType: "image/jpeg", cacheControl: "no-store")) }),
        Sent(
            name: "set tier", method: "PUT", path: "/pictures/cats/tom.jpg?comp=tier", status: 202,
            headers: ["x-ms-access-tier": "Cool", "x-ms-rehydrate-priority": "High"],
            run: { try await $0.blob.setAccessTier(.cool, options: .init(rehydratePriority: .high)) }),
        Sent(
            name: "delete blob", method: "DELETE", path: "/pictures/cats/tom.jpg", status: 202,
            headers: ["x-ms-delete-snapshots": "include"],
            run: { try await $0.blob.delete(options: .init(snapshots: .include)) }),
        Sent(
            name: "delete version", method: "DELETE", path: "/pictures/cats/tom.jpg?versionid=v1", status: 202,
            run: { try await $0.blob.version("v1").delete() }),
        Sent(
            name: "undelete blob", method: "PUT", path: "/pictures/cats/tom.jpg?comp=undelete", status: 200,
            headers: ["Content-Length": "0"], run: { try await $0.blob.undelete() }),
        Sent(
            name: "account information", method: "GET", path: "/?restype=account&comp=properties", status: 200,
            run: { _ = try await $0.service.accountInformation() }),
        Sent(
            name: "put blob", method: "PUT", path: "/pictures/cats/tom.jpg", status: 201,
            headers: [
                "x-ms-blob-type": "BlockBlob", "Content-Length": "4", "If-None-Match": "*", "x-ms-tags": "a%20b=c%2Bd",
                "x-ms-access-tier": "Hot",
            ],
            run: {
                try await $0.blob.upload(Data("meow".utf8), options: .init(tags: ["a b": "c+d"], accessTier: .hot))
            }),
        Sent(
            name: "stage block", method: "PUT", path: "/pictures/cats/tom.jpg?comp=block&blockid=MQ%3D%3D", status: 201,
            headers: ["Content-Length": "4"],
            run: { try await $0.blob.blockBlob.stageBlock(id: "1", HTTPBody("meow")) }),
        Sent(
            name: "commit block list", method: "PUT", path: "/pictures/cats/tom.jpg?comp=blocklist", status: 201,
            headers: ["If-None-Match": "*"], run: { try await $0.blob.blockBlob.commitBlockList(["1", "2"]) }),
    ]

    @Test("method, path and header fields", arguments: operations)
    func sends(operation: Sent) async throws {
        let fixture = try Fixture(MockResponse(operation.status))
        try await operation.run(fixture)
        let request = try fixture.request()
        #expect(request.method.rawValue == operation.method)
        #expect(request.path == operation.path)
        for (name, value) in operation.headers { #expect(request.header(name) == value, "\(name)") }
        #expect(request.header("x-ms-version") == "2026-10-06")
        #expect(request.header("x-ms-client-request-id")?.isEmpty == false)
        #expect(request.header("Authorization")?.hasPrefix("SharedKey example:") == true)
        #expect(request.header("Range") == nil)
    }

    @Test("an error of the service comes out as it was sent", arguments: operations)
    func fails(operation: Sent) async throws {
        let fixture = try Fixture(
            MockResponse(
                403, headers: ["x-ms-request-id": "r1", "x-ms-error-code": "AuthorizationPermissionMismatch"],
                body: operation.method == "HEAD" ? "" : errorBody("AuthorizationPermissionMismatch", "Not for you.")))
        let error = try await failure { try await operation.run(fixture) }
        #expect(error.code == .authorizationPermissionMismatch)
        #expect(error.status?.code == 403)
        #expect(error.requestID == "r1")
        #expect(error.resource?.hasPrefix("https://example.blob.core.windows.net/") == true)
        #expect(error.operation != nil)
        if operation.method != "HEAD" { #expect(error.message == "Not for you.") }
    }

    @Test("the block list is XML of base64 names in their order")
    func blockListBody() async throws {
        let fixture = try Fixture(MockResponse(201))
        try await fixture.blob.blockBlob.commitBlockList(["b", "a"])
        let text = try fixture.request().text
        #expect(text.contains("<BlockList><Latest>Yg==</Latest><Latest>YQ==</Latest></BlockList>"))
    }

    @Test("the blocks of a blob are read by their names")
    func readsBlockList() async throws {
        let fixture = try Fixture(
            MockResponse(
                200,
                body: """
                    <?xml version="1.0"?><BlockList><CommittedBlocks><Block><Name>Yg==</Name><Size>7</Size></Block>
                    </CommittedBlocks><UncommittedBlocks/></BlockList>
                    """))
        let list = try await fixture.blob.blockBlob.blockList()
        #expect(list.committed == [.init(id: "b", size: 7)])
        #expect(list.uncommitted.isEmpty)
        #expect(try fixture.request().path == "/pictures/cats/tom.jpg?comp=blocklist&blocklisttype=all")
    }

    @Test("the properties of a blob are read from the header fields")
    func readsProperties() async throws {
        let fixture = try Fixture(
            MockResponse(
                200,
                headers: [
                    "Content-Length": "9", "ETag": "\"1\"", "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT",
                    "Content-Type": "text/plain", "Content-MD5": "AAAAAAAAAAAAAAAAAAAAAA==",
                    "x-ms-blob-type": "BlockBlob", "x-ms-meta-Owner": "me", "x-ms-lease-state": "available",
                    "x-ms-access-tier": "Hot", "x-ms-access-tier-inferred": "true", "x-ms-copy-id": "c",
                    "x-ms-copy-status": "pending", "x-ms-tag-count": "2", "x-ms-legal-hold": "false",
                    "x-ms-or-p_r": "complete", "x-ms-or-policy-id": "p",
                ]))
        let properties = try await fixture.blob.properties()
        #expect(properties.contentLength == 9)
        #expect(properties.etag == "\"1\"")
        #expect(properties.lastModified?.date == Self.date)
        #expect(properties.httpHeaders.contentType == "text/plain")
        #expect(properties.httpHeaders.contentMD5 == Data(count: 16))
        #expect(properties.blobType == .blockBlob)
        #expect(properties.metadata["Owner"] == "me")
        #expect(properties.lease.state == .available)
        #expect(properties.tier.accessTier == .hot)
        #expect(properties.tier.isInferred == true)
        #expect(properties.copy?.status == .pending)
        #expect(properties.tagCount == 2)
        #expect(properties.immutability.hasLegalHold == false)
        #expect(properties.replicationStatus == ["p_r": "complete"])
    }

    @Test("a snapshot says how it is called, and is not made twice when the answer is lost")
    func snapshot() async throws {
        let made = try Fixture(MockResponse(201, headers: ["x-ms-snapshot": "2026-01-01T00:00:00.0000000Z"]))
        #expect(try await made.blob.createSnapshot().snapshot == "2026-01-01T00:00:00.0000000Z")
        let lost = try Fixture(.failure(HTTPTransportError(.connectionLost, "Gone.")), MockResponse(201))
        let error = try await failure { try await lost.blob.createSnapshot() }
        #expect(error.code == .connectionLost)
        #expect(lost.transport.requests.count == 1)
    }

    @Test("a lost answer is asked for again, where acting twice is acting once")
    func retries() async throws {
        let fixture = try Fixture(
            .failure(HTTPTransportError(.connectionLost, "Gone.")), MockResponse(503, body: errorBody("ServerBusy")),
            MockResponse(200))
        try await fixture.blob.setMetadata([:])
        #expect(fixture.transport.requests.count == 3)
    }

    @Test("a container is made if it does not exist, and the answer says so")
    func createIfNotExists() async throws {
        let fixture = try Fixture(
            MockResponse(201), MockResponse(409, body: errorBody("ContainerAlreadyExists")),
            MockResponse(409, body: errorBody("ContainerBeingDeleted")))
        #expect(try await fixture.container.createIfNotExists())
        #expect(try await !fixture.container.createIfNotExists())
        let error = try await failure { try await fixture.container.createIfNotExists() }
        #expect(error.code == .containerBeingDeleted)
    }

    @Test("a container that is being deleted is waited for, within a deadline")
    func waitsForDeletion() async throws {
        let deleting = MockResponse(409, body: errorBody("ContainerBeingDeleted"))
        let fixture = try Fixture(deleting, deleting, MockResponse(201))
        let wait = WaitOptions(
            timeout: .seconds(60), pollInterval: .seconds(5), timeSource: fixture.clock.timeSource)
        #expect(try await fixture.container.createIfNotExists(waitingWhileBeingDeleted: wait))
        #expect(fixture.clock.sleeps == [.seconds(5), .seconds(5)])

        let never = try Fixture(MockTransport { _ in deleting })
        let error = try await failure {
            try await never.container.create(
                waitingWhileBeingDeleted: WaitOptions(timeout: .seconds(20), timeSource: never.clock.timeSource))
        }
        #expect(error.code == .deadlineExceeded)
    }

    @Test("only a snapshot or version is deleted for good, which is said before anything is sent")
    func refusesToDeleteBlobsForGood() async throws {
        let fixture = try Fixture()
        let error = try await failure { try await fixture.blob.delete(options: .init(isPermanent: true)) }
        #expect(error.code == .invalidArgument)
        #expect(error.message.contains("cats/tom.jpg"))
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("a tier is not changed under conditions that the operation does not know")
    func refusesConditionsOfTiers() async throws {
        let fixture = try Fixture()
        let error = try await failure {
            try await fixture.blob.setAccessTier(.cool, options: .init(conditions: .init(ifMatch: "\"1\"")))
        }
        #expect(error.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("what does not exist is no error where it is asked for")
    func absent() async throws {
        let missing = MockResponse(404, headers: ["x-ms-error-code": "BlobNotFound"])
        let fixture = try Fixture(missing, missing, missing, missing)
        #expect(try await !fixture.blob.exists())
        #expect(try await !fixture.blob.deleteIfExists())
        #expect(try await !fixture.container.exists())
        #expect(try await !fixture.container.deleteIfExists())
    }
}
