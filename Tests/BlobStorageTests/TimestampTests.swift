import AzureAuth
import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import BlobStorage

@Suite("Timestamps of blobs")
struct TimestampTests {
    private static let policies = """
        <SignedIdentifiers><SignedIdentifier><Id>a</Id><AccessPolicy><Start>2019-10-12T04:25:01.1234567Z</Start>\
        <Expiry>2030-10-12</Expiry><Permission>r</Permission></AccessPolicy></SignedIdentifier></SignedIdentifiers>
        """

    @Test("an access policy that was read is written back to the last of its seven digits, as the service recorded it")
    func accessPolicies() async throws {
        let fixture = try Fixture(MockResponse(200, body: Self.policies), MockResponse(200))
        let policy = try await fixture.container.accessPolicy()
        #expect(policy.storedPolicies.first?.startsOn?.text == "2019-10-12T04:25:01.1234567Z")
        #expect(policy.storedPolicies.first?.expiresOn?.date == Date(timeIntervalSince1970: 1_917_993_600))
        _ = try await fixture.container.setAccessPolicy(storedPolicies: policy.storedPolicies)
        #expect(fixture.transport.requests[1].text.hasSuffix(Self.policies))
    }

    @Test("a time of change goes back into a condition as it came, also when it cannot be read")
    func conditions() async throws {
        for text in ["Fri, 02 Jan 2026 03:04:05 GMT", "Fri, 2 Jan 2026 03:04:05 UTC", "some time"] {
            let fixture = try Fixture(
                MockResponse(200, headers: ["Last-Modified": text, "x-ms-blob-type": "BlockBlob"]), MockResponse(202))
            let properties = try await fixture.blob.properties()
            #expect(properties.lastModified?.text == text)
            try await fixture.blob.delete(options: .init(conditions: .init(ifUnmodifiedSince: properties.lastModified)))
            #expect(fixture.transport.requests[1].header("If-Unmodified-Since") == text)
        }
    }

    @Test("a list keeps the text of a date that cannot be read, and the blob with it")
    func lists() async throws {
        let fixture = try Fixture(
            MockResponse(
                200,
                body: """
                    <EnumerationResults><Blobs><Blob><Name>a</Name><Properties>\
                    <Creation-Time>Fri, 02 Jan 2026 03:04:05 GMT</Creation-Time><Last-Modified>some time</Last-Modified>\
                    <ImmutabilityPolicyUntilDate>Fri, 02 Jan 2026 03:04:05 GMT</ImmutabilityPolicyUntilDate>\
                    <BlobType>BlockBlob</BlobType></Properties></Blob></Blobs><NextMarker/></EnumerationResults>
                    """))
        var found: [BlobItem] = []
        for try await blob in fixture.container.listBlobs() { found.append(blob) }
        #expect(found.first?.properties.createdOn == "2026-01-02T03:04:05Z")
        #expect(found.first?.properties.createdOn?.text == "Fri, 02 Jan 2026 03:04:05 GMT")
        #expect(found.first?.properties.lastModified?.text == "some time")
        #expect(found.first?.properties.immutability.policy?.expiresOn?.date == OperationCase.date)
    }

    @Test("a condition that cannot stand in a header field is refused before anything is sent")
    func injection() async throws {
        let fixture = try Fixture()
        let error = try await failure {
            try await fixture.blob.delete(options: .init(conditions: .init(ifModifiedSince: "x\r\nx-ms-evil: 1")))
        }
        #expect(error.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("a delegation key's times are signed as the service wrote them")
    func delegationKey() async throws {
        let document = ServiceTests.keyDocument
            .replacingOccurrences(of: "2026-01-02T03:04:05Z", with: "2026-01-02T03:04:05.1000000Z")
        let fixture = try Fixture(MockResponse(200, body: document))
        let key = try await fixture.service.userDelegationKey(expiresOn: ServiceTests.end)
        let url = try fixture.blob.signedURL(permissions: .read, expiresOn: ServiceTests.end, signedWith: key)
            .absoluteString
        #expect(url.contains("skt=2026-01-02T03%3A04%3A05.1000000Z&"))
    }
}
