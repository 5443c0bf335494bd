import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// The names that each version has are those of the published models: azure-batch 2.0 to 15.1 for Python, each of which
/// speaks one version.
@Suite("Versions of the emulated Batch service", .timeLimit(.minutes(5)))
struct BatchVersionTests {
    /// A pool with all that changed, in the words of a version.
    private static func pool(_ version: BatchVersion) -> JSONValue {
        var body = BatchFixture.pool(nodes: 0, slots: 4)
        if version < .v5 { rename("targetDedicatedNodes", "targetDedicated", &body) }
        if version < .v12 { rename("taskSlotsPerNode", "maxTasksPerNode", &body) }
        if version >= .v5 && version < .v21 { body["certificateReferences"] = [] }
        if version >= .v16 && version < .v21 { body["targetNodeCommunicationMode"] = "simplified" }
        if version >= .v18 && version < .v21 { body["resourceTags"] = ["a": "b"] }
        body["startTask"] = ["commandLine": "true", "resourceFiles": [file(version)]]
        if version >= .v6 && version < .v21 {
            body["virtualMachineConfiguration"]?["dataDisks"] = [
                ["lun": 0, "diskSizeGB": 8, "storageAccountType": "premium_lrs"]
            ]
        }
        return body
    }

    private static func file(_ version: BatchVersion) -> JSONValue {
        var file: JSONValue = ["filePath": "a"]
        file[version < .v8 ? "blobSource" : "httpUrl"] = "http://127.0.0.1:1/a"
        return file
    }

    private static func rename(_ old: String, _ new: String, _ body: inout JSONValue) {
        body[new] = body[old]
        body[old] = nil
    }

    @Test("A pool, a job and a task are made and read in the words of each version", arguments: BatchVersion.allCases)
    func roundTrip(_ version: BatchVersion) async throws {
        try await BatchFixture.with { fixture in
            let pool = Self.pool(version)
            let made = try await fixture.send(.post, "/pools", body: pool, version: version)
            #expect(made.status == 201, "\(made.text)")
            var job: JSONValue = ["id": "job", "poolInfo": ["poolId": "pool"], "priority": 3]
            if version >= .v14 { job["maxParallelTasks"] = 7 }
            if version >= .v15 { job["allowTaskPreemption"] = true }
            #expect(try await fixture.send(.post, "/jobs", body: job, version: version).status == 201)
            var task: JSONValue = ["id": "t", "commandLine": "true", "resourceFiles": [Self.file(version)]]
            if version >= .v12 { task["requiredSlots"] = 2 }
            #expect(try await fixture.send(.post, "/jobs/job/tasks", body: task, version: version).status == 201)

            for (path, written) in [("/pools/pool", pool), ("/jobs/job", job), ("/jobs/job/tasks/t", task)] {
                let read = try await fixture.send(.get, path, version: version).json
                for (name, value) in written.object ?? [:] {
                    #expect(Self.contains(read[name], value), "\(name): \(String(describing: read[name]))")
                }
            }
            let list = try await fixture.send(.get, "/pools", version: version).json["value"]?.array?.first
            let single = try await fixture.send(.get, "/pools/pool", version: version).json
            #expect(list == single.without("odata.metadata"))
        }
    }

    /// Whether an answer has what was written; it may have more.
    private static func contains(_ read: JSONValue?, _ written: JSONValue) -> Bool {
        switch written {
        case .object(let members): members.allSatisfy { contains(read?[$0.key], $0.value) }
        case .array(let items):
            items.count == (read?.array?.count ?? 0)
                && zip(items, read?.array ?? []).allSatisfy { contains($0.1, $0.0) }
        default: read == written
        }
    }

