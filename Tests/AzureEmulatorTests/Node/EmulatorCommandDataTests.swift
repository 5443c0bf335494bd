#if Emulator && os(Linux)
import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import Glibc
import Testing

@testable import AzureEmulator

/// The witness is what the service answered before the end of its process.
@Suite(
    "With --data the command azure-emulator goes on after kill -9", .timeLimit(.minutes(5)),
    .enabled(if: RunningCommand.program != nil))
struct EmulatorCommandDataTests {
    private static func run(in fixture: ProcessFixture) async throws -> RunningCommand {
        try await RunningCommand(["--blob-port", "0", "--batch-port", "0", "--data", "\(fixture.directory)/data"])
    }

    @Test("Pools, jobs, finished tasks and their files are there; what ran runs again, and nothing of before is left")
    func kill() async throws {
        try await ProcessFixture.with { fixture in
            fixture.makePipe()
            let sleeper = "/bin/sh -c \"echo $$ > \(fixture.directory)/ready; exec sleep 1000\""
            let first = try await Self.run(in: fixture)
            try await first.start(["/bin/sh -c \"echo kept; echo $AZ_BATCH_TASK_ID > file.txt\""])
            let wait = WaitOptions(pollInterval: .milliseconds(20))
            var batch = try first.batch()
            try await batch.jobs.waitUntilTasksCompleted("job", options: wait)
            try await batch.tasks.create(BatchTaskCreateOptions(id: "runs", commandLine: sleeper), inJob: "job")
            let process = try await fixture.number()
            let done = try await batch.tasks.get("task0", inJob: "job")
            let job = try await batch.jobs.get("job")
            _ = await first.end(with: SIGKILL)

            let second = try await Self.run(in: fixture)
            batch = try second.batch()
            // It has begun anew; the one of before has been ended by then.
            let again = try await fixture.number()
            #expect(again != process && !isAlive(process: process))
            #expect(try await batch.jobs.get("job").etag == job.etag)
            let after = try await batch.tasks.get("task0", inJob: "job")
            #expect(after.etag == done.etag && after.executionInfo == done.executionInfo)
            let file = try await batch.files.downloadTaskFile("wd/file.txt", ofTask: "task0", inJob: "job")
            #expect(try await file.collect(upTo: 100) == Data("task0\n".utf8))
            try await batch.tasks.terminate("runs", inJob: "job")
            try await batch.jobs.waitUntilTasksCompleted("job", options: wait)
            _ = await second.end(with: SIGKILL)
            #expect(!isAlive(process: again))
        }
    }
}
#endif
