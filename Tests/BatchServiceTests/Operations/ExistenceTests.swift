import AzureCore
import AzureTesting
import BatchModels
import Foundation
import HTTPTypes
import Testing

@testable import BatchService

/// Witness: the REST documentation of status and error codes, and of deleting pools and jobs: `PoolExists`, `JobExists`
/// and `JobScheduleExists`, and `PoolBeingDeleted`, `JobBeingDeleted` and `JobScheduleBeingDeleted`, come with 409.
@Suite("Creating unless it exists, and deleting if it exists")
struct ExistenceTests {
    struct Resource: Sendable, CustomTestStringConvertible {
        let kind: String
        let path: String
        let create: @Sendable (BatchClient, CallOptions) async throws -> Bool
        let delete: @Sendable (BatchClient) async throws -> Bool
        let exists: @Sendable (BatchClient) async throws -> Bool

        var testDescription: String { kind }
    }

    static let all: [Resource] = [
        Resource(
            kind: "Pool", path: "/pools",
            create: { try await $0.pools.createIfNotExists(.init(id: "x", vmSize: "s"), options: $1) },
            delete: { try await $0.pools.deleteIfExists("x", options: .init(conditions: .init(ifMatch: "0x1"))) },
            exists: { try await $0.pools.exists("x") }),
        Resource(
            kind: "Job", path: "/jobs",
            create: { try await $0.jobs.createIfNotExists(.init(id: "x", poolInfo: .init(poolID: "p")), options: $1) },
            delete: { try await $0.jobs.deleteIfExists("x", options: .init(conditions: .init(ifMatch: "0x1"))) },
            exists: { try await $0.jobs.exists("x") }),
        Resource(
            kind: "JobSchedule", path: "/jobschedules",
            create: {
                try await $0.jobSchedules.createIfNotExists(
                    .init(
                        id: "x", schedule: .init(recurrenceInterval: .hours(1)),
                        jobSpecification: .init(poolInfo: .init(poolID: "p"))), options: $1)
            },
            delete: {
                try await $0.jobSchedules.deleteIfExists("x", options: .init(conditions: .init(ifMatch: "0x1")))
            },
            exists: { try await $0.jobSchedules.exists("x") }),
    ]

    private func refusal(_ status: Int, _ code: String) -> MockResponse {
        MockResponse(status, body: #"{"code":"\#(code)","message":{"value":"No."}}"#)
    }

    private let lost = MockResponse.failure(HTTPTransportError(.connectionLost, "lost"))

    @Test("created, and not created when it exists", arguments: all)
    func creating(resource: Resource) async throws {
        let transport = MockTransport([MockResponse(201), refusal(409, "\(resource.kind)Exists")])
        let client = try makeClient(transport)
        #expect(try await resource.create(client, .init()))
        #expect(try await !resource.create(client, .init()))
        #expect(transport.requests.map(\.pathOnly) == [resource.path, resource.path])
        #expect(transport.requests.allSatisfy { $0.method == .post })
    }

    @Test("a lost answer is followed by another try, which counts as having created what it finds", arguments: all)
    func creatingAgain(resource: Resource) async throws {
        let transport = MockTransport([lost, refusal(409, "\(resource.kind)Exists")])
        #expect(try await resource.create(makeClient(transport), .init()))
        #expect(transport.requests.count == 2)
        // The service refused the first try: what exists was made by somebody else.
        let busy = MockTransport([refusal(503, "ServerBusy"), refusal(409, "\(resource.kind)Exists")])
        #expect(try await !resource.create(makeClient(busy), .init()))
    }

    @Test("whatever else is in the way is an error: one being deleted, one of another kind", arguments: all)
    func creatingFails(resource: Resource) async throws {
        for code in [
            "\(resource.kind)BeingDeleted", "JobWithSameIdExists", "JobScheduleWithSameIdExists", "PoolQuotaReached",
        ] {
            let client = try makeClient(MockTransport([refusal(409, code)]))
            let error = await #expect(throws: AzureError.self) { try await resource.create(client, .init()) }
            #expect(error?.code.rawValue == code)
        }
    }

    @Test("deleted, and not deleted when it is gone or being deleted", arguments: all)
    func deleting(resource: Resource) async throws {
        let transport = MockTransport([
            MockResponse(202), refusal(409, "\(resource.kind)BeingDeleted"), refusal(404, "\(resource.kind)NotFound"),
        ])
        let client = try makeClient(transport)
        #expect(try await resource.delete(client))
        #expect(try await !resource.delete(client))
        #expect(try await !resource.delete(client))
        #expect(transport.requests.allSatisfy { $0.method == .delete && $0.pathOnly == "\(resource.path)/x" })
        #expect(transport.requests[0].header("If-Match") == "\"0x1\"")
    }

    @Test("a lost answer to deleting counts as deleted when the next try finds it so", arguments: all)
    func deletingAgain(resource: Resource) async throws {
        for answer in [refusal(409, "\(resource.kind)BeingDeleted"), refusal(404, "\(resource.kind)NotFound")] {
            let transport = MockTransport([lost, answer])
            #expect(try await resource.delete(makeClient(transport)))
            #expect(transport.requests.count == 2)
        }
    }

    @Test("a condition that does not hold is an error of deleting", arguments: all)
    func deletingFails(resource: Resource) async throws {
        let client = try makeClient(MockTransport([refusal(412, "ConditionNotMet")]))
        let error = await #expect(throws: AzureError.self) { try await resource.delete(client) }
        #expect(error?.code == .conditionNotMet)
    }

    @Test("what a source of tokens does not find is no resource that is not there", arguments: all)
    func tokenSource(resource: Resource) async throws {
        let client = try BatchClient(
            endpoint: "https://account.region.batch.azure.com", credential: .token(LostTokens()),
            options: BatchClientOptions(pipeline: PipelineOptions(transport: MockTransport())))
        for call in [resource.delete, resource.exists] {
            let error = await #expect(throws: AzureError.self) { try await call(client) }
            #expect(error?.service == .entra && error?.status == .notFound)
        }
        let file = AzureError(service: .entra, code: AzureErrorCode("SignInFailed"), status: .notFound, message: "")
        #expect(!file.meansMissingFile)
        let tail = client.files.tail("stdout.txt", ofTask: "t", inJob: "j")
        let error = await #expect(throws: AzureError.self) { for try await _ in tail {} }
        #expect(error?.code == AzureErrorCode("SignInFailed"))
    }

    @Test("there or not there, and any other answer is an error", arguments: all)
    func exists(resource: Resource) async throws {
        let transport = MockTransport([
            MockResponse(200, body: #"{"id":"x"}"#), MockResponse(404), MockResponse(403),
        ])
        let client = try makeClient(transport)
        #expect(try await resource.exists(client))
        #expect(try await !resource.exists(client))
        await #expect(throws: AzureError.self) { try await resource.exists(client) }
        // Jobs have no HEAD: their id is asked for.
        let isJob = resource.kind == "Job"
        #expect(transport.requests[0].method == (isJob ? .get : .head))
        #expect(transport.requests[0].query["$select"] == (isJob ? "id" : nil))
    }
}

/// A credential whose source of tokens answers 404, as that of a machine without an identity does.
private struct LostTokens: TokenCredential {
    func token(for request: TokenRequest) async throws -> AccessToken {
        throw AzureError(
            service: .entra, code: AzureErrorCode("SignInFailed"), status: .notFound, message: "No identity.")
    }
}
