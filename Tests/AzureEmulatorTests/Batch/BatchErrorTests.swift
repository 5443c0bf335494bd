import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Errors of the emulated Batch service", .timeLimit(.minutes(5)))
struct BatchErrorTests {
    /// What is asked, and what the service says to it.
    struct Case: Sendable {
        let method: HTTPRequest.Method
        let path: String
        var body: JSONValue?
        let status: Int
        let code: String

        init(_ method: HTTPRequest.Method, _ path: String, _ status: Int, _ code: String) {
            (self.method, self.path, self.status, self.code) = (method, path, status, code)
        }

        init(_ method: HTTPRequest.Method, _ path: String, _ body: JSONValue, _ status: Int, _ code: String) {
            (self.method, self.path, self.body, self.status, self.code) = (method, path, body, status, code)
        }
    }

    private static func pool(_ change: (inout JSONValue) -> Void) -> JSONValue {
        var pool = BatchFixture.pool("other", nodes: 0)
        change(&pool)
        return pool
    }

    private static func task(_ more: JSONValue) -> JSONValue {
        var task: JSONValue = ["id": "other", "commandLine": "true"]
        for (name, value) in more.object ?? [:] { task[name] = value }
        return task
    }

    static let missing = [
        Case(.get, "/pools/none", 404, "PoolNotFound"), Case(.delete, "/pools/none", 404, "PoolNotFound"),
        Case(.post, "/pools/none/resize", ["targetDedicatedNodes": 1], 404, "PoolNotFound"),
        Case(.get, "/pools/none/nodes", 404, "PoolNotFound"), Case(.get, "/pools/pool/nodes/none", 404, "NodeNotFound"),
        Case(.get, "/pools/pool/nodes/none/files", 404, "NodeNotFound"), Case(.get, "/jobs/none", 404, "JobNotFound"),
        Case(.post, "/jobs/none/tasks", task([:]), 404, "JobNotFound"),
        Case(.get, "/jobs/none/taskcounts", 404, "JobNotFound"), Case(.get, "/jobs/none/tasks", 404, "JobNotFound"),
        Case(.get, "/jobs/job/tasks/none", 404, "TaskNotFound"),
        Case(.post, "/jobs/job/tasks/none/terminate", 404, "TaskNotFound"),
        Case(.get, "/jobs/job/tasks/none/files/a", 404, "TaskNotFound"),
        Case(.get, "/applications/none", 404, "ApplicationNotFound"),
        Case(.get, "/nowhere", 400, "InvalidUri"), Case(.put, "/pools", [:], 405, "UnsupportedHttpVerb"),
    ]

    static let conflicts = [
        Case(.post, "/pools", BatchFixture.pool("Pool", nodes: 0), 409, "PoolExists"),
        Case(.post, "/jobs", ["id": "JOB", "poolInfo": ["poolId": "pool"]], 409, "JobExists"),
        Case(.post, "/jobs/job/tasks", ["id": "Waiting", "commandLine": "true"], 409, "TaskExists"),
        Case(.post, "/jobs/done/tasks", task([:]), 409, "JobCompleted"),
        Case(.post, "/jobs/done/terminate", 409, "JobCompleted"),
        Case(.post, "/jobs/done/disable", ["disableTasks": "requeue"], 409, "JobCompleted"),
        Case(.post, "/jobs/job/tasks/waiting/reactivate", 409, "TaskNotCompleted"),
        Case(.get, "/jobs/job/tasks/waiting/files/stdout.txt", 409, "TaskFilesUnavailable"),
        Case(.patch, "/jobs/job", ["poolInfo": ["poolId": "pool2"]], 409, "OperationInvalidForCurrentState"),
        Case(.get, "/jobs/job/jobpreparationandreleasetaskstatus", 409, "JobPreparationTaskNotSpecified"),
        Case(.post, "/pools/pool/stopresize", 409, "OperationInvalidForCurrentState"),
        Case(
            .post, "/pools/pool/evaluateautoscale", ["autoScaleFormula": "$a=1;"], 409,
            "OperationInvalidForCurrentState"),
        Case(
            .post, "/jobs/job/tasks", task(["applicationPackageReferences": [["applicationId": "a"]]]), 409,
            "InvalidApplicationPackageReferences"),
    ]

