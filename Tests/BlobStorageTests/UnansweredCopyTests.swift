import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Testing

@Suite("Copies and containers whose answers got lost")
struct UnansweredCopyTests {
    private static let lost = MockResponse.failure(HTTPTransportError(.connectionLost, "Gone."))
    private static let source = BlobCopySource(url: "https://other.example/c/a%20b?snapshot=2026-01-01&sig=secret")

    /// The properties of a blob into which something is copied, with changes.
    private static func found(_ changes: [String: String] = [:]) -> MockResponse {
        MockResponse(
            200,
            headers: [
                "Date": "Fri, 02 Jan 2026 03:04:06 GMT", "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT",
                "ETag": "\"0x7\"", "x-ms-copy-id": "c-1", "x-ms-copy-status": "pending",
                "x-ms-copy-source": "https://other.example/c/a b?snapshot=2026-01-01",
            ].merging(changes) { $1 })
    }

    private static func refusal(_ status: Int, _ code: String) -> MockResponse {
        MockResponse(status, body: errorBody(code))
    }

    @Test(
        "a copy that is under way may be the one that was asked for",
        arguments: ["PendingCopyOperation", "IncrementalCopyOfEarlierSnapshotNotAllowed"])
    func own(code: String) async throws {
        let copy = try Fixture(Self.lost, Self.refusal(409, code), Self.found())
        let info = try await copy.blob.startCopy(from: Self.source)
        #expect(info.id == "c-1")
        #expect(info.status == .pending)
        #expect(copy.transport.requests.map(\.method) == [.put, .put, .head])

        let incremental = try Fixture(Self.lost, Self.refusal(409, code), Self.found())
        #expect(try await incremental.blob.pageBlob.startIncrementalCopy(from: Self.source).id == "c-1")
    }

    @Test("a copy into a blob that must be new is known by its source")
    func newBlob() async throws {
        let new = BlobCopyDestination(conditions: .init(ifNoneMatch: .any))
        let own = try Fixture(
            Self.lost, Self.refusal(412, "TargetConditionNotMet"), Self.found(["x-ms-copy-status": "success"]))
        #expect(try await own.blob.copy(from: Self.source, options: .init(destination: new)).status == .success)

        let older = try Fixture(Self.lost, Self.refusal(412, "TargetConditionNotMet"))
        let error = try await failure {
            let version = BlobCopyDestination(conditions: .init(ifMatch: "\"0x1\""))
            try await older.blob.copy(from: Self.source, options: .init(destination: version))
        }
        #expect(error.code == .targetConditionNotMet)
        #expect(older.transport.requests.count == 2)
    }

    @Test(
        "a copy from elsewhere, or from before, is somebody else's",
        arguments: [
            ["x-ms-copy-source": "https://other.example/c/other?snapshot=2026-01-01"],
            ["x-ms-copy-source": "https://other.example/c/a%20b?snapshot=2026-01-02"],
            ["x-ms-copy-source": "https://other.example/c/a%20b"],
            ["Last-Modified": "Fri, 02 Jan 2026 03:03:59 GMT"],
        ])
    func foreign(change: [String: String]) async throws {
        let fixture = try Fixture(Self.lost, Self.refusal(409, "PendingCopyOperation"), Self.found(change))
        let error = try await failure { try await fixture.blob.startCopy(from: Self.source) }
        #expect(error.code == .pendingCopyOperation)
    }

    @Test("a copy that cannot be looked at may be anybody's")
    func unknown() async throws {
        let fixture = try Fixture(
            Self.lost, Self.refusal(409, "PendingCopyOperation"),
            MockResponse(403, headers: ["x-ms-error-code": "AuthorizationPermissionMismatch"]))
        let error = try await failure { try await fixture.blob.startCopy(from: Self.source) }
        #expect(error.code == .outcomeUnknown)
        #expect(error.message.hasPrefix("An earlier try of this call"))
    }

    @Test("a copy that is under way before the first try is reported at once")
    func notLookedAt() async throws {
        let fixture = try Fixture(Self.refusal(409, "PendingCopyOperation"))
        let error = try await failure { try await fixture.blob.startCopy(from: Self.source) }
        #expect(error.code == .pendingCopyOperation)
        #expect(fixture.transport.requests.count == 1)
    }

    @Test("a copy that an earlier try has ended has ended")
    func abort() async throws {
        let none = Self.refusal(409, "NoPendingCopyOperation")
        let ended = try Fixture(Self.lost, none, Self.found(["x-ms-copy-status": "aborted"]))
        try await ended.blob.abortCopy("c-1")
        #expect(ended.transport.requests.count == 3)

        for answer in [
            Self.found(["x-ms-copy-status": "success"]), Self.found(["x-ms-copy-id": "c-2"]), MockResponse(403),
        ] {
            let fixture = try Fixture(Self.lost, none, answer)
            let error = try await failure { try await fixture.blob.abortCopy("c-1") }
            #expect(error.code == .noPendingCopyOperation)
        }
    }

    @Test("waiting for a copy ends with its task")
    func cancelledWaiting() async throws {
        let transport = MockTransport { _ in Self.found() }
        let fixture = try Fixture(transport)
        let clock = ManualClock()
        let waiting = Task {
            try await fixture.blob.waitForCopy("c-1", options: WaitOptions(timeSource: clock.timeSource))
        }
        await clock.waitForSleepers(1)
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(transport.requests.count == 1)
    }

    @Test("a container that the lost try made is the call's own")
    func container() async throws {
        let exists = Self.refusal(409, "ContainerAlreadyExists")
        func found(_ changes: [String: String] = [:]) -> MockResponse {
            MockResponse(
                200,
                headers: [
                    "Date": "Fri, 02 Jan 2026 03:04:06 GMT", "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT",
                    "ETag": "\"0x7\"", "x-ms-meta-Owner": "me", "x-ms-blob-public-access": "blob",
                ].merging(changes) { $1 })
        }
        let options = ContainerCreateOptions(metadata: ["owner": "me"], publicAccess: .blob)
        let own = try Fixture(Self.lost, exists, found(), Self.lost, exists, found())
        #expect(try await own.container.create(options: options).etag == "\"0x7\"")
        #expect(try await own.container.createIfNotExists(options: options))
        #expect(own.transport.requests[2].path == "/pictures?restype=container")

        for answer in [
            found(["Last-Modified": "Fri, 02 Jan 2026 03:03:59 GMT"]), found(["x-ms-meta-Owner": "you"]),
            found(["x-ms-blob-public-access": "container"]), MockResponse(403),
        ] {
            let fixture = try Fixture(Self.lost, exists, answer)
            let error = try await failure { try await fixture.container.create(options: options) }
            #expect(error.code == .containerAlreadyExists)
            #expect(error.earlierTryMayHaveActed)
        }
    }
}
