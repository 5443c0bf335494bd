#if Emulator
import AzureCore
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import AzureEmulator

/// The witness is what the service answered before its end, and for what ran the REST documentation of the service.
@Suite("The emulated Batch service with a data directory, stopped and started again", .timeLimit(.minutes(5)))
struct BatchRestartTests {
    /// A data directory, and services one after the other.
    private struct Fixture {
        let path: String

        /// Runs a service while a function does.
        func run<Result>(_ body: (BatchFixture) async throws -> Result) async throws -> Result {
            let emulator = try BatchEmulator(
                account: "local", key: BatchFixture.key, data: try await DataDirectory.take(path),
                transport: ClosureTransport { _, _, _ in throw CancellationError() })
            try await emulator.start(endpoint: BatchFixture.endpoint)
            do {
                let result = try await body(BatchFixture(emulator: emulator))
                await emulator.stop()
                return result
            } catch {
                await emulator.stop()
                throw error
            }
        }

        func text(_ name: String) -> String {
            (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? ""
        }
    }

    private func with(_ body: (Fixture) async throws -> Void) async throws {
        try await withTemporaryDirectory { try await body(Fixture(path: "\($0.path)/data")) }
    }

    /// What must be the same later. Times of nodes and of the pool's allocation are not among it.
    private func answers(_ service: BatchFixture) async throws -> [JSONValue] {
        var answers: [JSONValue] = []
        for path in [
            "/pools/pool", "/jobs/job", "/jobs/job/tasks/done", "/jobs/job/tasks/failed", "/jobschedules/daily",
        ] {
            let answer = try await service.send(.get, path)
            #expect(answer.status == 200, "\(answer.text)")
            answers.append(answer.json)
        }
        return answers
    }

    @Test("Pools, jobs, schedules and finished tasks with their files are what they were; nodes start again")
    func everything() async throws {
        try await with { fixture in
            let before = try await fixture.run { service in
                let start: JSONValue = [
                    "commandLine": "/bin/sh -c 'echo boot >> $AZ_BATCH_NODE_SHARED_DIR/boots'", "waitForSuccess": true,
                ]
                let pool = BatchFixture.pool(startTask: start)
                #expect(try await service.send(.post, "/pools", body: pool).status == 201)
                #expect(
                    try await service.send(.post, "/jobs", body: ["id": "job", "poolInfo": ["poolId": "pool"]]).status
                        == 201)
                let schedule: JSONValue = [
                    "id": "daily", "schedule": ["recurrenceInterval": "P1D"],
                    "jobSpecification": ["poolInfo": ["poolId": "pool"]],
                ]
                #expect(try await service.send(.post, "/jobschedules", body: schedule).status == 201)
                _ = try await service.run("/bin/sh -c 'echo out; echo kept > file.txt'", id: "done")
                _ = try await service.run("/bin/sh -c 'exit 3'", id: "failed")
                let sleeper: JSONValue = ["id": "runs", "commandLine": "sleep 1000"]
                #expect(try await service.send(.post, "/jobs/job/tasks", body: sleeper).status == 201)
                await service.emulator.wait { $0.jobs["job"]?.tasks["runs"]?.state == .running }
                return try await answers(service)
            }
            try await fixture.run { service in
                #expect(try await answers(service) == before)
                #expect(try await service.taskFile("wd/file.txt", id: "done").text == "kept\n")
                #expect(try await service.taskFile("stdout.txt", id: "done").text == "out\n")
                await service.emulator.wait { $0.jobs["job"]?.tasks["runs"]?.state == .running }
                let node = try #require(
                    try await service.send(.get, "/pools/pool/nodes").json["value"]?.array?.first?["id"]?.string)
                #expect(fixture.text("nodes/pool/\(node)/shared/boots") == "boot\nboot\n")
                let task = try await service.send(.get, "/jobs/job/tasks/runs").json
                #expect(task["executionInfo"]?["requeueCount"]?.integer == 0)
                #expect(try await service.send(.post, "/jobs/job/tasks/runs/terminate").status == 204)
                #expect(try await service.run("true", id: "new")["executionInfo"]?["exitCode"]?.integer == 0)
                #expect(try await service.send(.delete, "/jobs/job/tasks/done").status == 200)
            }
            try await fixture.run { service in
                #expect(try await service.send(.get, "/jobs/job/tasks/done").code == "TaskNotFound")
                let ids = try await service.send(.get, "/jobs/job/tasks").json["value"]?.array?.map { $0["id"]?.string }
                #expect(ids == ["failed", "runs", "new"])
            }
        }
    }

    @Test("Files of what is no more are removed at the start, and others stay")
    func leftovers() async throws {
        try await with { fixture in
            let node = try await fixture.run { service in
                try await service.makeJob()
                _ = try await service.run("/bin/sh -c 'echo kept > file.txt'")
                let nodes = try await service.send(.get, "/pools/pool/nodes").json["value"]?.array
                return try #require(nodes?.first?["id"]?.string)
            }
            let root = "\(fixture.path)/nodes"
            let left = [
                "gone/tvm/shared", "pool/tvm_gone/shared", "pool/\(node)/workitems/gone/job-1/task",
                "pool/\(node)/workitems/job/job-1/gone/wd",
            ]
            for path in left { try FileTree.makeDirectory("\(root)/\(path)") }
            try await fixture.run { service in
                for path in left { #expect(!FileManager.default.fileExists(atPath: "\(root)/\(path)"), "\(path)") }
                let text = try await service.taskFile("wd/file.txt").text
                #expect(text == "kept\n")
            }
        }
    }

    @Test("Nothing of a directory can be had while another emulator has it")
    func lock() async throws {
        try await with { fixture in
            let taken = try await DataDirectory.take(fixture.path)
            await #expect(throws: AzureError.self) { _ = try await DataDirectory.take(fixture.path) }
            withExtendedLifetime(taken) {}
        }
    }
}
#endif
