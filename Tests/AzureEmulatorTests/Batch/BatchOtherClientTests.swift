import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// Requests of official clients of languages that do not run here, and what the service answered them, as the recordings
/// and examples of their repositories have them.
@Suite("Requests of clients in other languages", .timeLimit(.minutes(5)))
struct BatchOtherClientTests {
    /// The witness is `canUpdateJobState.json` of azure-sdk-for-java, of 2024.
    @Test("Java: a job is changed, disabled and enabled")
    func java() async throws {
        let version = BatchVersion.v19
        let json = ["Content-Type": "application/json; odata=minimalmetadata; charset=utf-8"]
        let path = "/jobs/BatchUser-Job-CanUpdateState"
        try await BatchFixture.with { fixture in
            func send(_ method: HTTPRequest.Method, _ path: String, _ body: JSONValue) async throws -> Int {
                try await fixture.send(method, path, body: body, headers: json, version: version).status
            }
            let pool: JSONValue = ["poolId": "BatchUser-testpool"]
            let job: JSONValue = ["id": "BatchUser-Job-CanUpdateState", "poolInfo": pool]
            #expect(try await send(.post, "/jobs", job) == 201)
            let made = try await fixture.send(.get, path, version: version).json
            #expect(made["priority"] == 0 && made["maxParallelTasks"] == -1)
            #expect(made["usesTaskDependencies"] == false && made["allowTaskPreemption"] == false)
            #expect(
                made["constraints"] == ["maxWallClockTime": "P10675199DT2H48M5.4775807S", "maxTaskRetryCount": 0])
            #expect(made["executionInfo"]?["poolId"] == "BatchUser-testpool")
            #expect(made["onAllTasksComplete"] == "noaction" && made["onTaskFailure"] == "noaction")

            let change: JSONValue = ["priority": 500, "poolInfo": pool, "constraints": ["maxTaskRetryCount": 3]]
            #expect(try await send(.put, path, change) == 200)
            let changed = try await fixture.send(.get, path, version: version).json
            #expect(changed["priority"] == 500 && changed["constraints"]?["maxTaskRetryCount"] == 3)
            #expect(try await send(.post, path + "/disable", ["disableTasks": "requeue"]) == 202)
            await fixture.emulator.wait { $0.jobs["BatchUser-Job-CanUpdateState"]?.state == .disabled }
            #expect(try await send(.patch, path, ["onAllTasksComplete": "terminatejob"]) == 200)
            let patched = try await fixture.send(.get, path, version: version).json
            #expect(patched["state"] == "disabled" && patched["previousState"] == "active")
            #expect(patched["onAllTasksComplete"] == "terminatejob" && patched["priority"] == 500)
            let enabled = try await fixture.send(
                .post, path + "/enable", headers: ["Content-Type": "application/json; charset=utf-8"],
                version: version)
            #expect(enabled.status == 202 && enabled.header("DataServiceId")?.hasSuffix(path + "/enable") == true)
        }
    }

    /// The witness is `testPoolOData.json` of azure-sdk-for-java, of 2019.
    @Test("Java: the names of parameters of OData are encoded, and lists have spaces")
    func javaQueries() async throws {
        try await BatchFixture.with { fixture in
            #expect(try await fixture.send(.post, "/pools", body: BatchFixture.pool(nodes: 0)).status == 201)
            let chosen = try await fixture.send(.get, "/pools", "%24select=id%2C%20state", version: .v10)
            #expect(chosen.json["value"] == [["id": "pool", "state": "active"]])
            let deleting = try await fixture.send(
                .get, "/pools", "%24filter=state%20eq%20%27deleting%27", version: .v10)
            #expect(deleting.json["value"] == [])
            let one = try await fixture.send(.get, "/pools/pool", "%24expand=stats", version: .v10)
            #expect(one.status == 200 && one.json["maxTasksPerNode"] == 1)
        }
    }

    /// The witness is `recording_should_create_a_job_schedule_successfully.json` of azure-sdk-for-js, of 2024, but for the
    /// year in it; the page of a browser sent it.
    @Test("JavaScript: a browser makes a job schedule")
    func javaScript() async throws {
        try await BatchFixture.with { fixture in
            let body: JSONValue = [
                "id": "JSSDKTest-JobSchedule-Basic-0f7d",
                "jobSpecification": [
                    "poolInfo": ["poolId": "JSSDKTest-Pool-Basic-1b13"], "displayName": "JobSchedule-1",
                ],
                "schedule": ["doNotRunAfter": "2200-01-06T07:16:28.088Z", "recurrenceInterval": "PT2M"],
            ]
            let headers = [
                "Accept": "application/json", "Accept-Encoding": "gzip, deflate, br", "Sec-Fetch-Mode": "cors",
                "client-request-id": "e42d43b5-af6e-4613-8fba-d4663ca98376",
                "x-ms-useragent": "azsdk-js-batch-rest/1.0.0-beta.1 core-rest-pipeline/1.13.1 OS/Windows",
            ]
            let made = try await fixture.send(.post, "/jobschedules", body: body, headers: headers, version: .v19)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.header("Location")?.hasSuffix("/jobschedules/JSSDKTest-JobSchedule-Basic-0f7d") == true)
            #expect(made.header("DataServiceId") == made.header("Location"))
            #expect(made.header("ETag") != nil && made.header("Last-Modified") != nil)
        }
    }

    /// The witness is `example_test.go` of azbatch in azure-sdk-for-go, with a command that needs no shell.
    @Test("Go: a pool with a disk, a job, a task, and the list of completed ones")
    func go() async throws {
        let version = BatchVersion.v20
        try await BatchFixture.with { fixture in
            let pool: JSONValue = [
                "id": "HelloWorldPool", "targetDedicatedNodes": 2, "vmSize": "Standard_A1_v2",
                "virtualMachineConfiguration": [
                    "dataDisks": [["diskSizeGB": 1, "lun": 1]],
                    "imageReference": [
                        "offer": "0001-com-ubuntu-server-jammy", "publisher": "canonical", "sku": "22_04-lts",
                    ], "nodeAgentSKUId": "batch.node.ubuntu 22.04",
                ],
            ]
            #expect(try await fixture.send(.post, "/pools", body: pool, version: version).status == 201)
            let job: JSONValue = ["id": "HelloWorldJob", "poolInfo": ["poolId": "HelloWorldPool"]]
            #expect(try await fixture.send(.post, "/jobs", body: job, version: version).status == 201)
            let task: JSONValue = ["id": "HelloWorldTask", "commandLine": "true"]
            let tasks = "/jobs/HelloWorldJob/tasks"
            #expect(try await fixture.send(.post, tasks, body: task, version: version).status == 201)
            await fixture.emulator.wait { $0.jobs["HelloWorldJob"]?.tasks["HelloWorldTask"]?.state == .completed }
            let completed = try await fixture.send(
                .get, tasks, "%24filter=state%20eq%20%27completed%27", version: version)
            #expect(completed.json["value"]?.array?.count == 1)
            #expect(completed.json["value"]?.array?.first?["executionInfo"]?["exitCode"] == 0)
        }
    }
}
