import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// Answers of the real service, as the test recordings of the official Python client have them.
@Suite("Answers of the emulated Batch service next to recorded ones", .timeLimit(.minutes(5)))
struct BatchRecordedAnswerTests {
    @Test("A job may name a pool that is not there; its tasks run when the pool comes")
    func missingPool() async throws {
        try await BatchFixture.with { fixture in
            let job: JSONValue = ["id": "job", "poolInfo": ["poolId": "later"]]
            #expect(try await fixture.send(.post, "/jobs", body: job).status == 201)
            let shown = try await fixture.send(.get, "/jobs/job").json
            #expect(shown["state"] == "active" && shown["executionInfo"]?["poolId"] == "later")
            let task: JSONValue = ["id": "task", "commandLine": "true"]
            #expect(try await fixture.send(.post, "/jobs/job/tasks", body: task).status == 201)
            #expect(try await fixture.send(.get, "/jobs/job/tasks/task").json["state"] == "active")
            #expect(try await fixture.send(.post, "/pools", body: BatchFixture.pool("Later")).status == 201)
            await fixture.emulator.wait { $0.jobs["job"]?.tasks["task"]?.state == .completed }
        }
    }

    @Test("What was made has a location")
    func location() async throws {
        try await BatchFixture.with { fixture in
            let pool = try await fixture.send(.post, "/pools", body: BatchFixture.pool(nodes: 0))
            let job = try await fixture.send(.post, "/jobs", body: ["id": "job", "poolInfo": ["poolId": "pool"]])
            let task = try await fixture.send(.post, "/jobs/job/tasks", body: ["id": "t", "commandLine": "true"])
            for (answer, path) in [(pool, "/pools/pool"), (job, "/jobs/job"), (task, "/jobs/job/tasks/t")] {
                #expect(answer.status == 201)
                #expect(answer.header("Location") == BatchFixture.endpoint + path)
                #expect(answer.header("DataServiceId") == answer.header("Location"))
            }
        }
    }

    @Test("A pool is shown in the service's spelling, with what it fills in")
    func poolProperties() async throws {
        try await BatchFixture.with { fixture in
            var body = BatchFixture.pool(nodes: 0)
            body["vmSize"] = "STANDARD_D2s_V3"
            body["applicationPackageReferences"] = []
            body["taskSchedulingPolicy"] = ["nodeFillType": "pack"]
            body["userAccounts"] = [["name": "u", "password": "secret-1"]]
            body["virtualMachineConfiguration"]?["imageReference"]?["publisher"] = "Canonical"
            body["virtualMachineConfiguration"]?["osDisk"] = ["caching": "readwrite", "diskSizeGB": 50]
            body["virtualMachineConfiguration"]?["dataDisks"] = [["lun": 1, "diskSizeGB": 50]]
            #expect(try await fixture.send(.post, "/pools", body: body).status == 201)
            let pool = try await fixture.send(.get, "/pools/pool").json
            #expect(pool["vmSize"] == "standard_d2s_v3")
            #expect(pool["applicationPackageReferences"] == nil)
            #expect(pool["taskSchedulingPolicy"] == ["nodeFillType": "Pack"])
            #expect(pool["userAccounts"] == [["name": "u", "elevationLevel": "nonadmin"]])
            let machine = pool["virtualMachineConfiguration"]
            #expect(
                machine?["imageReference"] == [
                    "publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest",
                ])
            #expect(machine?["osDisk"] == ["caching": "ReadWrite", "diskSizeGB": 50])
            #expect(machine?["dataDisks"] == [["lun": 1, "diskSizeGB": 50, "caching": "none"]])
            #expect(try await fixture.send(.get, "/pools").json["value"]?.array?.first?["vmSize"] == "standard_d2s_v3")
        }
    }

    @Test("No secret that was sent comes back, whatever is asked")
    func secrets() async throws {
        try await BatchFixture.with { fixture in
            var body = BatchFixture.pool(nodes: 1)
            body["userAccounts"] = [
                [
                    "name": "u", "password": "secret-1",
                    "linuxUserConfiguration": ["uid": 1, "gid": 1, "sshPrivateKey": "secret-2"],
                ]
            ]
            body["virtualMachineConfiguration"]?["extensions"] = [
                [
                    "name": "e", "publisher": "p", "type": "t", "settings": ["shown": ["deep": [1, true]]],
                    "protectedSettings": ["key": ["secret-3"]],
                ]
            ]
            #expect(try await fixture.send(.post, "/pools", body: body).status == 201)
            let patch: JSONValue = ["userAccounts": [["name": "v", "password": "secret-4"]]]
            #expect(try await fixture.send(.patch, "/pools/pool", body: patch).status == 200)
            await fixture.emulator.wait { $0.pools["pool"]?.allocation == .steady }
            let pool = try await fixture.send(.get, "/pools/pool")
            let settings = pool.json["virtualMachineConfiguration"]?["extensions"]?.array?.first?["settings"]
            #expect(settings == ["shown": ["deep": [1, true]]])
            #expect(pool.json["userAccounts"]?.array?.first?["name"] == "v")
            for path in ["/pools", "/pools/pool", "/pools/pool/nodes"] {
                #expect(try await !fixture.send(.get, path).text.contains("secret-"))
            }
        }
    }

    @Test("Secrets are those of every object that a request may have", arguments: secretPlaces)
    func secretTable(model: String, body: JSONValue) {
        let shown = BatchSchema.withoutSecrets(body, as: model)
        #expect(!String(decoding: shown.data, as: UTF8.self).contains("secret"))
        #expect(String(decoding: shown.data, as: UTF8.self).contains("shown"))
    }

    static let secretPlaces: [(String, JSONValue)] = [
        ("UserAccount", ["name": "shown", "password": "secret"]),
        ("ContainerRegistryReference", ["username": "shown", "password": "secret"]),
        (
            "MountConfiguration",
            ["azureFileShareConfiguration": ["accountName": "shown", "accountKey": "secret"]]
        ),
        (
            "MountConfiguration",
            [
                "azureBlobFileSystemConfiguration": [
                    "accountName": "shown", "accountKey": "secret", "sasKey": "secret",
                ]
            ]
        ),
        ("MountConfiguration", ["cifsMountConfiguration": ["username": "shown", "password": "secret"]]),
        (
            "BatchTaskCreateOptions",
            ["id": "shown", "containerSettings": ["imageName": "a", "registry": ["password": "secret"]]]
        ),
        (
            "BatchTaskGroup",
            ["value": [["id": "shown", "containerSettings": ["registry": ["password": "secret"]]]]]
        ),
        (
            "BatchJobCreateOptions",
            [
                "id": "shown",
                "poolInfo": [
                    "autoPoolSpecification": ["pool": ["userAccounts": [["name": "x", "password": "secret"]]]]
                ],
            ]
        ),
    ]

    @Test("Errors and counts name the kinds that the service names")
    func metadata() async throws {
        try await BatchFixture.with { fixture in
            let error = try await fixture.send(.get, "/pools/none").json["odata.metadata"]?.string
            #expect(error?.hasSuffix("Container.errors/@Element") == true)
            let counts = try await fixture.send(.get, "/nodecounts").json["odata.metadata"]?.string
            #expect(counts?.hasSuffix("$metadata#poolnodecounts") == true)
        }
    }
}