    @Test("Answers have no property of another version", arguments: BatchVersion.allCases)
    func names(_ version: BatchVersion) async throws {
        try await BatchFixture.with { fixture in
            _ = try await fixture.send(.post, "/pools", body: Self.pool(.latest))
            _ = try await fixture.send(.post, "/jobs", body: ["id": "job", "poolInfo": ["poolId": "pool"]])
            _ = try await fixture.send(.post, "/jobs/job/tasks", body: ["id": "t", "commandLine": "true"])
            let pool = try await fixture.send(.get, "/pools/pool", version: version).json
            #expect((pool["targetDedicated"] != nil) == (version == .v4))
            #expect((pool["currentDedicatedNodes"] != nil) == (version >= .v5))
            #expect((pool["currentLowPriorityNodes"] != nil) == (version >= .v5))
            #expect(pool[version < .v12 ? "maxTasksPerNode" : "taskSlotsPerNode"] == 4)
            #expect(pool[version < .v12 ? "taskSlotsPerNode" : "maxTasksPerNode"] == nil)
            let source = pool["startTask"]?["resourceFiles"]?.array?.first
            #expect(source?[version < .v8 ? "blobSource" : "httpUrl"] == "http://127.0.0.1:1/a")
            #expect(source?.object?.count == 2)
            let job = try await fixture.send(.get, "/jobs/job", version: version).json
            #expect((job["maxParallelTasks"] != nil) == (version >= .v14))
            #expect((job["allowTaskPreemption"] != nil) == (version >= .v15))
            let task = try await fixture.send(.get, "/jobs/job/tasks/t", version: version).json
            #expect((task["requiredSlots"] != nil) == (version >= .v12))
            guard version >= .v5u1 else { return }
            let counts = try await fixture.send(.get, "/jobs/job/taskcounts", version: version).json
            #expect((counts["active"] == 1) == (version < .v12))
            #expect((counts["validationStatus"] == "validated") == (version < .v7))
            #expect((counts["taskSlotCounts"]?["active"] == 1) == (version >= .v12))
        }
    }

    @Test(
        "A property outside its versions is refused, and named",
        arguments: [
            ("/pools", ["targetLowPriorityNodes": 1], .v5, nil), ("/pools", ["targetDedicatedNodes": 1], .v5, nil),
            ("/pools", ["taskSlotsPerNode": 1], .v12, nil), ("/pools", ["maxTasksPerNode": 1], nil, .v12),
            ("/pools", ["targetDedicated": 0], nil, .v5), ("/pools", ["upgradePolicy": ["mode": "manual"]], .v19, nil),
            ("/pools", ["resourceTags": [:]], .v18, .v21), ("/pools", ["certificateReferences": []], nil, .v21),
            ("/pools", ["targetNodeCommunicationMode": "default"], .v16, .v21),
            ("/jobs", ["maxParallelTasks": 1], .v14, nil), ("/jobs", ["allowTaskPreemption": true], .v15, nil),
            ("/jobs", ["networkConfiguration": ["subnetId": "a"]], .v8, nil),
            ("/jobs/job/tasks", ["authenticationTokenSettings": [:]], nil, .v21),
            ("/jobs/job/tasks", ["requiredSlots": 1], .v12, nil), ("/jobs/job/tasks", ["outputFiles": []], .v5, nil),
        ] as [(String, JSONValue, BatchVersion?, BatchVersion?)])
    func spans(path: String, property: JSONValue, first: BatchVersion?, end: BatchVersion?) async throws {
        try await BatchFixture.with { fixture in
            _ = try await fixture.send(.post, "/jobs", body: ["id": "job", "poolInfo": ["poolId": "pool"]])
            for (number, version) in BatchVersion.allCases.enumerated() {
                var body: JSONValue
                switch path {
                case "/pools":
                    body = BatchFixture.pool("p\(number)", nodes: 0)
                    body["targetDedicatedNodes"] = nil
                    body["taskSlotsPerNode"] = nil
                case "/jobs": body = ["id": .string("j\(number)"), "poolInfo": ["poolId": "pool"]]
                default: body = ["id": .string("t\(number)"), "commandLine": "true"]
                }
                for (name, value) in property.object ?? [:] { body[name] = value }
                let answer = try await fixture.send(.post, path, body: body, version: version)
                let isThere = version >= first ?? .oldest && end.map { version < $0 } ?? true
                #expect(answer.status == (isThere ? 201 : 400), "\(version): \(answer.text)")
                if !isThere {
                    #expect(answer.code == "InvalidRequestBody")
                    let named = answer.json["values"]?.array?.contains {
                        $0["value"]?.string == property.object?.keys.first
                    }
                    #expect(named == true)
                }
            }
        }
    }

    // The documented list of error codes has UnsupportedRequestVersion, 400; the spans are those of the clients.
    @Test(
        "An operation outside its versions is refused",
        arguments: [
            (.get, "/nodeagentskus", nil, .v9), (.get, "/supportedimages", .v9, nil),
            (.get, "/lifetimepoolstats", nil, .v17), (.get, "/lifetimejobstats", nil, .v17),
            (.get, "/certificates", nil, .v21), (.post, "/pools/pool/upgradeos", nil, .v8),
            (.get, "/jobs/job/taskcounts", .v5u1, nil), (.get, "/nodecounts", .v6u1, nil),
            (.get, "/pools/pool/nodes/n/extensions", .v14, nil), (.get, "/pools/pool/nodes/n/rdp", nil, .v20),
            (.post, "/pools/pool/nodes/n/start", .v20, nil), (.post, "/pools/pool/nodes/n/deallocate", .v20, nil),
        ] as [(HTTPRequest.Method, String, BatchVersion?, BatchVersion?)])
    func operations(method: HTTPRequest.Method, path: String, first: BatchVersion?, end: BatchVersion?) async throws {
        try await BatchFixture.with { fixture in
            for version in BatchVersion.allCases {
                let isThere = version >= first ?? .oldest && end.map { version < $0 } ?? true
                let body: JSONValue? = method == .post ? [:] : nil
                let answer = try await fixture.send(method, path, body: body, version: version)
                #expect((answer.code == "UnsupportedRequestVersion") == !isThere, "\(version): \(answer.text)")
            }
        }
    }

