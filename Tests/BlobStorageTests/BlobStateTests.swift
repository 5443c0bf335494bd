import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

@Suite("Tags, immutability and expiry of blobs")
struct BlobStateTests {
    @Test(
        "tags that the service could not take are refused before anything is sent",
        arguments: [
            ["": "v"], ["a\nb": "v"], ["ä": "v"], ["a": "v;"], ["a": "ö"],
            [String(repeating: "n", count: 129): "v"], ["n": String(repeating: "v", count: 257)],
            Dictionary(uniqueKeysWithValues: (0...10).map { ("n\($0)", "v") }),
        ])
    func badTags(tags: [String: String]) async throws {
        let fixture = try Fixture()
        let calls: [() async throws -> Void] = [
            { try await fixture.blob.setTags(tags) },
            { try await fixture.blob.upload(Data(), options: BlobUploadOptions(tags: tags)) },
        ]
        for call in calls {
            #expect(try await failure(of: call).code == .invalidArgument)
        }
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("tags at the limits are sent")
    func tagsAtTheLimits() async throws {
        let fixture = try Fixture(MockResponse(204))
        var tags = Dictionary(uniqueKeysWithValues: (0..<9).map { ("n\($0)", "") })
        tags[String(repeating: "n", count: 128)] = String(repeating: "+-./:=_ azAZ09 ", count: 17)
        try await fixture.blob.setTags(tags)
        #expect(try fixture.request().text.contains("<Value>+-./:=_ azAZ09 +-./:=_"))
    }

    @Test("an answer that is no list of tags is an error", arguments: ["", "<html></html>", "<Tags><TagSet><Tag>"])
    func brokenTags(answer: String) async throws {
        let fixture = try Fixture(MockResponse(200, body: answer))
        let error = try await failure { _ = try await fixture.blob.tags() }
        #expect(error.code == .invalidResponse)
    }

    @Test("a snapshot takes no tags and no expiry")
    func snapshots() async throws {
        let fixture = try Fixture()
        let snapshot = fixture.blob.snapshot("s1")
        #expect(try await failure { try await snapshot.setTags(["a": "b"]) }.code == .invalidArgument)
        #expect(try await failure { try await snapshot.setExpiry(.never) }.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("an expiry in no time is refused", arguments: [Duration.zero, .seconds(-1), .microseconds(999)])
    func expiryInNoTime(time: Duration) async throws {
        let fixture = try Fixture()
        for expiry in [BlobExpiry.afterNow(time), .afterCreation(time)] {
            #expect(try await failure { try await fixture.blob.setExpiry(expiry) }.code == .invalidArgument)
        }
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("an expiry beyond all numbers is refused")
    func endlessExpiry() async throws {
        let fixture = try Fixture()
        let time = Duration.seconds(Int64.max)
        #expect(try await failure { try await fixture.blob.setExpiry(.afterNow(time)) }.code == .invalidArgument)
    }

    @Test("an immutability policy needs its end")
    func policyWithoutEnd() async throws {
        let fixture = try Fixture()
        let error = try await failure {
            try await fixture.blob.setImmutabilityPolicy(ImmutabilityPolicy(expiresOn: nil, mode: .locked))
        }
        #expect(error.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("a legal hold can be removed")
    func removesLegalHold() async throws {
        let fixture = try Fixture(MockResponse(200))
        #expect(try await !fixture.blob.setLegalHold(false))
        #expect(try fixture.request().header("x-ms-legal-hold") == "false")
    }
}
