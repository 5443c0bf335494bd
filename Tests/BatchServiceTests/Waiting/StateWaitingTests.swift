import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import HTTPTypes
import Synchronization
import Testing

@Suite("Waiting for a state")
struct StateWaitingTests {
    private let clock = ManualClock(advancesBySleeping: true)

    private var options: WaitOptions {
        WaitOptions(timeout: .seconds(60), pollInterval: .seconds(5), timeSource: clock.timeSource)
    }

    private func client(_ path: String, _ answers: String...) throws -> BatchClient {
        try makeClient(ScriptedService([path: answers]).transport, clock: clock)
    }

    private func gone(_ path: String, _ state: String) throws -> BatchClient {
        let answers = [MockResponse(200, body: #"{"id":"x","state":"\#(state)"}"#), MockResponse(404)]
        return try makeClient(ScriptedService([path: answers]).transport, clock: clock)
    }

    @Test("pools: steady")
    func steady() async throws {
        let batch = try client(
            "/pools/p", #"{"id":"p","allocationState":"resizing"}"#, #"{"id":"p","allocationState":"Steady"}"#)
        let seen = Mutex<[AllocationState?]>([])
        let pool = try await batch.pools.waitUntilSteady("p", options: options) { looks in
            for await look in looks { seen.withLock { $0.append(look.allocationState) } }
        }
        #expect(pool.allocationState == .steady)
        #expect(seen.withLock { $0 } == [.resizing, .steady])
        #expect(clock.sleeps == [.seconds(5)])
    }

    @Test("pools: a resize that failed is an error, one that was stopped is none")
    func resizeErrors() async throws {
        func answer(_ code: String) -> String {
            #"{"id":"p","allocationState":"steady","resizeErrors":[{"code":"\#(code)","message":"m"}]}"#
        }
        let failed = try client("/pools/p", answer("AllocationTimedout"))
        let error = await #expect(throws: AzureError.self) {
            try await failed.pools.waitUntilSteady("p", options: options)
        }
        #expect(error?.code.rawValue == "AllocationTimedout")
        try await failed.pools.waitUntilSteady("p", acceptingResizeErrors: true, options: options)
        let stopped = try client("/pools/p", answer("ResizeStopped"))
        try await stopped.pools.waitUntilSteady("p", options: options)
    }

    @Test("pools: nodes that can run tasks")
    func nodesReady() async throws {
        let service = ScriptedService([
            "/pools/p": [#"{"id":"p","allocationState":"steady","targetDedicatedNodes":2}"#],
            "/pools/p/nodes": [
                page(#"{"id":"a","state":"starting"}"#, #"{"id":"b","state":"idle"}"#),
                page(#"{"id":"a","state":"idle"}"#, #"{"id":"b","state":"running"}"#),
            ],
        ])
        let batch = try makeClient(service.transport, clock: clock)
        let seen = Mutex<[[BatchNodeState: Int]]>([])
        let nodes = try await batch.pools.waitUntilNodesReady("p", options: options) { looks in
            for await look in looks { seen.withLock { $0.append(look) } }
        }
        #expect(nodes.map(\.id) == ["a", "b"])
        #expect(seen.withLock { $0 }.first == [.starting: 1, .idle: 1])
    }

    @Test("pools: nodes that are lost are an error at once")
    func nodesLost() async throws {
        let service = ScriptedService([
            "/pools/p": [#"{"id":"p","allocationState":"steady","targetDedicatedNodes":2}"#],
            "/pools/p/nodes": [page(#"{"id":"a","state":"starttaskfailed"}"#, #"{"id":"b","state":"idle"}"#)],
        ])
        let batch = try makeClient(service.transport, clock: clock)
        let error = await #expect(throws: AzureError.self) {
            try await batch.pools.waitUntilNodesReady("p", options: options)
        }
        #expect(error?.code == .nodeStateUnusable)
        #expect(try await batch.pools.waitUntilNodesReady("p", count: 1, options: options).map(\.id) == ["b"])
    }

    @Test("pools, jobs, job schedules: deleted")
    func deleted() async throws {
        try await gone("/pools/x", "deleting").pools.waitUntilDeleted("x", options: options)
        try await gone("/jobs/x", "deleting").jobs.waitUntilDeleted("x", options: options)
        try await gone("/jobschedules/x", "deleting").jobSchedules.waitUntilDeleted("x", options: options)
        #expect(clock.sleeps.count == 3)
    }

    @Test("what fails while looking is thrown, not taken for the end")
    func failure() async throws {
        let answers = [MockResponse(200, body: #"{"id":"x"}"#), MockResponse(403)]
        let batch = try makeClient(ScriptedService(["/jobs/x": answers]).transport, clock: clock)
        let error = await #expect(throws: AzureError.self) {
            try await batch.jobs.waitUntilDeleted("x", options: options)
        }
        #expect(error?.status?.code == 403)
    }

    @Test("jobs: disabled, enabled, ended")
    func jobs() async throws {
        func job(_ states: String...) throws -> BatchJobsClient {
            let answers = states.map { MockResponse(200, body: #"{"id":"x","state":"\#($0)"}"#) }
            return try makeClient(ScriptedService(["/jobs/x": answers]).transport, clock: clock).jobs
        }
        #expect(try await job("disabling", "Disabled").waitUntilDisabled("x", options: options).state == .disabled)
        #expect(try await job("enabling", "active").waitUntilEnabled("x", options: options).state == .active)
        #expect(
            try await job("terminating", "completed").waitUntilTerminated("x", options: options).state == .completed)
        let error = await #expect(throws: AzureError.self) {
            try await job("disabling", "completed").waitUntilDisabled("x", options: options)
        }
        #expect(error?.code == .jobNotActive)
        #expect(error?.message == "Job 'x' is 'completed' and will not come to be 'disabled'.")
        await #expect(throws: AzureError.self) { try await job("deleting").waitUntilTerminated("x", options: options) }
        let late = await #expect(throws: AzureError.self) {
            try await job("active").waitUntilDisabled("x", options: options)
        }
        #expect(late?.code == .deadlineExceeded)
    }

    @Test("job schedules: ended")
    func schedules() async throws {
        let batch = try client(
            "/jobschedules/x", #"{"id":"x","state":"terminating"}"#, #"{"id":"x","state":"completed"}"#)
        #expect(try await batch.jobSchedules.waitUntilTerminated("x", options: options).state == .completed)
    }

    @Test("nodes: restarted, started, reimaged, deallocated")
    func nodes() async throws {
        func node(_ states: String...) throws -> BatchNodesClient {
            let answers = states.map { MockResponse(200, body: #"{"id":"n","state":"\#($0)"}"#) }
            return try makeClient(ScriptedService(["/pools/p/nodes/n": answers]).transport, clock: clock).nodes
        }
        let restarted = try node("rebooting", "starting", "idle")
        #expect(try await restarted.waitUntilRebooted("n", inPool: "p", options: options).state == .idle)
        let started = try node("deallocated", "starting", "waitingForStartTask", "running")
        #expect(try await started.waitUntilStarted("n", inPool: "p", options: options).state == .running)
        #expect(try await node("reimaging", "idle").waitUntilReimaged("n", inPool: "p", options: options).id == "n")
        let off = try node("deallocating", "Deallocated")
        #expect(try await off.waitUntilDeallocated("n", inPool: "p", options: options).state == .deallocated)
        let error = await #expect(throws: AzureError.self) {
            try await node("rebooting", "startTaskFailed").waitUntilRebooted("n", inPool: "p", options: options)
        }
        #expect(error?.code == .nodeStateUnusable)
    }
}
