import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// What is expected is what the reference of the REST API says of Job - Create, and of Job - List Preparation And Release
/// Task Status.
@Suite("Preparation, release and manager tasks through the service", .timeLimit(.minutes(5)))
struct JobSupportServiceTests {
    private static func job(_ more: JSONValue) -> JSONValue {
        var body: JSONValue = ["id": "job", "poolInfo": ["poolId": "pool"]]
        for (name, value) in more.object ?? [:] { body[name] = value }
        return body
    }

    @Test("The status of preparation and release tasks is told node by node")
    func status() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob([
                "jobPreparationTask": ["commandLine": "true"],
                "jobReleaseTask": ["id": "cleanup", "commandLine": "no-such-program"],
            ])
            let path = "/jobs/job/jobpreparationandreleasetaskstatus"
            #expect(try await fixture.send(.get, path).json["value"] == [])
            _ = try await fixture.run("true")
            #expect(try await fixture.send(.post, "/jobs/job/terminate").status == 202)
            await fixture.emulator.wait { $0.jobs["job"]?.state == .completed }
            let answer = try await fixture.send(.get, path)
            let entries = answer.json["value"]?.array ?? []
            #expect(answer.status == 200 && entries.count == 1)
            let node = try #require(entries.first?["nodeId"]?.string)
            let url = "\(BatchFixture.endpoint)/pools/pool/nodes/\(node)"
            #expect(entries[0]["poolId"] == "pool" && entries[0]["nodeUrl"] == .string(url))
            let preparation = entries[0]["jobPreparationTaskExecutionInfo"]
            #expect(preparation?["state"] == "completed" && preparation?["exitCode"] == 0)
            #expect(preparation?["result"] == "success" && preparation?["retryCount"] == 0)
            let root = "workitems/job/job-1/jobpreparation"
            #expect(preparation?["taskRootDirectory"] == .string(root))
            #expect(preparation?["taskRootDirectoryUrl"] == .string("\(url)/files/\(root)"))
            let release = entries[0]["jobReleaseTaskExecutionInfo"]
            #expect(release?["taskRootDirectory"] == "workitems/job/job-1/cleanup" && release?["retryCount"] == nil)
            #expect(release?["failureInfo"]?["code"] == "CommandProgramNotFound")
            let chosen = try await fixture.send(.get, path, "%24select=nodeId").json["value"]?.array?.first
            #expect(chosen == ["nodeId": .string(node)])
            #expect(try await fixture.send(.get, "/jobs/job").json["jobReleaseTask"]?["id"] == "cleanup")
        }
    }

    @Test("A job without a preparation task has no such status")
    func withoutPreparation() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(nodes: 0)
            let answer = try await fixture.send(.get, "/jobs/job/jobpreparationandreleasetaskstatus")
            #expect(answer.status == 409 && answer.code == "JobPreparationTaskNotSpecified")
        }
    }

    @Test(
        "What does not go together is refused",
        arguments: [
            ["jobReleaseTask": ["commandLine": "true"]],
            [
                "jobPreparationTask": ["commandLine": "true"],
                "jobReleaseTask": ["commandLine": "true", "maxWallClockTime": "PT15M1S"],
            ],
            ["jobPreparationTask": ["commandLine": " "]],
            ["jobManagerTask": ["id": "a b", "commandLine": "true"]],
            [
                "jobPreparationTask": ["id": "x", "commandLine": "true"],
                "jobManagerTask": ["id": "X", "commandLine": "true"],
            ],
            ["poolInfo": ["poolId": "pool", "autoPoolSpecification": ["poolLifetimeOption": "job", "pool": [:]]]],
            ["poolInfo": ["autoPoolSpecification": ["poolLifetimeOption": "jobschedule", "pool": [:]]]],
            [
                "poolInfo": [
                    "autoPoolSpecification": [
                        "poolLifetimeOption": "job", "autoPoolIdPrefix": "longer-than-20-characters",
                    ]
                ]
            ],
        ] as [JSONValue])
    func refusals(more: JSONValue) async throws {
        try await BatchFixture.with { fixture in
            let answer = try await fixture.send(.post, "/jobs", body: Self.job(more))
            #expect(answer.status == 400, "\(answer.text)")
            #expect(try await fixture.send(.get, "/pools").json["value"] == [])
        }
    }

    @Test("No task has the id of the preparation or release task")
    func taskIDs() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(
                [
                    "jobPreparationTask": ["commandLine": "true"],
                    "jobReleaseTask": ["id": "last", "commandLine": "true"],
                ],
                nodes: 0)
            for (id, code) in [
                ("JobPreparation", "TaskIdSameAsJobPreparationTask"), ("last", "TaskIdSameAsJobReleaseTask"),
            ] {
                let task: JSONValue = ["id": .string(id), "commandLine": "true"]
                let answer = try await fixture.send(.post, "/jobs/job/tasks", body: task)
                #expect(answer.status == 409 && answer.code == code)
            }
        }
    }

    @Test("A job manager task is there with its job, and its end is that of the job")
    func manager() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob([
                "jobManagerTask": ["id": "manager", "commandLine": "true", "displayName": "M", "requiredSlots": 1]
            ])
            await fixture.emulator.wait { $0.jobs["job"]?.state == .completed }
            let job = try await fixture.send(.get, "/jobs/job").json
            #expect(job["executionInfo"]?["terminateReason"] == "JMComplete")
            #expect(job["jobManagerTask"]?["id"] == "manager")
            let task = try await fixture.send(.get, "/jobs/job/tasks/manager").json
            #expect(task["displayName"] == "M" && task["executionInfo"]?["result"] == "success")
        }
    }

    @Test("A job may bring its pool, of which only keepAlive can be changed")
    func autoPool() async throws {
        try await BatchFixture.with { fixture in
            var pool = BatchFixture.pool()
            pool["id"] = nil
            let specification: JSONValue = ["autoPoolIdPrefix": "mine", "poolLifetimeOption": "job", "pool": pool]
            let body = Self.job(["poolInfo": ["autoPoolSpecification": specification]])
            let made = try await fixture.send(.post, "/jobs", body: body)
            #expect(made.status == 201, "\(made.text)")
            let job = try await fixture.send(.get, "/jobs/job").json
            let id = try #require(job["executionInfo"]?["poolId"]?.string)
            #expect(id.hasPrefix("mine_") && job["poolInfo"]?["poolId"] == nil)
            _ = try await fixture.run("true")
            let change: JSONValue = [
                "poolInfo": ["autoPoolSpecification": ["poolLifetimeOption": "job", "keepAlive": true]]
            ]
            #expect(try await fixture.send(.patch, "/jobs/job", body: change).status == 200)
            let changed = try await fixture.send(.get, "/jobs/job").json["poolInfo"]?["autoPoolSpecification"]
            #expect(changed?["keepAlive"] == true && changed?["autoPoolIdPrefix"] == "mine")
            #expect(try await fixture.send(.post, "/jobs/job/terminate").status == 202)
            await fixture.emulator.wait { $0.jobs["job"]?.state == .completed }
            #expect(try await fixture.send(.get, "/pools/\(id)").json["state"] == "active")
        }
    }
}
