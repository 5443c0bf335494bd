import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import HTTPTypes
import Testing

@Suite("Adding tasks when things go wrong")
struct CreateTasksFaultTests {
    private func task(_ number: Int) -> BatchTaskCreateOptions {
        BatchTaskCreateOptions(id: "t\(number)", commandLine: "true")
    }

    @Test("loses and doubles none, whatever breaks", arguments: 1...5)
    func faults(seed: Int) async throws {
        let service = FakeTaskService()
        let faults = FaultTransport(service.transport) { number, _ in
            switch (number + seed) % 10 {
            case 1: .status(503, headers: ["Retry-After": "1"])
            case 3: .loseAnswer
            case 5: .loseRequest
            case 7: .cannotConnect
            case 8: .truncateAnswer(after: 40)
            default: .none
            }
        }
        // Half of the requests go wrong, so that a few in a row may meet the same tasks by chance.
        let summary = try await makeClient(faults).tasks.create(
            (0..<5000).lazy.map { task($0) }, inJob: "job-1", options: .init(maxRetries: 50))
        #expect(summary.results.map(\.taskID) == (0..<5000).map { "t\($0)" })
        #expect(service.tasks.count == 5000)
        #expect(Set(service.tasks).count == 5000)
        #expect(faults.faultCount > 20)
    }

    @Test("a task that a lost try had added counts as added; one that was there before does not")
    func existing() async throws {
        let service = FakeTaskService()
        let faults = FaultTransport(service.transport) { number, _ in number == 1 ? .loseAnswer : .none }
        let summary = try await makeClient(faults).tasks.create([task(0)], inJob: "job-1")
        #expect(summary.results.map(\.existed) == [true])
        let error = await #expect(throws: BatchTaskSubmissionError.self) {
            try await makeClient(service.transport).tasks.create([task(0)], inJob: "job-1")
        }
        #expect(error?.failed.first?.error.code == .taskExists)
    }

    @Test("does as Retry-After says, and makes fewer requests when the service is busy")
    func throttling() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let service = FakeTaskService()
        let faults = FaultTransport(service.transport) { number, _ in
            number <= 2 ? .status(429, headers: ["Retry-After": "17"]) : .none
        }
        let client = try makeClient(faults, clock: clock)
        #expect(try await client.tasks.create((0..<200).map { task($0) }, inJob: "job-1").count == 200)
        #expect(clock.uptime >= .seconds(17))
    }

    @Test("does not sleep for years because the service says so", arguments: ["999999999", "1e300", "301"])
    func longPause(seconds: String) async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let service = FakeTaskService()
        let faults = FaultTransport(service.transport) { _, _ in .status(503, headers: ["Retry-After": seconds]) }
        let client = try makeClient(faults, clock: clock)
        let error = await #expect(throws: BatchTaskSubmissionError.self) {
            try await client.tasks.create((0..<500).map { task($0) }, inJob: "job-1")
        }
        #expect(
            (error?.cause as? AzureError)?.code == .throttled
                || (error?.cause as? AzureError)?.status == .serviceUnavailable)
        // The first tries were under way together; what waited for its turn then is not sent.
        #expect(clock.sleeps.allSatisfy { $0 <= .seconds(300) })
        #expect(faults.requestCount <= 4)
        #expect((error?.unsent.count ?? 0) + (error?.uncertain.count ?? 0) == 500)
    }

    @Test("gives up when every try fails, and says what is certain and what is not")
    func givingUp() async throws {
        let service = FakeTaskService()
        let refused = FaultTransport(service.transport) { _, _ in .cannotConnect }
        let tasks = (0..<300).map { task($0) }
        let first = await #expect(throws: BatchTaskSubmissionError.self) {
            try await makeClient(refused).tasks.create(tasks, inJob: "job-1", options: .init(maxRetries: 2))
        }
        #expect(first?.unsent.count == 300)
        #expect((first?.cause as? AzureError)?.code == .connectionFailed)
        let lost = FaultTransport(service.transport) { _, _ in .loseAnswer }
        let second = await #expect(throws: BatchTaskSubmissionError.self) {
            try await makeClient(lost).tasks.create(
                tasks, inJob: "job-1", options: .init(maxConcurrentRequests: 1, maxRetries: 2))
        }
        #expect(second?.uncertain.map(\.id) == (0..<100).map { "t\($0)" })
        #expect(second?.unsent.count == 200)
        #expect(second?.createdCount == 0)
        let options = BatchTaskSubmissionOptions(existingTasks: .accept)
        #expect(
            try await makeClient(service.transport).tasks.create(tasks, inJob: "job-1", options: options).count == 300)
        #expect(service.tasks.count == 300)
    }

    @Test("makes several requests at a time, but no more than it may")
    func concurrency() async throws {
        let service = FakeTaskService()
        let options = BatchTaskSubmissionOptions(maxConcurrentRequests: 4)
        try await makeClient(service.transport).tasks.create(
            (0..<5000).map { task($0) }, inJob: "job-1", options: options)
        #expect((1...4).contains(service.mostUnderWay))
        let alone = FakeTaskService()
        let one = BatchTaskSubmissionOptions(maxConcurrentRequests: 1)
        try await makeClient(alone.transport).tasks.create((0..<1000).map { task($0) }, inJob: "job-1", options: one)
        #expect(alone.mostUnderWay == 1)
        #expect(alone.tasks == (0..<1000).map { "t\($0)" })
    }

    @Test("when cancelled, says what was added, what was not sent and what is not known")
    func cancellation() async throws {
        let clock = ManualClock()
        let service = FakeTaskService()
        let faults = FaultTransport(service.transport) { number, _ in number > 2 ? .status(503) : .none }
        let client = try makeClient(faults, clock: clock)
        let tasks = (0..<1000).map { task($0) }
        let adding = Task {
            try await client.tasks.create(tasks, inJob: "job-1", options: .init(maxConcurrentRequests: 1))
        }
        await clock.waitForSleepers(1)
        adding.cancel()
        let error = await #expect(throws: BatchTaskSubmissionError.self) { try await adding.value }
        #expect(error?.cause is CancellationError)
        #expect(error?.createdCount == 200)
        #expect(error?.created.count == 200)
        let left = (error?.unsent ?? []).map(\.id) + (error?.uncertain ?? []).map(\.id)
        #expect(Set(left) == Set((200..<1000).map { "t\($0)" }))
        #expect(left.count == 800)
    }
}