    static let invalid = [
        Case(.post, "/pools", pool { $0["id"] = nil }, 400, "MissingRequiredProperty"),
        Case(.post, "/pools", pool { $0["vmSize"] = nil }, 400, "MissingRequiredProperty"),
        // Azure/batch-shipyard#53 and hashicorp/terraform#36698 have the answer for a size that is none.
        Case(.post, "/pools", pool { $0["vmSize"] = "huge" }, 400, "InvalidPropertyValue"),
        Case(.post, "/pools", pool { $0["vmSize"] = "" }, 400, "InvalidPropertyValue"),
        Case(.post, "/pools", pool { $0["virtualMachineConfiguration"] = nil }, 400, "MissingRequiredProperty"),
        Case(.post, "/pools", pool { $0["id"] = "a b" }, 400, "InvalidPropertyValue"),
        Case(
            .post, "/pools", pool { $0["id"] = .string(String(repeating: "x", count: 65)) }, 400, "InvalidPropertyValue"
        ),
        Case(.post, "/pools", pool { $0["taskSlotsPerNode"] = 0 }, 400, "InvalidPropertyValue"),
        Case(.post, "/pools", pool { $0["targetDedicatedNodes"] = -1 }, 400, "InvalidPropertyValue"),
        Case(.post, "/pools", pool { $0["targetDedicatedNodes"] = "one" }, 400, "InvalidRequestBody"),
        Case(.post, "/pools", pool { $0["resizeTimeout"] = "soon" }, 400, "InvalidPropertyValue"),
        Case(.post, "/pools", pool { $0["surprise"] = 1 }, 400, "InvalidRequestBody"),
        Case(.post, "/pools", pool { $0["enableAutoScale"] = true }, 400, "InvalidAutoScalingSettings"),
        Case(
            .post, "/pools", pool { $0["virtualMachineConfiguration"]?["nodeAgentSKUId"] = "batch.node.debian 12" },
            400,
            "InvalidPropertyValue"),
        Case(
            .post, "/pools", pool { $0["virtualMachineConfiguration"]?["imageReference"]?["sku"] = "none" }, 400,
            "InvalidPropertyValue"),
        Case(.post, "/jobs", ["id": "x"], 400, "MissingRequiredProperty"),
        Case(.post, "/jobs", ["id": "x", "poolInfo": [:]], 400, "MissingRequiredProperty"),
        Case(
            .post, "/jobs", ["id": "x", "poolInfo": ["poolId": "pool"], "priority": 1001], 400, "OutOfRangePriority"),
        Case(.patch, "/jobs/job", ["onAllTasksComplete": "explode"], 400, "InvalidPropertyValue"),
        Case(.put, "/jobs/job", ["poolInfo": ["poolId": "pool"], "id": "job"], 400, "InvalidRequestBody"),
        Case(.post, "/jobs/job/tasks", ["id": "x"], 400, "MissingRequiredProperty"),
        Case(.post, "/jobs/job/tasks", task(["commandLine": " "]), 400, "InvalidPropertyValue"),
        Case(.post, "/jobs/job/tasks", task(["requiredSlots": 0]), 400, "InvalidPropertyValue"),
        Case(
            .post, "/jobs/job/tasks", task(["constraints": ["maxWallClockTime": "-PT1S"]]), 400, "InvalidPropertyValue"),
        Case(
            .post, "/jobs/job/tasks", task(["resourceFiles": [["httpUrl": "http://a/b", "filePath": "../x"]]]), 400,
            "InvalidPropertyValue"),
        Case(
            .post, "/jobs/job/tasks", task(["resourceFiles": [["filePath": "x"]]]), 400, "InvalidPropertyValue"),
        Case(
            .post, "/jobs/job/tasks",
            task([
                "outputFiles": [
                    [
                        "filePattern": .string(String(repeating: "[", count: 5000)),
                        "destination": ["container": ["containerUrl": "http://h/c?sig=x"]],
                        "uploadOptions": ["uploadCondition": "taskcompletion"],
                    ]
                ]
            ]), 400, "InvalidPropertyValue"),
        Case(
            .post, "/jobs/job/tasks", task(["dependsOn": ["taskIds": ["a"]]]), 400, "TaskDependenciesNotSpecifiedOnJob"),
        Case(.post, "/jobs/job/addtaskcollection", ["value": []], 400, "InvalidPropertyValue"),
        Case(.post, "/pools/pool/resize", [:], 400, "MissingRequiredProperty"),
        Case(.post, "/pools/pool/removenodes", ["nodeList": []], 400, "InvalidPropertyValue"),
        Case(.post, "/jobs/job/disable", [:], 400, "MissingRequiredProperty"),
    ]

