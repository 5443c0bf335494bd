import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Requests that mean the emulated Batch service ill", .timeLimit(.minutes(2)))
struct BatchHostileRequestTests {
    @Test(
        "A continuation token that was never given is refused",
        arguments: ["-1", "-9223372036854775808", "9223372036854775808", "x", ""])
    func skipTokens(_ token: String) async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(nodes: 0)
            let answer = try await fixture.send(.get, "/jobs/job/tasks", "%24skiptoken=\(token)")
            #expect(answer.status == 400 && answer.code == "InvalidQueryParameterValue")
            for path in ["/jobs", "/pools", "/nodecounts", "/pools/pool/nodes"] {
                #expect(try await fixture.send(.get, path, "%24skiptoken=\(token)").status == 200)
            }
        }
    }

    @Test("A continuation token behind the last task gives an empty page")
    func skipTokenBehindTheEnd() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(nodes: 0)
            let answer = try await fixture.send(.get, "/jobs/job/tasks", "%24skiptoken=\(Int.max)")
            #expect(answer.status == 200 && answer.json["value"]?.array?.isEmpty == true)
        }
    }

    // The form is that of "Batch Status and Error Codes": name, value and reason.
    @Test("A negative number of results is refused, with name, value and reason")
    func negativeResults() async throws {
        try await BatchFixture.with { fixture in
            let answer = try await fixture.send(.get, "/pools", "maxresults=-5")
            #expect(answer.status == 400 && answer.code == "InvalidQueryParameterValue")
            let values = answer.json["values"]?.array ?? []
            #expect(values.map { $0["key"] } == ["QueryParameterName", "QueryParameterValue", "Reason"])
            #expect(values.prefix(2).map { $0["value"] } == ["maxresults", "-5"])
        }
    }

    @Test(
        "A range up to the last number there is ends with the file",
        arguments: [
            ("bytes=0-9223372036854775807", 200, "0123456789"), ("bytes=3-9223372036854775807", 200, "3456789"),
            ("bytes=9223372036854775807-", 416, nil), ("bytes=9223372036854775807-9223372036854775807", 416, nil),
            ("bytes=0-9223372036854775808", 400, nil), ("bytes=-9223372036854775808-1", 400, nil),
        ] as [(String, Int, String?)])
    func ranges(range: String, status: Int, text: String?) async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            _ = try await fixture.run("printf 0123456789")
            for header in ["ocp-range", "Range"] {
                let answer = try await fixture.send(
                    .get, "/jobs/job/tasks/task/files/stdout.txt", headers: [header: range])
                #expect(answer.status == status)
                if let text { #expect(answer.text == text) }
            }
        }
    }

    #if Emulator
    @Test("A file may have any time that its file system keeps", arguments: ["9999999999999999", "-9999999999999999"])
    func fileTimes(_ time: String) async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let task = try await fixture.run("/bin/sh -c 'echo x > old; touch -d @\(time) old || true'")
            #expect(task["executionInfo"]?["exitCode"] == 0)
            #expect(try await fixture.taskFile("wd/old").text == "x\n")
            let head = try await fixture.send(.head, "/jobs/job/tasks/task/files/wd%2Fold")
            #expect(head.status == 200 && head.header("ETag") != nil && head.header("Last-Modified") != nil)
            let list = try await fixture.send(.get, "/jobs/job/tasks/task/files", "recursive=true")
            #expect(list.json["value"]?.array?.contains { $0["name"] == "wd/old" } == true)
        }
    }
    #endif

    @Test(
        "Numbers and durations without measure are refused, or mean what they say",
        arguments: [
            ["constraints": ["maxTaskRetryCount": 9_223_372_036_854_775_807]], ["requiredSlots": 9.3e18],
            ["constraints": ["maxWallClockTime": "P9223372036854775807D"]],
            ["constraints": ["maxWallClockTime": "PT9223372036854775807.5S"]],
            ["constraints": ["retentionTime": "P99999999999999999999999W"]], ["requiredSlots": -2_147_483_649],
            ["dependsOn": ["taskIdRanges": [["start": 0, "end": 9_223_372_036_854_775_807]]]],
            ["dependsOn": ["taskIdRanges": [["start": -1, "end": 1]]]],
            ["dependsOn": ["taskIdRanges": [["start": 2, "end": 1]]]],
            ["exitConditions": ["exitCodes": [["code": 9_223_372_036_854_775_807, "exitOptions": [:]]]]],
            ["userIdentity": ["username": "a\0b"]], ["displayName": "a\0b"],
            ["environmentSettings": [["name": "A", "value": "a\0b"]]],
            ["environmentSettings": [["name": "A\0", "value": "a"]]],
            ["environmentSettings": [["name": "A=b", "value": "a"]]],
            ["environmentSettings": [["name": "A=\u{301}b", "value": "a"]]],
            ["resourceFiles": [["httpUrl": "http://h/\0", "filePath": "a"]]],
            ["resourceFiles": [["httpUrl": "http://h/", "filePath": "a\0"]]],
        ] as [JSONValue])
    func numbers(_ more: JSONValue) async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(["usesTaskDependencies": true], nodes: 0)
            var body: JSONValue = ["id": "t", "commandLine": "true"]
            for (name, value) in more.object ?? [:] { body[name] = value }
            let answer = try await fixture.send(.post, "/jobs/job/tasks", body: body)
            #expect(answer.status == 400, "\(answer.text)")
            let longest: JSONValue = ["maxWallClockTime": .string(BatchDuration.unlimited), "maxTaskRetryCount": -1]
            let good: JSONValue = ["id": "t", "commandLine": "true", "constraints": longest]
            #expect(try await fixture.send(.post, "/jobs/job/tasks", body: good).status == 201)
        }
    }

    // The documentation of taskIds: at most 64,000 characters together, else TaskDependencyListTooLong.
    @Test("A list of dependencies has 64,000 characters at most")
    func dependencyLists() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(["usesTaskDependencies": true], nodes: 0)
            func send(_ id: String, _ dependsOn: JSONValue) async throws -> BatchFixture.Answer {
                let body: JSONValue = ["id": .string(id), "commandLine": "true", "dependsOn": dependsOn]
                return try await fixture.send(.post, "/jobs/job/tasks", body: body)
            }
            let ids: [JSONValue] = (0..<1000).map { .string(String(repeating: "x", count: 60) + "\($0 + 1000)") }
            #expect(try await send("just", ["taskIds": .array(ids)]).status == 201)
            let refused = try await send("toolong", ["taskIds": .array(ids + ["y"])])
            #expect(refused.status == 400 && refused.code == "TaskDependencyListTooLong")
            let ranges: [JSONValue] = (0..<4001).map { ["start": .integer($0), "end": .integer($0)] }
            #expect(try await send("ranges", ["taskIdRanges": .array(ranges)]).code == "TaskDependencyRangesTooLong")
        }
    }

    @Test("A node that is named a hundred times is removed once", arguments: ["requeue", "taskcompletion"])
    func removedOnce(_ option: String) async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(nodes: 3, slots: 1)
            let tasks: [JSONValue] = (0..<3).map { ["id": .string("t\($0)"), "commandLine": "sleep 1000"] }
            _ = try await fixture.send(.post, "/jobs/job/addtaskcollection", body: ["value": .array(tasks)])
            await fixture.emulator.wait { $0.jobs["job"]?.counts.tasks.running == 3 }
            let nodes = try await fixture.send(.get, "/pools/pool/nodes").json["value"]?.array ?? []
            let id = try #require(nodes.first?["id"])
            let body: JSONValue = [
                "nodeList": .array(Array(repeating: id, count: 100)), "nodeDeallocationOption": .string(option),
            ]
            #expect(try await fixture.send(.post, "/pools/pool/removenodes", body: body).status == 202)
            #expect(try await fixture.send(.get, "/pools/pool").json["targetDedicatedNodes"] == 2)
        }
    }

    @Test("A filter of many comparisons is one beside the other, up to a thousand of them")
    func longFilters() throws {
        let part = "id eq 'x'"
        let filter = try ODataFilter(Array(repeating: part, count: 1000).joined(separator: " or "))
        #expect(filter.matches(["id": "x"]) && !filter.matches(["id": "y"]))
        for word in [" or ", " and "] {
            #expect(throws: ODataSyntaxError.self) {
                try ODataFilter(Array(repeating: part, count: 200_000).joined(separator: word))
            }
        }
        #expect(throws: ODataSyntaxError.self) {
            try ODataFilter(String(repeating: "not ", count: 200_000) + String(repeating: "(", count: 200_000))
        }
        let many = Array(repeating: "id", count: 100_000).joined(separator: ",")
        #expect(try ODataSelect(many).apply(to: ["id": "x", "b": 1]) == ["id": "x"])
        #expect(throws: ODataSyntaxError.self) {
            try ODataSelect((0..<2000).map { "p\($0)" }.joined(separator: ","))
        }
    }
}
