#if Emulator
import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// Variables, files and order are those of the articles on multi-instance tasks and on environment variables of Batch.
@Suite("Multi-instance tasks of the emulated Batch service", .timeLimit(.minutes(5)))
struct MultiInstanceTests {
    private func withPool(nodes: Int64, _ body: (BatchFixture) async throws -> Void) async throws {
        let files = ClosureTransport { _, _, _ in .emulated(200, body: Data("common".utf8)) }
        try await BatchFixture.with(transport: files) { fixture in
            var pool = BatchFixture.pool(nodes: nodes)
            pool["enableInterNodeCommunication"] = true
            #expect(try await fixture.send(.post, "/pools", body: pool).status == 201)
            #expect(
                try await fixture.send(.post, "/jobs", body: ["id": "job", "poolInfo": ["poolId": "pool"]]).status
                    == 201)
            try await body(fixture)
        }
    }

    @Test("Coordination runs on each node, the application on the first, and what coordination left lives as long")
    func life() async throws {
        try await withPool(nodes: 3) { fixture in
            let coordination = """
                /bin/sh -c 'test $(cat $AZ_BATCH_TASK_SHARED_DIR/common.txt) = common || exit 9; \
                (while :; do echo alive > $AZ_BATCH_TASK_SHARED_DIR/alive; sleep 1; done) > /dev/null 2>&1 & \
                echo $AZ_BATCH_IS_CURRENT_NODE_MASTER $AZ_BATCH_TASK_DIR'
                """
            let application = """
                /bin/sh -c 'while test ! -e $AZ_BATCH_TASK_SHARED_DIR/alive; do sleep 1; done; cat own.txt; \
                rm $AZ_BATCH_TASK_SHARED_DIR/alive; while test ! -e $AZ_BATCH_TASK_SHARED_DIR/alive; do sleep 1; done; \
                echo; echo $CCP_NODES / $AZ_BATCH_NODE_LIST / $AZ_BATCH_HOST_LIST / $AZ_BATCH_MASTER_NODE'
                """
            let task = try await fixture.run(
                application,
                [
                    "resourceFiles": [["httpUrl": "http://h/c/own", "filePath": "own.txt"]],
                    "multiInstanceSettings": [
                        "numberOfInstances": 3, "coordinationCommandLine": .string(coordination),
                        "commonResourceFiles": [["httpUrl": "http://h/c/common", "filePath": "common.txt"]],
                    ],
                ])
            #expect(task["executionInfo"]?["result"] == "success", "\(task)")
            let local = Array(repeating: "127.0.0.1", count: 3)
            #expect(
                try await fixture.taskFile("stdout.txt").text == "common\n3 "
                    + local.map { "\($0) 1" }.joined(separator: " ") + " / " + local.joined(separator: ";") + " / "
                    + local.joined(separator: ",") + " / 127.0.0.1:6000\n")
            #expect(try await fixture.taskFile("coordination-stdout.txt").text.hasPrefix("true "))
            let subtasks = try await fixture.send(.get, "/jobs/job/tasks/task/subtasksinfo").json["value"]?.array ?? []
            #expect(subtasks.map { $0["id"] } == [1, 2])
            for subtask in subtasks {
                #expect(subtask["state"] == "completed" && subtask["exitCode"] == 0 && subtask["result"] == "success")
                #expect(subtask["previousState"] == "running" && subtask["startTime"]?.string != nil)
                let node = try #require(subtask["nodeInfo"]?["nodeId"]?.string)
                let root = try #require(subtask["nodeInfo"]?["taskRootDirectory"]?.string)
                let path = PercentEncoding.encode("\(root)/stdout.txt")
                let output = try await fixture.send(.get, "/pools/pool/nodes/\(node)/files/\(path)")
                #expect(output.text.hasPrefix("false /") && output.text.hasSuffix("/\(root)\n"))
            }
        }
    }

    @Test("A coordination command that fails on one node fails the task")
    func failure() async throws {
        try await withPool(nodes: 2) { fixture in
            let task = try await fixture.run(
                "true",
                [
                    "multiInstanceSettings": [
                        "numberOfInstances": 2,
                        "coordinationCommandLine":
                            "/bin/sh -c 'test $AZ_BATCH_IS_CURRENT_NODE_MASTER = true || exit 5; exec sleep 1000'",
                    ]
                ])
            #expect(task["executionInfo"]?["exitCode"] == 5 && task["executionInfo"]?["result"] == "failure")
        }
    }

    @Test("A running task is ended on all nodes, and deleted with the files on all")
    func ended() async throws {
        try await withPool(nodes: 2) { fixture in
            let body: JSONValue = [
                "id": "task", "commandLine": "sleep 1000",
                "multiInstanceSettings": ["numberOfInstances": 2, "coordinationCommandLine": "true"],
            ]
            #expect(try await fixture.send(.post, "/jobs/job/tasks", body: body).status == 201)
            await fixture.emulator.wait { state in
                state.jobs["job"]?.tasks["task"]?.execution.instances.allSatisfy(\.isCoordinated) == true
            }
            #expect(try await fixture.send(.post, "/jobs/job/tasks/task/terminate").status == 204)
            await fixture.emulator.wait { $0.jobs["job"]?.tasks["task"]?.state == .completed }
            #expect(try await fixture.send(.delete, "/jobs/job/tasks/task").status == 200)
            let nodes = try await fixture.send(.get, "/pools/pool/nodes").json["value"]?.array ?? []
            for node in nodes {
                let files = try await fixture.send(
                    .get, "/pools/pool/nodes/\(node["id"]?.string ?? "")/files", "recursive=true")
                #expect(files.status == 200 && !files.text.contains("job-1/task"))
            }
        }
    }

    @Test("A task that takes too long has run out of time on every node, and is not tried again")
    func timeLimit() async throws {
        try await withPool(nodes: 1) { fixture in
            let task = try await fixture.run(
                "sleep 1000",
                [
                    "constraints": ["maxWallClockTime": "PT1S", "maxTaskRetryCount": 1],
                    "multiInstanceSettings": ["numberOfInstances": 1, "coordinationCommandLine": "true"],
                ])
            let info = task["executionInfo"]
            #expect(info?["failureInfo"]?["code"] == .string(TaskFailure.timedOut.code) && info?["retryCount"] == 0)
        }
    }

    @Test("Settings that make no sense are refused")
    func refusals() async throws {
        try await withPool(nodes: 0) { fixture in
            for settings: JSONValue in [
                ["numberOfInstances": 0, "coordinationCommandLine": "true"],
                ["numberOfInstances": 2, "coordinationCommandLine": " "],
                [
                    "coordinationCommandLine": "true",
                    "commonResourceFiles": [["httpUrl": "http://h/f", "filePath": "../f"]],
                ],
            ] {
                let answer = try await fixture.send(
                    .post, "/jobs/job/tasks",
                    body: ["id": "t", "commandLine": "true", "multiInstanceSettings": settings])
                #expect(answer.code == "InvalidPropertyValue")
            }
        }
    }
}
#endif