    static let notOffered = [
        Case(
            .post, "/jobs/job/tasks",
            task([
                "resourceFiles": [
                    ["httpUrl": "http://a/b", "filePath": "x", "identityReference": ["resourceId": "/subscriptions/s"]]
                ]
            ]), 501, "NotImplemented")
    ]

    @Test("Each mistake has its status and code", arguments: [missing, conflicts, invalid, notOffered])
    func mistakes(_ cases: [Case]) async throws {
        try await BatchFixture.with { fixture in
            for id in ["pool", "pool2"] {
                #expect(try await fixture.send(.post, "/pools", body: BatchFixture.pool(id, nodes: 0)).status == 201)
            }
            for id in ["job", "done"] {
                let job: JSONValue = ["id": .string(id), "poolInfo": ["poolId": "pool"]]
                #expect(try await fixture.send(.post, "/jobs", body: job).status == 201)
            }
            #expect(try await fixture.send(.post, "/jobs/done/terminate").status == 202)
            let task: JSONValue = ["id": "waiting", "commandLine": "true"]
            #expect(try await fixture.send(.post, "/jobs/job/tasks", body: task).status == 201)
            for wrong in cases {
                let answer = try await fixture.send(wrong.method, wrong.path, body: wrong.body)
                #expect(
                    answer.status == wrong.status && answer.code == wrong.code,
                    "\(wrong.method) \(wrong.path) \(wrong.code): \(answer.text)")
                #expect(answer.json["message"]?["value"]?.string?.contains("RequestId:") ?? false)
                #expect(answer.header("request-id") != nil)
            }
        }
    }

    @Test("A wrong key is refused")
    func wrongKey() async throws {
        try await BatchFixture.with { fixture in
            let answer = try await fixture.send(.get, "/pools", key: "d3Jvbmc=")
            #expect(answer.status == 403 && answer.code == "AuthenticationFailed")
        }
    }

    @Test("A collection reports on each of its tasks")
    func collection() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(nodes: 0)
            let tasks: [JSONValue] = ["a", "b", "A", "c d"].map { ["id": $0, "commandLine": "true"] }
            let answer = try await fixture.send(.post, "/jobs/job/addtaskcollection", body: ["value": .array(tasks)])
            #expect(answer.status == 200)
            let results = answer.json["value"]?.array ?? []
            #expect(results.map { $0["status"] } == ["success", "success", "clienterror", "clienterror"])
            #expect(results.map { $0["error"]?["code"] } == [nil, nil, "TaskExists", "InvalidPropertyValue"])
            let many: [JSONValue] = (0..<101).map { ["id": .string("t\($0)"), "commandLine": "true"] }
            let refused = try await fixture.send(.post, "/jobs/job/addtaskcollection", body: ["value": .array(many)])
            #expect(refused.code == "InvalidPropertyValue")
            let long: JSONValue = ["id": "l", "commandLine": .string(String(repeating: "x", count: 1_100_000))]
            let large = try await fixture.send(.post, "/jobs/job/addtaskcollection", body: ["value": [long]])
            #expect(large.status == 413 && large.code == "RequestBodyTooLarge")
        }
    }

    @Test("Lists of tasks come in pages, filtered and cut down")
    func lists() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(nodes: 0)
            let tasks: [JSONValue] = (0..<10).map { ["id": .string("t\($0)"), "commandLine": "true"] }
            _ = try await fixture.send(.post, "/jobs/job/addtaskcollection", body: ["value": .array(tasks)])
            var ids: [JSONValue] = []
            var query = "maxresults=4&%24select=id"
            while true {
                let page = try await fixture.send(.get, "/jobs/job/tasks", query).json
                ids += page["value"]?.array?.compactMap { $0["id"] } ?? []
                #expect(page["value"]?.array?.allSatisfy { $0.object?.count == 1 } ?? false)
                guard let next = page["odata.nextLink"]?.string else { break }
                query = next.drop { $0 != "?" }.dropFirst().split(separator: "&")
                    .filter { !$0.hasPrefix("api-version") }.joined(separator: "&")
            }
            #expect(ids == (0..<10).map { .string("t\($0)") })
            _ = try await fixture.send(.post, "/jobs/job/tasks/t3/terminate")
            let done = try await fixture.send(.get, "/jobs/job/tasks", "%24filter=state%20eq%20%27completed%27").json
            #expect(done["value"]?.array?.map { $0["id"] } == ["t3"])
            let counts = try await fixture.send(.get, "/jobs/job/taskcounts").json["taskCounts"]
            #expect(counts?["active"] == 9 && counts?["completed"] == 1 && counts?["failed"] == 1)
        }
    }
}
