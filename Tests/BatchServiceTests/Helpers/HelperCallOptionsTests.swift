import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import HTTPTypes
import Logging
import Synchronization
import TestSupport
import Testing

/// The query parameter and the header field are those of every operation in the REST documentation (`timeOut`,
/// `client-request-id`).
@Suite("Options of calls that send many requests")
struct HelperCallOptionsTests {
    /// A call that sends requests of its own accord.
    struct Helper: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let requests: Int
        let run: @Sendable (BatchClient, WaitOptions, CallOptions) async throws -> Void

        init(
            _ name: String, requests: Int,
            run: @escaping @Sendable (BatchClient, WaitOptions, CallOptions) async throws -> Void
        ) {
            testDescription = name
            self.requests = requests
            self.run = run
        }
    }

    static let helpers: [Helper] = [
        Helper("pools.waitUntilSteady", requests: 1) { try await $0.pools.waitUntilSteady("p", options: $1, call: $2) },
        Helper("pools.waitUntilNodesReady", requests: 2) {
            try await $0.pools.waitUntilNodesReady("p", options: $1, call: $2)
        },
        Helper("pools.waitUntilDeleted", requests: 1) {
            try await $0.pools.waitUntilDeleted("gone", options: $1, call: $2)
        },
        Helper("jobs.waitUntilDisabled", requests: 1) {
            try await $0.jobs.waitUntilDisabled("disabled", options: $1, call: $2)
        },
        Helper("jobs.waitUntilEnabled", requests: 1) { try await $0.jobs.waitUntilEnabled("j", options: $1, call: $2) },
        Helper("jobs.waitUntilTerminated", requests: 1) {
            try await $0.jobs.waitUntilTerminated("done", options: $1, call: $2)
        },
        Helper("jobs.waitUntilDeleted", requests: 1) {
            try await $0.jobs.waitUntilDeleted("gone", options: $1, call: $2)
        },
        Helper("jobs.waitUntilTasksCompleted", requests: 5) {
            try await $0.jobs.waitUntilTasksCompleted("j", options: $1, call: $2)
        },
        Helper("jobSchedules.waitUntilTerminated", requests: 1) {
            try await $0.jobSchedules.waitUntilTerminated("s", options: $1, call: $2)
        },
        Helper("jobSchedules.waitUntilDeleted", requests: 1) {
            try await $0.jobSchedules.waitUntilDeleted("gone", options: $1, call: $2)
        },
        Helper("nodes.waitUntilRebooted", requests: 1) {
            try await $0.nodes.waitUntilRebooted("n", inPool: "p", options: $1, call: $2)
        },
        Helper("nodes.waitUntilStarted", requests: 1) {
            try await $0.nodes.waitUntilStarted("n", inPool: "p", options: $1, call: $2)
        },
        Helper("nodes.waitUntilReimaged", requests: 1) {
            try await $0.nodes.waitUntilReimaged("n", inPool: "p", options: $1, call: $2)
        },
        Helper("nodes.waitUntilDeallocated", requests: 1) {
            try await $0.nodes.waitUntilDeallocated("off", inPool: "p", options: $1, call: $2)
        },
        Helper("nodes.startTaskFailures", requests: 3) {
            _ = try await $0.nodes.startTaskFailures(inPool: "broken", call: $2)
        },
        Helper("nodes.startTaskFailure", requests: 3) {
            _ = try await $0.nodes.startTaskFailure(onNode: "b", inPool: "broken", call: $2)
        },
        Helper("tasks.failures", requests: 3) { _ = try await $0.tasks.failures(inJob: "broken", call: $2) },
        Helper("tasks.failure", requests: 3) {
            _ = try await $0.tasks.failure(ofTask: "t", inJob: "broken", call: $2)
        },
        Helper("tasks.create", requests: 1) {
            try await $0.tasks.create([.init(id: "t", commandLine: "a")], inJob: "j", call: $2)
        },
        Helper("tasks.create as they come", requests: 1) {
            let tasks = AsyncStream {
                $0.yield(BatchTaskCreateOptions(id: "t", commandLine: "a")); $0.finish()
            }
            try await $0.tasks.create(tasks, inJob: "j", call: $2)
        },
        Helper("account.newestVerifiedImage", requests: 1) {
            _ = try await $0.account.newestVerifiedImage(publisher: "a", offer: "b", call: $2)
        },
    ]

    private static let task =
        #"{"id":"t","state":"completed","executionInfo":{"exitCode":2,"result":"failure"}}"#
    private static let brokenNode = #"{"id":"b","state":"starttaskfailed"}"#
    private static let image = #"""
        {"nodeAgentSKUId":"x","verificationType":"verified","imageReference":{"publisher":"a","offer":"b","sku":"1"}}
        """#
    private static let answers: [String: [String]] = [
        "/pools/p": [#"{"id":"p","allocationState":"steady","targetDedicatedNodes":1}"#],
        "/pools/p/nodes": [page(#"{"id":"n","state":"idle"}"#)], "/pools/p/nodes/n": [#"{"id":"n","state":"idle"}"#],
        "/pools/p/nodes/off": [#"{"id":"off","state":"deallocated"}"#],
        "/pools/broken/nodes": [page(brokenNode)], "/pools/broken/nodes/b": [brokenNode],
        "/pools/broken/nodes/b/files/startup%2Fstderr.txt": ["text"],
        "/jobs/disabled": [#"{"id":"x","state":"disabled"}"#], "/jobs/done": [#"{"id":"x","state":"completed"}"#],
        "/jobs/j": [#"{"id":"j","state":"active"}"#], "/jobschedules/s": [#"{"id":"s","state":"completed"}"#],
        "/jobs/j/taskcounts": [
            #"{"taskCounts":{"active":0,"running":0,"completed":1,"succeeded":0,"failed":1}}"#
        ],
        "/jobs/j/tasks": [page(), page(task)],
        "/jobs/j/addtaskcollection": [page(#"{"status":"success","taskId":"t"}"#)],
        "/jobs/broken/tasks": [page(task)], "/jobs/broken/tasks/t": [task],
        "/jobs/broken/tasks/t/files/stderr.txt": ["text"], "/supportedimages": [page(image)],
    ]

    @Test("each request has the options of the call", arguments: helpers)
    func options(_ helper: Helper) async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let service = ScriptedService(Self.answers).transport
        let idleTimeouts = Mutex<[Duration]>([])
        let transport = TimeoutRecorder(inner: service) { timeout in idleTimeouts.withLock { $0.append(timeout) } }
        let heads = Mutex(0)
        let log = MemoryLog()
        let call = CallOptions(
            serverTimeout: .seconds(7), idleTimeout: .seconds(3), clientRequestID: "mine", logger: log.logger(.trace),
            onResponse: { _ in heads.withLock { $0 += 1 } })
        try await helper.run(try makeClient(transport, clock: clock), waitOptions(clock), call)
        let requests = service.requests
        #expect(requests.count == helper.requests)
        #expect(requests.allSatisfy { $0.query["timeOut"] == "7" })
        #expect(requests.allSatisfy { $0.header("client-request-id") == "mine" })
        #expect(idleTimeouts.withLock { $0 } == Array(repeating: .seconds(3), count: requests.count))
        #expect(heads.withLock { $0 } == requests.count)
        #expect(!log.entries.isEmpty)
    }
}

/// Tells of the idle timeout of each request.
private struct TimeoutRecorder: HTTPTransport {
    let inner: MockTransport
    let note: @Sendable (Duration) -> Void

    func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        note(options.idleTimeout)
        return try await inner.send(request, body: body, options: options)
    }
}
