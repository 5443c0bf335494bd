import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import Testing

@Suite("Creating many tasks")
struct CreateTasksTests {
    private func task(_ number: Int, commandLine: String = "true") -> BatchTaskCreateOptions {
        BatchTaskCreateOptions(id: "t\(number)", commandLine: commandLine)
    }

    private func ids(_ range: Range<Int>) -> [String] { range.map { "t\($0)" } }

    @Test("goes in requests of 100, and gives the results in the order of the tasks")
    func order() async throws {
        let service = FakeTaskService()
        let client = try makeClient(service.transport)
        let summary = try await client.tasks.create((0..<1234).lazy.map { task($0) }, inJob: "job-1")
        #expect(summary.count == 1234)
        #expect(summary.results.map(\.taskID) == ids(0..<1234))
        #expect(summary.results.allSatisfy { $0.etag?.rawValue == "e-\($0.taskID)" && !$0.existed })
        #expect(Set(service.tasks) == Set(ids(0..<1234)))
        #expect(service.tasks.count == 1234)
        #expect(service.sizes.sorted() == [34] + Array(repeating: 100, count: 12))
    }

    @Test("the progress is a sequence that grows, ends with all tasks, and ends when the adding fails too")
    func progress() async throws {
        let steps = AsyncStream.makeStream(of: [BatchTaskSubmissionProgress].self)
        let follow: @Sendable (AsyncStream<BatchTaskSubmissionProgress>) async -> Void = { progress in
            steps.continuation.yield(await progress.reduce(into: []) { $0.append($1) })
        }
        var collected = steps.stream.makeAsyncIterator()

        try await makeClient(FakeTaskService().transport).tasks
            .create((0..<1234).lazy.map { task($0) }, inJob: "job-1", following: follow)
        let growing = try #require(await collected.next())
        #expect(growing.last == BatchTaskSubmissionProgress(taken: 1234, created: 1234, failed: 0))
        #expect(growing.map(\.created) == growing.map(\.created).sorted())

        let refusing = FakeTaskService(refusals: ["t7": .clientError("InvalidPropertyValue")])
        let stream = AsyncStream { continuation in
            for number in 0..<250 { continuation.yield(BatchTaskCreateOptions(id: "t\(number)", commandLine: "c")) }
            continuation.finish()
        }
        await #expect(throws: BatchTaskSubmissionError.self) {
            try await makeClient(refusing.transport).tasks.create(stream, inJob: "job-1", following: follow)
        }
        #expect(await collected.next()?.last == BatchTaskSubmissionProgress(taken: 250, created: 249, failed: 1))
    }

    @Test("nothing to add is nothing sent")
    func empty() async throws {
        let service = FakeTaskService()
        #expect(try await makeClient(service.transport).tasks.create([], inJob: "job-1").count == 0)
        #expect(service.sizes.isEmpty)
    }

    @Test("takes an AsyncSequence, and keeps no results when not wanted")
    func asyncSequence() async throws {
        let service = FakeTaskService()
        let stream = AsyncStream { continuation in
            for number in 0..<250 { continuation.yield(BatchTaskCreateOptions(id: "t\(number)", commandLine: "c")) }
            continuation.finish()
        }
        let summary = try await makeClient(service.transport).tasks
            .create(stream, inJob: "job-1", options: .init(keepsResults: false))
        #expect(summary.count == 250)
        #expect(summary.results.isEmpty)
        #expect(service.tasks.count == 250)
    }

    @Test("measures requests so that none has more than 1 MB")
    func bytes() async throws {
        let service = FakeTaskService(byteLimit: 1_000_000)
        let long = String(repeating: "x", count: 30_000)
        let summary = try await makeClient(service.transport).tasks
            .create((0..<100).map { task($0, commandLine: long) }, inJob: "job-1")
        #expect(summary.count == 100)
        #expect(service.sizes.allSatisfy { $0 <= 33 })
        #expect(service.sizes.reduce(0, +) == 100)
    }

    @Test("splits requests that are too large all the same")
    func split() async throws {
        let service = FakeTaskService(taskLimit: 30)
        let summary = try await makeClient(service.transport).tasks.create((0..<200).map { task($0) }, inJob: "job-1")
        #expect(summary.results.map(\.taskID) == ids(0..<200))
        #expect(service.tasks.count == 200)
    }

    @Test("a single task that is too large fails, and the others are added")
    func tooLarge() async throws {
        let service = FakeTaskService(byteLimit: 5000)
        let tasks = [task(0), task(1, commandLine: String(repeating: "x", count: 6000)), task(2)]
        let error = await #expect(throws: BatchTaskSubmissionError.self) {
            try await makeClient(service.transport).tasks.create(tasks, inJob: "job-1")
        }
        #expect(error?.failed.map(\.task.id) == ["t1"])
        #expect(error?.failed.first?.error.code == .requestBodyTooLarge)
        #expect(error?.created.map(\.taskID) == ["t0", "t2"])
        #expect(error?.unsent.isEmpty == true)
        #expect(error?.cause == nil)
    }

    @Test("a task that is refused does not stop the others, and is listed with its reason")
    func refused() async throws {
        let service = FakeTaskService(
            existing: ["t3"], refusals: ["t5": .clientError("InvalidPropertyValue"), "t7": .serverError(times: 2)])
        let error = await #expect(throws: BatchTaskSubmissionError.self) {
            try await makeClient(service.transport).tasks.create((0..<150).map { task($0) }, inJob: "job-1")
        }
        #expect(error?.failed.map(\.task.id) == ["t3", "t5"])
        #expect(error?.failed.map(\.error.code) == [.taskExists, .invalidPropertyValue])
        #expect(error?.createdCount == 148)
        #expect(error?.created.contains { $0.taskID == "t7" } == true)
        #expect(error?.description.contains("148 were, 2 failed, 0 were not sent") == true)
        #expect(error?.description.contains("task 't3'") == true)
    }

    @Test("tasks that exist can be accepted")
    func existing() async throws {
        let service = FakeTaskService(existing: ["t1"])
        let summary = try await makeClient(service.transport).tasks
            .create([task(0), task(1)], inJob: "job-1", options: .init(existingTasks: .accept))
        #expect(summary.results.map(\.existed) == [false, true])
    }

    @Test("two tasks of one id are not both added")
    func duplicates() async throws {
        let service = FakeTaskService()
        let error = await #expect(throws: BatchTaskSubmissionError.self) {
            try await makeClient(service.transport).tasks.create([task(0), task(1), task(0)], inJob: "job-1")
        }
        #expect(error?.failed.map(\.error.code) == [.taskExists])
        #expect(service.tasks == ["t0", "t1"])
    }

    @Test("a task for which the service fails too often fails")
    func serverError() async throws {
        let service = FakeTaskService(refusals: ["t0": .serverError(times: 100)])
        let error = await #expect(throws: BatchTaskSubmissionError.self) {
            try await makeClient(service.transport).tasks
                .create([task(0), task(1)], inJob: "job-1", options: .init(maxRetries: 3))
        }
        #expect(error?.failed.map(\.error.code) == [.internalError])
        #expect(service.sizes == [2, 1, 1, 1])
    }

    @Test("a task that cannot be sent fails without stopping the others")
    func invalid() async throws {
        let service = FakeTaskService()
        let bad = BatchTaskCreateOptions(id: "a b", commandLine: "c")
        let negative = BatchTaskCreateOptions(
            id: "n", commandLine: "c", constraints: .init(retentionTime: .seconds(-1)))
        let error = await #expect(throws: BatchTaskSubmissionError.self) {
            try await makeClient(service.transport).tasks.create([bad, task(1), negative], inJob: "job-1")
        }
        #expect(error?.failed.map(\.task.id) == ["a b", "n"])
        #expect(error?.failed.allSatisfy { $0.error.code == .invalidArgument } == true)
        #expect(service.tasks == ["t1"])
    }

    @Test("an error that every request would meet ends it, and lists what is left")
    func fatal() async throws {
        let service = FakeTaskService()
        let error = await #expect(throws: BatchTaskSubmissionError.self) {
            try await makeClient(service.transport).tasks.create((0..<1000).map { task($0) }, inJob: "job-2")
        }
        #expect((error?.cause as? AzureError)?.code == .jobNotFound)
        #expect(error?.unsent.map(\.id) == ids(0..<1000))
        #expect(error?.failed.isEmpty == true)
        #expect(error?.uncertain.isEmpty == true)
    }

    @Test("a sequence that throws ends it, and lists what had been taken")
    func throwingSequence() async throws {
        struct Oops: Error {}
        let service = FakeTaskService()
        let stream = AsyncThrowingStream<BatchTaskCreateOptions, any Error> { continuation in
            for number in 0..<150 { continuation.yield(BatchTaskCreateOptions(id: "t\(number)", commandLine: "c")) }
            continuation.finish(throwing: Oops())
        }
        let error = await #expect(throws: BatchTaskSubmissionError.self) {
            try await makeClient(service.transport).tasks.create(stream, inJob: "job-1")
        }
        #expect(error?.cause is Oops)
        #expect(error?.created.map(\.taskID) == ids(0..<100))
        #expect(error?.unsent.map(\.id) == ids(100..<150))
    }
}
