#if Emulator
import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("Tasks of the emulated Batch service", .timeLimit(.minutes(5)))
struct BatchTaskTests {
    @Test("A task that exits 3 has failed, with its exit code and the reason")
    func exitCode() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let task = try await fixture.run("/bin/sh -c 'echo out; echo err >&2; exit 3'")
            #expect(task["state"] == "completed")
            let info = task["executionInfo"]
            #expect(info?["exitCode"] == 3 && info?["result"] == "failure")
            #expect(info?["failureInfo"]?["category"] == "UserError")
            #expect(info?["failureInfo"]?["code"] == "FailureExitCode")
            #expect(info?["startTime"]?.string != nil && info?["endTime"]?.string != nil)
            #expect(task["nodeInfo"]?["poolId"] == "pool")
            #expect(try await fixture.taskFile("stdout.txt").text == "out\n")
            #expect(try await fixture.taskFile("stderr.txt").text == "err\n")
        }
    }

    @Test("Ten megabytes of output are there, whole and in ranges")
    func largeOutput() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let task = try await fixture.run("head -c 10485760 /dev/zero")
            #expect(task["executionInfo"]?["result"] == "success")
            #expect(try await fixture.taskFile("stdout.txt").data.count == 10_485_760)
            let range = try await fixture.send(
                .get, "/jobs/job/tasks/task/files/stdout.txt", headers: ["ocp-range": "bytes=10485750-99999999"])
            #expect(range.data.count == 10)
            let head = try await fixture.send(.head, "/jobs/job/tasks/task/files/stdout.txt")
            #expect(head.header("Content-Length") == "10485760" && head.data.isEmpty)
        }
    }

    @Test("A task sees where it is, and its own settings over those of its job")
    func environment() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob([
                "commonEnvironmentSettings": [["name": "A", "value": "job"], ["name": "B", "value": "job"]]
            ])
            let settings: JSONValue = [
                "environmentSettings": [
                    ["name": "A", "value": "task"], ["name": "AZ_BATCH_JOB_ID", "value": "pretended"],
                ]
            ]
            let task = try await fixture.run("/usr/bin/env", settings)
            #expect(task["executionInfo"]?["exitCode"] == 0)
            let lines = try await fixture.taskFile("stdout.txt").text.split(separator: "\n")
            var variables: [String: String] = [:]
            for line in lines {
                let parts = line.split(separator: "=", maxSplits: 1)
                variables[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
            }
            #expect(variables["A"] == "task" && variables["B"] == "job")
            #expect(variables["AZ_BATCH_JOB_ID"] == "job" && variables["AZ_BATCH_TASK_ID"] == "task")
            #expect(variables["AZ_BATCH_ACCOUNT_NAME"] == "local" && variables["AZ_BATCH_POOL_ID"] == "pool")
            #expect(variables["AZ_BATCH_ACCOUNT_URL"] == BatchFixture.endpoint)
            let root = try #require(variables["AZ_BATCH_NODE_ROOT_DIR"])
            #expect(variables["AZ_BATCH_TASK_WORKING_DIR"] == "\(root)/workitems/job/job-1/task/wd")
            #expect(variables["AZ_BATCH_NODE_SHARED_DIR"] == "\(root)/shared")
            #expect(!variables.values.contains { $0.contains(BatchFixture.key) })
        }
    }

    @Test("A child that shed everything does not outlive its task")
    func hiddenChild() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let script = """
                /bin/sh -c 'mkfifo ready; here=$PWD; cd /; env -i setsid -f sh -c "echo \\$\\$ > $here/ready; \
                exec sleep 1000" >/dev/null 2>&1; read pid < $here/ready; echo $pid'
                """
            let task = try await fixture.run(script)
            #expect(task["executionInfo"]?["exitCode"] == 0)
            let text = try await fixture.taskFile("stdout.txt").text
            let process = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            #expect(kill(process, 0) == -1)
        }
    }

    @Test("A task that runs past its wall-clock limit is ended")
    func timeLimit() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let task = try await fixture.run(
                "/bin/sh -c 'setsid sleep 1000 & sleep 1000'", ["constraints": ["maxWallClockTime": "PT0.3S"]])
            let info = task["executionInfo"]
            #expect(info?["exitCode"] == 137 && info?["result"] == "failure")
            #expect(info?["failureInfo"]?["code"] == "TaskEnded")
            #expect(info?["failureInfo"]?["category"] == "ServerError")
        }
    }

    @Test("A running task can be terminated, and only once")
    func terminate() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let body: JSONValue = ["id": "task", "commandLine": "sleep 1000"]
            #expect(try await fixture.send(.post, "/jobs/job/tasks", body: body).status == 201)
            await fixture.emulator.wait { $0.jobs["job"]?.tasks["task"]?.state == .running }
            #expect(try await fixture.send(.post, "/jobs/job/tasks/task/terminate").status == 204)
            await fixture.emulator.wait { $0.jobs["job"]?.tasks["task"]?.state == .completed }
            let info = try await fixture.send(.get, "/jobs/job/tasks/task").json["executionInfo"]
            #expect(info?["failureInfo"]?["code"] == "TaskEnded")
            #expect(info?["failureInfo"]?["category"] == "UserError")
            #expect(try await fixture.send(.post, "/jobs/job/tasks/task/terminate").code == "TaskCompleted")
        }
    }

    @Test("A program that is not there is told so, and not tried again")
    func missingProgram() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let task = try await fixture.run("no-such-program -x", ["constraints": ["maxTaskRetryCount": 3]])
            let info = task["executionInfo"]
            #expect(info?["failureInfo"]?["code"] == "CommandProgramNotFound")
            #expect(info?["exitCode"] == nil && info?["retryCount"] == 0)
        }
    }

    @Test("A task that fails is tried again as often as it may")
    func retries() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let script = "/bin/sh -c 'echo x >> tries; test $(wc -l < tries) -ge 3'"
            let task = try await fixture.run(script, ["constraints": ["maxTaskRetryCount": 5]])
            #expect(task["executionInfo"]?["retryCount"] == 2 && task["executionInfo"]?["result"] == "success")
            let failed = try await fixture.run("false", id: "failed", ["constraints": ["maxTaskRetryCount": 2]])
            #expect(failed["executionInfo"]?["retryCount"] == 2 && failed["executionInfo"]?["result"] == "failure")
            #expect(try await fixture.send(.post, "/jobs/job/tasks/task/reactivate").code == "TaskSucceeded")
            #expect(try await fixture.send(.post, "/jobs/job/tasks/failed/reactivate").status == 204)
            await fixture.emulator.wait { $0.jobs["job"]?.tasks["failed"]?.execution.retryCount == 2 }
        }
    }

    @Test("Resource files are fetched into the working directory; a refused one fails the task")
    func resourceFiles() async throws {
        let transport = ClosureTransport { request, _, _ in
            let status = request.path?.hasPrefix("/c/good") == true ? 200 : request.path == "/c/secret" ? 403 : 404
            return .emulated(status, body: Data("content".utf8))
        }
        func files(_ name: String) -> JSONValue {
            ["resourceFiles": [["httpUrl": .string("http://blobs/c/\(name)"), "filePath": "dir/in.txt"]]]
        }
        try await BatchFixture.with(transport: transport) { fixture in
            try await fixture.makeJob()
            let good = try await fixture.run("cat dir/in.txt", id: "good", files("good?sig=secret"))
            #expect(good["executionInfo"]?["exitCode"] == 0)
            #expect(try await fixture.taskFile("stdout.txt", id: "good").text == "content")
            for (name, code) in [("secret", "BlobAccessDenied"), ("missing", "BlobNotFound")] {
                let task = try await fixture.run("true", id: name, files(name))
                #expect(task["executionInfo"]?["failureInfo"]?["code"] == .string(code))
                #expect(task["executionInfo"]?["exitCode"] == nil)
            }
        }
    }

    @Test("Deleting a task, a job or a pool ends what runs, and the service ends all when it stops")
    func deletions() async throws {
        func isAlive(_ fixture: BatchFixture, _ id: String) async throws -> () -> Bool {
            let body: JSONValue = [
                "id": .string(id),
                "commandLine": "/bin/sh -c 'echo $$; exec 3<>/dev/null; setsid sleep 1000 & sleep 1000'",
            ]
            #expect(try await fixture.send(.post, "/jobs/job/tasks", body: body).status == 201)
            await fixture.emulator.wait { $0.jobs["job"]?.tasks[id]?.state == .running }
            var number: Int32?
            while number == nil {
                let file = try await fixture.taskFile("stdout.txt", id: id)
                number = Int32(file.text.trimmingCharacters(in: .whitespacesAndNewlines))
            }
            let process = try #require(number)
            #expect(kill(process, 0) == 0)
            return { kill(process, 0) == 0 }
        }
        var last: () -> Bool = { true }
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(slots: 4)
            let first = try await isAlive(fixture, "first")
            #expect(try await fixture.send(.delete, "/jobs/job/tasks/first").status == 200)
            #expect(!first())
            #expect(try await fixture.send(.get, "/jobs/job/tasks/first").code == "TaskNotFound")
            let second = try await isAlive(fixture, "second")
            #expect(try await fixture.send(.delete, "/jobs/job").status == 202)
            await fixture.emulator.wait { $0.jobs["job"] == nil }
            #expect(!second())
            let job: JSONValue = ["id": "job", "poolInfo": ["poolId": "pool"]]
            #expect(try await fixture.send(.post, "/jobs", body: job).status == 201)
            let third = try await isAlive(fixture, "third")
            #expect(try await fixture.send(.delete, "/pools/pool").status == 202)
            await fixture.emulator.wait { $0.pools["pool"] == nil }
            #expect(!third())
            #expect(try await fixture.send(.get, "/jobs/job/tasks/third").json["state"] == "active")
            #expect(try await fixture.send(.post, "/pools", body: BatchFixture.pool("pool", slots: 4)).status == 201)
            last = try await isAlive(fixture, "last")
        }
        #expect(!last())
    }
}
#endif