    // Azure/azure-sdk-for-python#19224 has what the service says to a version that it does not know.
    @Test(
        "A version that the service never had is a value that is not valid",
        arguments: ["2021-01-01", "2017-01-01", "2020-09-01.12.1", "2025-06-01.21.0", "latest"])
    func unknown(_ version: String) async throws {
        try await BatchFixture.with { fixture in
            let answer = try await fixture.send(.get, "/pools", apiVersion: version)
            #expect(answer.status == 400 && answer.code == "InvalidQueryParameterValue")
            let values = answer.json["values"]?.array ?? []
            #expect(values.map { $0["value"] } == ["api-version", .string(version)])
        }
    }

    @Test("$select and $filter are in the words of the version")
    func queries() async throws {
        try await BatchFixture.with { fixture in
            _ = try await fixture.send(.post, "/pools", body: BatchFixture.pool(nodes: 0, slots: 4))
            let query = "%24select=id,maxTasksPerNode&%24filter=maxTasksPerNode%20eq%204"
            let old = try await fixture.send(.get, "/pools", query, version: .v11).json["value"]
            #expect(old == [["id": "pool", "maxTasksPerNode": 4]])
            #expect(try await fixture.send(.get, "/pools", query).json["value"] == [])
            _ = try await fixture.send(.post, "/jobs", body: ["id": "job", "poolInfo": ["poolId": "pool"]])
            _ = try await fixture.send(.post, "/jobs/job/tasks", body: ["id": "t", "commandLine": "true"])
            let slots = "%24select=id,requiredSlots"
            #expect(
                try await fixture.send(.get, "/jobs/job/tasks", slots, version: .v11).json["value"] == [["id": "t"]])
        }
    }

    // The documentation of startTask: true by default from 2019-08-01.10.0 on, false before.
    @Test("Start tasks were not waited for by default", arguments: BatchVersion.allCases)
    func waiting(_ version: BatchVersion) async throws {
        try await BatchFixture.with { fixture in
            var body = Self.pool(version)
            body["startTask"] = ["commandLine": "true"]
            #expect(try await fixture.send(.post, "/pools", body: body, version: version).status == 201)
            let pool = try await fixture.send(.get, "/pools/pool").json
            #expect((pool["startTask"]?["waitForSuccess"] == false) == (version < .v10))
        }
    }

    // Azure/Batch#140 lists what has been retired, and when.
    @Test(
        "What the service has retired is refused in every version that had it",
        arguments: ["cloudServiceConfiguration", "applicationLicenses"])
    func retired(_ name: String) async throws {
        try await BatchFixture.with { fixture in
            for version in BatchVersion.allCases {
                var body = Self.pool(version)
                let value: JSONValue = name == "applicationLicenses" ? ["maya"] : ["osFamily": "5"]
                body[name] = value
                let answer = try await fixture.send(.post, "/pools", body: body, version: version)
                #expect(answer.status == 400, "\(version): \(answer.text)")
                #expect(answer.code == (version < .v20 ? "InvalidPropertyValue" : "InvalidRequestBody"))
            }
        }
    }

    // azure-batch 4.0 and 4.1 for Python send "docker", 5.0 and later "dockerCompatible".
    @Test("The first kind of containers had another name", arguments: [BatchVersion.v6, .v6u1, .v7, .latest])
    func containers(_ version: BatchVersion) throws {
        let shapes = BatchVersionShapes.of(version)
        let name: JSONValue = version < .v7 ? "docker" : "dockerCompatible"
        let body = try shapes.request(["containerConfiguration": ["type": name]], as: "VirtualMachineConfiguration")
        #expect(body["containerConfiguration"]?["type"] == "dockerCompatible")
        #expect(shapes.answer(body, as: "VirtualMachineConfiguration")["containerConfiguration"]?["type"] == name)
    }
}

extension JSONValue {
    fileprivate func without(_ name: String) -> JSONValue {
        var result = self
        result[name] = nil
        return result
    }
}
