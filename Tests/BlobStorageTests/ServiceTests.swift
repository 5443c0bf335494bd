import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Testing

@Suite("The service and its containers")
struct ServiceTests {
    static let end = Date(timeIntervalSince1970: 1_767_330_000)

    // MARK: Properties of the service

    @Test("a change of nothing is an empty document, and no rules are not the same as rules left alone")
    func smallChanges() async throws {
        let fixture = try Fixture(MockResponse(202), MockResponse(202))
        try await fixture.service.setProperties(BlobServiceProperties())
        try await fixture.service.setProperties(BlobServiceProperties(cors: []))
        let start = #"<?xml version="1.0" encoding="utf-8"?>"#
        #expect(
            fixture.transport.requests.map(\.text) == [
                "\(start)<StorageServiceProperties></StorageServiceProperties>",
                "\(start)<StorageServiceProperties><Cors></Cors></StorageServiceProperties>",
            ])
    }

    static let rule = CORSRule(allowedOrigins: ["*"], allowedMethods: ["GET"])
    static let refusedProperties: [BlobServiceProperties] = [
        .init(cors: Array(repeating: rule, count: 6)),
        .init(cors: [CORSRule(allowedOrigins: [], allowedMethods: ["GET"])]),
        .init(cors: [CORSRule(allowedOrigins: ["*"], allowedMethods: [])]),
        .init(cors: [CORSRule(allowedOrigins: ["a,b"], allowedMethods: ["GET"])]),
        .init(cors: [CORSRule(allowedOrigins: ["*"], allowedMethods: ["GET"], maxAge: .seconds(-1))]),
        .init(cors: [CORSRule(allowedOrigins: ["*"], allowedMethods: ["GET"], maxAge: .seconds(0.5))]),
        .init(cors: [
            CORSRule(
                allowedOrigins: ["*"], allowedMethods: ["GET"], maxAge: .seconds(Int64.max) + .seconds(Int64.max))
        ]),
        .init(deleteRetention: .days(0)), .init(deleteRetention: .days(366)),
        .init(deleteRetention: .init(isEnabled: true)),
        .init(hourMetrics: .init(isEnabled: true)), .init(logging: .init(version: "1.0\u{0}")),
        .init(staticWebsite: .init(isEnabled: true, indexDocument: "a", defaultIndexDocumentPath: "b")),
    ]

    @Test(
        "properties that the service could not take are refused before anything is sent", arguments: refusedProperties)
    func badProperties(properties: BlobServiceProperties) async throws {
        let fixture = try Fixture()
        let error = try await failure { try await fixture.service.setProperties(properties) }
        #expect(error.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test(
        "answers that are cut off, no XML, or something else are errors, never empty properties",
        arguments: [
            "", "<StorageServiceProperties><Logging>", "<html></html>", "hello",
            "<!DOCTYPE x [<!ENTITY a \"b\">]><StorageServiceProperties/>", "<EnumerationResults/>",
        ])
    func brokenAnswers(body: String) async throws {
        let fixture = try Fixture(MockTransport { _ in MockResponse(200, body: body) })
        let calls: [() async throws -> Void] = [
            { _ = try await fixture.service.properties() },
            { _ = try await fixture.service.statistics() },
            { _ = try await fixture.service.userDelegationKey(expiresOn: Self.end) },
            { _ = try await fixture.container.accessPolicy() },
        ]
        for call in calls {
            #expect(try await failure(of: call).code == .invalidResponse)
        }
        // A list whose root is right, though it has nothing in it, is an empty list.
        guard body != "<EnumerationResults/>" else { return }
        let error = try await failure { for try await _ in fixture.service.findBlobs(matching: "x") {} }
        #expect(error.code == .invalidResponse)
    }

    // MARK: User delegation

    static let keyDocument = """
        <UserDelegationKey><SignedOid>o</SignedOid><SignedTid>t</SignedTid><SignedStart>2026-01-02T03:04:05Z</SignedStart>
        <SignedExpiry>2026-01-03T03:04:05Z</SignedExpiry><SignedService>b</SignedService>
        <SignedVersion>2026-10-06</SignedVersion><Value>a2V5</Value></UserDelegationKey>
        """

    @Test("a user delegation key signs URLs of clients that have no account key")
    func userDelegation() async throws {
        let transport = MockTransport([MockResponse(200, body: Self.keyDocument)])
        let clock = ManualClock()
        let service = try BlobServiceClient(
            endpoint: "https://example.blob.core.windows.net", credential: .anonymous,
            options: BlobClientOptions(
                pipeline: PipelineOptions(transport: transport, timeSource: clock.timeSource)))
        let key = try await service.userDelegationKey(expiresOn: Self.end)
        #expect(transport.requests[0].text.contains("<Start>2026-01-02T03:04:05Z</Start>"))
        let container = service.container("pictures")
        let blob = container.blob("cats/tom.jpg")
        let url = try blob.signedURL(permissions: .read, expiresOn: Self.end, signedWith: key).absoluteString
        #expect(url.hasPrefix("https://example.blob.core.windows.net/pictures/cats/tom.jpg?"))
        #expect(url.contains("skoid=o&") && url.contains("sktid=t&") && url.contains("sig="))
        var sas = BlobSAS(container: "pictures", blob: "cats/tom.jpg", permissions: .read, expiresOn: Self.end)
        #expect(try url.hasSuffix("?" + sas.token(signedWith: key, accountName: "example")))
        let token = try container.sharedAccessSignature(
            permissions: [.list, .read], expiresOn: Self.end, signedWith: key)
        sas = BlobSAS(container: "pictures", permissions: [.list, .read], expiresOn: Self.end)
        #expect(try token == sas.token(signedWith: key, accountName: "example"))
        let listing = try container.signedURL(permissions: .read, expiresOn: Self.end, signedWith: key)
        #expect(listing.absoluteString.contains("sr=c&"))
        #expect(throws: AzureError.self) { try blob.signedURL(permissions: .read, expiresOn: Self.end) }
    }

    @Test("a key for no time, or for more than seven days, is refused", arguments: [-1.0, 0.0, 604_801.0])
    func delegationTimes(seconds: Double) async throws {
        let fixture = try Fixture()
        let start = OperationCase.date
        let error = try await failure {
            _ = try await fixture.service.userDelegationKey(
                startsOn: start, expiresOn: start.addingTimeInterval(seconds))
        }
        #expect(error.code == .invalidArgument)
    }

    @Test(
        "a key whose answer lacks something is an error",
        arguments: ["SignedOid", "SignedTid", "SignedStart", "SignedExpiry", "SignedService", "SignedVersion", "Value"])
    func incompleteKey(element: String) async throws {
        let fixture = try Fixture(
            MockResponse(200, body: Self.keyDocument.replacingOccurrences(of: element, with: "Other")))
        let error = try await failure { _ = try await fixture.service.userDelegationKey(expiresOn: Self.end) }
        #expect(error.code == .invalidResponse)
        #expect(error.message.contains("'\(element)'"))
    }

    @Test("an account's key signs for the account, and with a stored policy")
    func accountSignature() throws {
        let fixture = try Fixture()
        let token = try fixture.service.sharedAccessSignature(
            permissions: [.list, .read], resourceTypes: [.object, .service], expiresOn: Self.end
        ) { $0.protocol = .https }
        #expect(token.contains("sp=rl&") && token.contains("srt=so&") && token.contains("ss=b&"))
        #expect(token.contains("spr=https&"))
        let url = try fixture.blob.signedURL(storedPolicyID: "p").absoluteString
        #expect(url.contains("?sv=2026-10-06&si=p&sr=b&sig="))
        #expect(try fixture.container.sharedAccessSignature(storedPolicyID: "p").contains("si=p&sr=c&sig="))
    }

    // MARK: Containers

    @Test("access policies that the service could not take are refused")
    func badPolicies() async throws {
        let fixture = try Fixture()
        let wrong: [[StoredAccessPolicy]] = [
            (1...6).map { StoredAccessPolicy(id: "\($0)") }, [.init(id: "a"), .init(id: "a")], [.init(id: "")],
            [.init(id: String(repeating: "x", count: 65))],
        ]
        for policies in wrong {
            let error = try await failure { try await fixture.container.setAccessPolicy(storedPolicies: policies) }
            #expect(error.code == .invalidArgument)
        }
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("the names of both containers are looked at before one is renamed, and the version before one comes back")
    func badNames() async throws {
        let fixture = try Fixture()
        let calls: [() async throws -> Void] = [
            { try await fixture.container.rename(to: "No") },
            { try await fixture.service.container("No").rename(to: "images") },
            { try await fixture.service.undeleteContainer("pictures", version: "") },
            { try await fixture.service.undeleteContainer("", version: "v") },
        ]
        for call in calls { #expect(try await failure(of: call).code == .invalidArgument) }
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("a rename is not sent twice when its answer is lost, unless the caller says that is safe")
    func renameOnce() async throws {
        for isSafe in [false, true] {
            let fixture = try Fixture(.failure(HTTPTransportError(.connectionLost, "Gone.")), MockResponse(200))
            let options = ContainerRenameOptions(call: .init(isSafeToRetry: isSafe))
            let renamed = try? await fixture.container.rename(to: "images", options: options)
            #expect(renamed?.name == (isSafe ? "images" : nil))
            #expect(fixture.transport.requests.count == (isSafe ? 2 : 1))
        }
    }

    // MARK: Lists

    @Test("blobs that are found come page by page, from a token on")
    func findsInPages() async throws {
        func page(_ name: String, _ marker: String) -> MockResponse {
            MockResponse(
                200,
                body: "<EnumerationResults><Blobs><Blob><Name>\(name)</Name></Blob></Blobs><NextMarker>\(marker)"
                    + "</NextMarker></EnumerationResults>")
        }
        let fixture = try Fixture(page("a", "m1"), page("b", ""))
        var names: [String] = []
        for try await blob in fixture.container.findBlobs(
            matching: "x = 'y'", options: .init(continuationToken: "m0"))
        {
            names.append(blob.name)
        }
        #expect(names == ["a", "b"])
        #expect(fixture.transport.requests.map { $0.query["marker"] } == ["m0", "m1"])
        #expect(fixture.transport.requests.allSatisfy { $0.query["where"] == "x = 'y'" && $0.query["include"] == nil })
        let empty = try await failure { for try await _ in fixture.service.findBlobs(matching: "") {} }
        #expect(empty.code == .invalidArgument)
        let size = try await failure {
            for try await _ in fixture.service.findBlobs(matching: "x", options: .init(pageSize: 5001)) {}
        }
        #expect(size.code == .invalidArgument)
    }

    @Test("an account that does not know Arrow answers in XML, and that can be seen")
    func arrowFallback() async throws {
        let fixture = try Fixture(
            MockResponse(200, headers: ["Content-Type": "application/xml"], body: "<EnumerationResults/>"))
        let listing = try await fixture.container.listBlobsAsArrow()
        #expect(!listing.isArrow)
        let request = try fixture.request()
        #expect(request.header("Accept") == "application/vnd.apache.arrow.stream,application/xml")
        let error = try await failure { _ = try await listing.collect(upTo: 3) }
        #expect(error.code == .bodyTooLarge)
    }

    @Test("metadata that the service keeps encrypted is told apart")
    func encryptedMetadata() async throws {
        let fixture = try Fixture(
            MockResponse(
                200,
                body: """
                    <EnumerationResults><Blobs><Blob><Name>a</Name><Metadata Encrypted="secret"><k>v</k></Metadata></Blob>
                    <Blob><Name>b</Name><Metadata><k>v</k></Metadata></Blob></Blobs></EnumerationResults>
                    """))
        var seen: [String?] = []
        for try await blob in fixture.container.listBlobs() {
            seen.append(blob.encryptedMetadata)
            #expect(blob.properties.metadata == ["k": "v"])
        }
        #expect(seen == ["secret", nil])
    }

    @Test("the heads of answers, those of errors included, can be heard, tries that were repeated not")
    func hearsAnswers() async throws {
        let fixture = try Fixture(
            MockResponse(503, body: errorBody("ServerBusy")), MockResponse(404, headers: ["x-ms-request-id": "r"]))
        let (heads, continuation) = AsyncStream.makeStream(of: HTTPResponse.self)
        let call = CallOptions(onResponse: { continuation.yield($0) })
        #expect(try await !fixture.container.exists(options: call))
        continuation.finish()
        var infos: [ResponseInfo] = []
        for await head in heads { infos.append(ResponseInfo(head)) }
        #expect(infos.map(\.status.code) == [404])
        #expect(infos.map(\.requestID) == ["r"])
    }
}
