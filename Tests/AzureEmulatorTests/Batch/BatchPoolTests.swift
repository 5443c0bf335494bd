import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Pools and nodes of the emulated Batch service", .timeLimit(.minutes(5)))
struct BatchPoolTests {
    #if Emulator
    @Test("A node waits for its start task, which can leave things for the tasks")
    func startTask() async throws {
        try await BatchFixture.with { fixture in
            let startTask: JSONValue = [
                "commandLine": "/bin/sh -c 'echo installed > $AZ_BATCH_NODE_SHARED_DIR/program'",
                "waitForSuccess": true,
                "userIdentity": ["autoUser": ["elevationLevel": "admin", "scope": "pool"]],
            ]
            #expect(
                try await fixture.send(.post, "/pools", body: BatchFixture.pool(startTask: startTask)).status == 201)
            let job: JSONValue = ["id": "job", "poolInfo": ["poolId": "pool"]]
            #expect(try await fixture.send(.post, "/jobs", body: job).status == 201)
            let task = try await fixture.run("/bin/sh -c 'cat $AZ_BATCH_NODE_SHARED_DIR/program'")
            #expect(task["executionInfo"]?["exitCode"] == 0)
            let node = try #require(try await fixture.send(.get, "/pools/pool/nodes").json["value"]?.array?.first)
            #expect(node["startTaskInfo"]?["result"] == "success" && node["totalTasksRun"] == 1)
            let id = try #require(node["id"]?.string)
            let file = try await fixture.send(.get, "/pools/pool/nodes/\(id)/files/shared%2Fprogram")
            #expect(file.text == "installed\n")
        }
    }

    @Test("A start task that fails leaves its node unusable, with its output")
    func startTaskFails() async throws {
        try await BatchFixture.with { fixture in
            let startTask: JSONValue = [
                "commandLine": "/bin/sh -c 'echo broken >&2; exit 4'", "waitForSuccess": true, "maxTaskRetryCount": 2,
            ]
            #expect(
                try await fixture.send(.post, "/pools", body: BatchFixture.pool(startTask: startTask)).status == 201)
            await fixture.emulator.wait {
                $0.pools["pool"]?.nodes.records.contains { $0.state == .startTaskFailed } ?? false
            }
            let node = try #require(try await fixture.send(.get, "/pools/pool/nodes").json["value"]?.array?.first)
            #expect(node["state"] == "starttaskfailed")
            let info = node["startTaskInfo"]
            #expect(info?["exitCode"] == 4 && info?["retryCount"] == 2)
            #expect(info?["failureInfo"]?["code"] == "FailureExitCode")
            let id = try #require(node["id"]?.string)
            let file = try await fixture.send(.get, "/pools/pool/nodes/\(id)/files/startup%2Fstderr.txt")
            #expect(file.text == "broken\n")
            let counts = try await fixture.send(.get, "/nodecounts").json["value"]?.array?.first
            #expect(counts?["dedicated"]?["startTaskFailed"] == 1)
        }
    }
    #endif

    @Test("A pool grows, shrinks, and says when it asks for too much")
    func resize() async throws {
        try await BatchFixture.with(nodeQuota: 3) { fixture in
            #expect(try await fixture.send(.post, "/pools", body: BatchFixture.pool(nodes: 2)).status == 201)
            await fixture.emulator.wait { $0.pools["pool"]?.allocation == .steady }
            let body: JSONValue = ["targetDedicatedNodes": 5]
            #expect(try await fixture.send(.post, "/pools/pool/resize", body: body).status == 202)
            await fixture.emulator.wait { $0.pools["pool"]?.allocation == .steady }
            let pool = try await fixture.send(.get, "/pools/pool").json
            #expect(pool["currentDedicatedNodes"] == 3 && pool["targetDedicatedNodes"] == 5)
            #expect(pool["resizeErrors"]?.array?.first?["code"] == "AccountCoreQuotaReached")
            let fewer: JSONValue = ["targetDedicatedNodes": 1]
            #expect(try await fixture.send(.post, "/pools/pool/resize", body: fewer).status == 202)
            await fixture.emulator.wait { $0.pools["pool"]?.allocation == .steady }
            let nodes = try await fixture.send(.get, "/pools/pool/nodes").json["value"]?.array
            #expect(nodes?.count == 1)
            let id = try #require(nodes?.first?["id"]?.string)
            let removal: JSONValue = ["nodeList": [.string(id)]]
            #expect(try await fixture.send(.post, "/pools/pool/removenodes", body: removal).status == 202)
            await fixture.emulator.wait { $0.pools["pool"]?.nodes.isEmpty ?? false }
            #expect(try await fixture.send(.get, "/pools/pool").json["targetDedicatedNodes"] == 0)
        }
    }

    @Test("Properties of a pool can be changed under a condition")
    func change() async throws {
        try await BatchFixture.with { fixture in
            #expect(try await fixture.send(.post, "/pools", body: BatchFixture.pool(nodes: 0)).status == 201)
            let before = try await fixture.send(.get, "/pools/POOL")
            let etag = try #require(before.header("ETag"))
            #expect(before.json["eTag"] == .string(etag) && before.json["id"] == "pool")
            let patch: JSONValue = ["metadata": [["name": "a", "value": "b"]]]
            let refused = try await fixture.send(.patch, "/pools/pool", body: patch, headers: ["If-Match": "0x0"])
            #expect(refused.status == 412 && refused.code == "ConditionNotMet")
            #expect(
                try await fixture.send(.patch, "/pools/pool", body: patch, headers: ["If-Match": etag]).status == 200)
            let after = try await fixture.send(.get, "/pools/pool", headers: ["If-None-Match": etag])
            #expect(after.status == 200 && after.json["metadata"]?.array?.count == 1)
            let same = try await fixture.send(
                .get, "/pools/pool", headers: ["If-None-Match": try #require(after.header("ETag"))])
            #expect(same.status == 304)
        }
    }
}
