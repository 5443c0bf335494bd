import AzureCore
import AzureTesting
import BlobStorage
import Testing

@Suite("Leases")
struct LeaseTests {
    @Test("each step of a lease sends what the service expects")
    func steps() async throws {
        let named = ["x-ms-lease-id": "id", "ETag": "1"]
        let fixture = try Fixture(
            MockResponse(201, headers: named), MockResponse(200, headers: named), MockResponse(200, headers: named),
            MockResponse(200), MockResponse(202, headers: ["x-ms-lease-time": "7"]), MockResponse(201, headers: named))
        let lease = fixture.blob.lease
        #expect(try await lease.acquire(duration: .seconds(15), proposedID: "p").id == "id")
        #expect(try await lease.renew("id").etag == "1")
        try await lease.change("id", to: "new")
        try await lease.release("new")
        #expect(try await lease.breakLease(after: .seconds(9)).remaining == .seconds(7))
        _ = try await fixture.container.lease.acquire()
        let requests = fixture.transport.requests
        #expect(
            requests.map { $0.header("x-ms-lease-action") } == [
                "acquire", "renew", "change", "release", "break", "acquire",
            ])
        #expect(requests.prefix(5).allSatisfy { $0.path == "/pictures/cats/tom.jpg?comp=lease" })
        #expect(requests[0].header("x-ms-lease-duration") == "15")
        #expect(requests[0].header("x-ms-proposed-lease-id") == "p")
        #expect(requests[2].header("x-ms-proposed-lease-id") == "new")
        #expect(requests[4].header("x-ms-lease-break-period") == "9")
        #expect(requests[5].path == "/pictures?restype=container&comp=lease")
        #expect(requests[5].header("x-ms-lease-duration") == "-1")
    }

    @Test(
        "durations that are none are refused before anything is sent",
        arguments: [
            .zero, .seconds(14), .seconds(61), .seconds(15.5), .seconds(-1), .seconds(Int64.max),
            .seconds(Int64.max) + .seconds(Int64.max), .seconds(Int64.min) + .seconds(Int64.min),
        ] as [Duration])
    func durations(duration: Duration) async throws {
        let fixture = try Fixture()
        let lease = fixture.blob.lease
        #expect(try await failure { _ = try await lease.acquire(duration: duration) }.code == .invalidArgument)
        #expect(try await failure { try await lease.withLease(duration: duration) { _ in } }.code == .invalidArgument)
        if !(Duration.zero ... .seconds(14)).contains(duration) {
            #expect(try await failure { try await lease.breakLease(after: duration) }.code == .invalidArgument)
        }
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("a lost answer is asked for again only when the id was proposed", arguments: [true, false])
    func lostAnswer(isProposed: Bool) async throws {
        let fixture = try Fixture(
            .failure(HTTPTransportError(.connectionLost, "Gone.")), MockResponse(201, headers: ["x-ms-lease-id": "p"]))
        let id = try? await fixture.blob.lease.acquire(proposedID: isProposed ? "p" : nil).id
        #expect(id == (isProposed ? "p" : nil))
        #expect(fixture.transport.requests.count == (isProposed ? 2 : 1))
    }

    @Test("times that the service does not know are refused", arguments: [0, 14, 61])
    func times(seconds: Int) async throws {
        let fixture = try Fixture()
        let error = try await failure { _ = try await fixture.blob.lease.acquire(duration: .seconds(seconds)) }
        #expect(error.code == .invalidArgument)
    }
}
