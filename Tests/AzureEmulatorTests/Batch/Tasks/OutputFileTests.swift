#if Emulator
import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// Names of files and logs, conditions and codes are those of the article on persisting output with the Batch service
/// API, and of the REST reference of `OutputFile`.
@Suite("Output files of the emulated Batch service", .timeLimit(.minutes(5)))
struct OutputFileTests {
    private static func output(
        _ pattern: String, container: String = "c", path: String = "", when: String = "taskcompletion",
        headers: JSONValue = []
    ) -> JSONValue {
        [
            "filePattern": .string(pattern), "uploadOptions": ["uploadCondition": .string(when)],
            "destination": [
                "container": [
                    "containerUrl": .string("http://blobs/\(container)?sig=secret"), "path": .string(path),
                    "uploadHeaders": headers,
                ]
            ],
        ]
    }

    @Test("Files are uploaded where they should be, with their header fields, and the logs tell of it")
    func uploads() async throws {
        let container = TestContainer()
        try await BatchFixture.with(transport: container) { fixture in
            try await fixture.makeJob()
            let outputs: JSONValue = [
                Self.output("../std*.txt", path: "logs/task"), Self.output("**/*.txt", path: "all"),
                Self.output(
                    "result.json", path: "r/one.json", headers: [["name": "Content-Type", "value": "application/json"]]),
                Self.output("$AZ_BATCH_TASK_DIR/stdout.txt"),
            ]
            let script =
                "/bin/sh -c 'mkdir -p d/e; echo 1 > d/e/a.txt; echo 2 > b.txt; echo 3 > .c.txt; echo {} > result.json'"
            let task = try await fixture.run(script, ["outputFiles": outputs])
            #expect(task["executionInfo"]?["result"] == "success")
            #expect(
                container.all.map(\.path) == [
                    "/c/logs/task/stderr.txt?sig=secret", "/c/logs/task/stdout.txt?sig=secret",
                    "/c/all/b.txt?sig=secret", "/c/all/d/e/a.txt?sig=secret", "/c/r/one.json?sig=secret",
                    "/c/stdout.txt?sig=secret",
                ])
            #expect(container.all.allSatisfy { $0.header("x-ms-blob-type") == "BlockBlob" })
            #expect(
                container.all[4].header("Content-Type") == "application/json"
                    && container.all[4].data == Data("{}\n".utf8))
            let log = try await fixture.taskFile("fileuploadout.txt").text
            #expect(log.contains("'d/e/a.txt' is uploaded") && !log.contains("secret"))
            #expect(try await fixture.taskFile("fileuploaderr.txt").text == "")
        }
    }

    @Test("The condition says after which ends files are uploaded; what never ran has neither files nor logs")
    func conditions() async throws {
        let container = TestContainer()
        try await BatchFixture.with(transport: container) { fixture in
            try await fixture.makeJob()
            let outputs: JSONValue = .array(
                ["tasksuccess", "taskfailure", "taskcompletion"].map {
                    Self.output("../stdout.txt", path: "$AZ/\($0)", when: $0)
                })
            _ = try await fixture.run("true", id: "good", ["outputFiles": outputs])
            #expect(
                container.all.map(\.path).map { $0.split(separator: "/").last ?? "" }.map { $0.prefix { $0 != "?" } }
                    == ["tasksuccess", "taskcompletion"])
            _ = try await fixture.run("false", id: "bad", ["outputFiles": outputs])
            #expect(container.all.count == 4 && container.all[2].path.contains("taskfailure"))
            let missing = try await fixture.run("no-such-program", id: "missing", ["outputFiles": outputs])
            #expect(missing["executionInfo"]?["failureInfo"]?["code"] == "CommandProgramNotFound")
            #expect(container.all.count == 4)
            #expect(try await fixture.taskFile("fileuploadout.txt", id: "missing").status == 404)
        }
    }

    @Test(
        "A failed upload fails the task, for a reason that has a code, and is no reason to run it again",
        arguments: [
            ("missing", "FileUploadContainerNotFound"), ("secret", "FileUploadAccessDenied"),
            ("odd", "FileUploadMiscError"),
        ])
    func failures(_ name: String, _ code: String) async throws {
        try await BatchFixture.with(transport: TestContainer()) { fixture in
            try await fixture.makeJob()
            let task = try await fixture.run(
                "true",
                [
                    "outputFiles": [Self.output("../stdout.txt", container: name)],
                    "constraints": ["maxTaskRetryCount": 3],
                ])
            let info = task["executionInfo"]
            #expect(info?["exitCode"] == 0 && info?["result"] == "failure" && info?["retryCount"] == 0)
            #expect(info?["failureInfo"]?["code"] == .string(code))
            #expect(info?["failureInfo"]?["category"] == "UserError")
            #expect(try await fixture.taskFile("fileuploaderr.txt").text.contains("could not be uploaded: HTTP status"))
            #expect(!"\(info ?? .null)".contains("sig=secret"))
        }
    }

    @Test("A service that has no time is asked again; a large file goes in blocks")
    func blocksAndRetries() async throws {
        let container = TestContainer(failures: [503, 500])
        try await BatchFixture.with(transport: container) { fixture in
            try await fixture.makeJob()
            let headers: JSONValue = [
                ["name": "Content-Type", "value": "text/plain"], ["name": "x-ms-meta-a", "value": "b"],
            ]
            let task = try await fixture.run(
                "head -c 20000000 /dev/zero", ["outputFiles": [Self.output("../stdout.txt", headers: headers)]])
            #expect(task["executionInfo"]?["result"] == "success")
            let all = container.all
            #expect(all.count == 4 && all.dropLast().allSatisfy { $0.path.contains("&comp=block&blockid=") })
            #expect(all.dropLast().map(\.data.count) == [8_388_608, 8_388_608, 3_222_784])
            let list = try #require(all.last)
            #expect(list.path.hasSuffix("&comp=blocklist"))
            #expect(list.header("x-ms-blob-Content-Type") == "text/plain" && list.header("x-ms-meta-a") == "b")
            #expect(String(decoding: list.data, as: UTF8.self).components(separatedBy: "<Latest>").count == 4)
        }
    }

    @Test("No link and no path leads out of the node; one to a file in it stands for that file")
    func links() async throws {
        let container = TestContainer()
        try await BatchFixture.with(transport: container) { fixture in
            try await fixture.makeJob()
            let script = """
                /bin/sh -c 'ln -s /etc/passwd out.txt; ln -s /etc etc; echo x > ../../../../../shared/in; \
                ln -s ../../../../../shared/in in.txt; mkfifo pipe.txt; ln -s . loop; mkdir real; echo y > real/y.txt'
                """
            let outputs: JSONValue = [
                Self.output("**/*.txt"), Self.output("etc/passwd"), Self.output("/etc/passwd"), Self.output("etc/*"),
                Self.output("../../../../../../../../../../../etc/passwd"), Self.output("loop/real/*"),
            ]
            let task = try await fixture.run(script, ["outputFiles": outputs])
            #expect(task["executionInfo"]?["result"] == "success")
            #expect(
                container.all.map { String($0.path.prefix { $0 != "?" }) } == [
                    "/c/in.txt", "/c/real/y.txt", "/c/y.txt",
                ])
        }
    }

    @Test("A task whose upload never ends can be ended")
    func stopped() async throws {
        let transport = ClosureTransport { _, _, _ in
            try await Task.sleep(for: .seconds(3600))
            return .emulated(201)
        }
        try await BatchFixture.with(transport: transport) { fixture in
            try await fixture.makeJob()
            let body: JSONValue = [
                "id": "task", "commandLine": "true", "outputFiles": [Self.output("../stdout.txt")],
            ]
            #expect(try await fixture.send(.post, "/jobs/job/tasks", body: body).status == 201)
            await fixture.emulator.wait { $0.jobs["job"]?.tasks["task"]?.state == .running }
            #expect(try await fixture.send(.post, "/jobs/job/tasks/task/terminate").status == 204)
            await fixture.emulator.wait { $0.jobs["job"]?.tasks["task"]?.state == .completed }
            let task = try await fixture.send(.get, "/jobs/job/tasks/task").json
            #expect(task["executionInfo"]?["failureInfo"]?["code"] == "TaskEnded")
        }
    }

    @Test("What cannot be uploaded is refused when the task is made")
    func refusals() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            func send(_ output: JSONValue) async throws -> BatchFixture.Answer {
                try await fixture.send(
                    .post, "/jobs/job/tasks", body: ["id": "t", "commandLine": "true", "outputFiles": [output]])
            }
            #expect(try await send(Self.output("")).code == "InvalidPropertyValue")
            #expect(try await send(Self.output("a", when: "never")).code == "InvalidPropertyValue")
            #expect(
                try await send(Self.output("a", headers: [["name": "a b", "value": "c"]])).code
                    == "InvalidPropertyValue")
            #expect(
                try await send(Self.output("a", headers: [["name": "a", "value": "c\nd"]])).code
                    == "InvalidPropertyValue")
            var output = Self.output("a")
            output["destination"] = ["container": ["containerUrl": "ftp://h/c"]]
            #expect(try await send(output).code == "InvalidPropertyValue")
            output["destination"] = [:]
            #expect(try await send(output).code == "MissingRequiredProperty")
        }
    }
}
#endif
