import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// Statuses, codes and names are those of the REST documentation and of the published models.
@Suite("Job schedules over the emulated service", .timeLimit(.minutes(5)))
struct JobScheduleServiceTests {
    private static func schedule(_ schedule: JSONValue, _ id: String = "s") -> JSONValue {
        [
            "id": .string(id), "schedule": schedule, "displayName": "Nightly",
            "jobSpecification": ["poolInfo": ["poolId": "pool"], "priority": 7],
            "metadata": [["name": "a", "value": "b"]],
        ]
    }

    @Test("A schedule makes three jobs, each when the one before has ended and its time has come")
    func threeJobs() async throws {
        let clock = ManualClock()
        try await BatchFixture.with(timeSource: clock.timeSource) { fixture in
            let made = try await fixture.send(
                .post, "/jobschedules", body: Self.schedule(["recurrenceInterval": "PT10M"]))
            #expect(made.status == 201, "\(made.text)")
            #expect(made.header("Location") == "\(BatchFixture.endpoint)/jobschedules/s")
            for number in 1...3 {
                let id = "s:job-\(number)"
                await fixture.emulator.wait { $0.jobs[id] != nil }
                let job = try await fixture.send(.get, "/jobs/\(id)").json
                #expect(job["priority"] == 7 && job["state"] == "active")
                let schedule = try await fixture.send(.get, "/jobschedules/s").json
                #expect(schedule["executionInfo"]?["recentJob"]?["id"] == .string(id))
                #expect(
                    schedule["executionInfo"]?["recentJob"]?["url"] == .string("\(BatchFixture.endpoint)/jobs/\(id)"))
                #expect(try await fixture.send(.post, "/jobs/\(id)/terminate").status == 202)
                await clock.waitForSleepers(1)
                clock.advance(by: .seconds(600))
            }
            await fixture.emulator.wait { $0.jobs["s:job-4"] != nil }
            let jobs = try await fixture.send(.get, "/jobschedules/s/jobs", "%24select=id").json["value"]
            #expect(jobs == .array((1...4).map { ["id": .string("s:job-\($0)")] }))
            #expect(try await fixture.send(.get, "/jobs").json["value"]?.array?.count == 4)
        }
    }

    // test_batch_job_schedules of azure-batch 14.0, recorded with 2022-10-01.16.0.
    @Test("Answers are as the recording of the official Python test has them")
    func recorded() async throws {
        let clock = ManualClock()
        try await BatchFixture.with(timeSource: clock.timeSource) { fixture in
            func send(_ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil) async throws
                -> BatchFixture.Answer
            { try await fixture.send(method, "/jobschedules\(path)", body: body, version: .v16) }
            let url = "\(BatchFixture.endpoint)/jobschedules/s"
            let made = try await send(
                .post, "",
                [
                    "id": "s", "schedule": ["startWindow": "PT01H00M00S", "recurrenceInterval": "P1DT00H00M00S"],
                    "jobSpecification": ["poolInfo": ["poolId": "pool_id"], "constraints": ["maxTaskRetryCount": 2]],
                ])
            #expect(made.status == 201 && made.header("Location") == url && made.header("DataServiceId") == url)
            let shown = try await send(.get, "/s")
            #expect(shown.header("ETag") == made.header("ETag") && shown.json["eTag"]?.string == made.header("ETag"))
            #expect(shown.json["odata.metadata"]?.string?.hasSuffix("/$metadata#jobschedules/@Element") == true)
            #expect(shown.json["schedule"] == ["startWindow": "PT1H", "recurrenceInterval": "P1D"])
            #expect(
                shown.json["jobSpecification"] == [
                    "priority": 0, "maxParallelTasks": -1, "allowTaskPreemption": false, "usesTaskDependencies": false,
                    "onAllTasksComplete": "noaction", "onTaskFailure": "noaction",
                    "constraints": [
                        "maxWallClockTime": "P10675199DT2H48M5.4775807S", "maxTaskRetryCount": 2,
                    ],
                    "poolInfo": ["poolId": "pool_id"],
                ])
            #expect(
                shown.json["executionInfo"] == [
                    "nextRunTime": "2026-01-03T03:04:05.0000000Z",
                    "recentJob": ["id": "s:job-1", "url": .string("\(BatchFixture.endpoint)/jobs/s:job-1")],
                ])
            for (action, status) in [("disable", 204), ("enable", 204), ("terminate", 202)] {
                let answer = try await send(.post, "/s/\(action)")
                #expect(answer.status == status && answer.header("DataServiceId") == "\(url)/\(action)")
                #expect(answer.header("ETag") != made.header("ETag") && answer.data.isEmpty)
            }
            let deleted = try await send(.delete, "/s")
            #expect(deleted.status == 202 && deleted.header("DataServiceId") == nil && deleted.header("ETag") == nil)
        }
    }

    @Test("A schedule is disabled, patched, enabled and terminated")
    func states() async throws {
        let clock = ManualClock()
        try await BatchFixture.with(timeSource: clock.timeSource) { fixture in
            func show() async throws -> JSONValue { try await fixture.send(.get, "/jobschedules/s").json }
            _ = try await fixture.send(.post, "/jobschedules", body: Self.schedule(["recurrenceInterval": "PT10M"]))
            #expect(try await fixture.send(.post, "/jobschedules/s/disable").status == 204)
            var json = try await show()
            #expect(json["state"] == "disabled" && json["previousState"] == "active")

            let patch: JSONValue = [
                "jobSpecification": ["poolInfo": ["poolId": "pool"], "priority": 9],
                "schedule": ["recurrenceInterval": "PT5M"],
            ]
            #expect(try await fixture.send(.patch, "/jobschedules/s", body: patch).status == 200)
            json = try await show()
            #expect(json["schedule"] == ["recurrenceInterval": "PT5M"] && json["metadata"]?.array?.count == 1)
            #expect(json["executionInfo"]?["nextRunTime"] == "2026-01-02T03:09:05.0000000Z")

            #expect(try await fixture.send(.post, "/jobschedules/s/enable").status == 204)
            #expect(try await fixture.send(.get, "/jobs/s:job-1").json["priority"] == 7)
            _ = try await fixture.send(.post, "/jobs/s:job-1/terminate")
            // One for the interval that was, and one for that which is.
            await clock.waitForSleepers(2)
            clock.advance(by: .seconds(300))
            await fixture.emulator.wait { $0.jobs["s:job-2"] != nil }
            #expect(try await fixture.send(.get, "/jobs/s:job-2").json["priority"] == 9)

            #expect(try await fixture.send(.post, "/jobschedules/s/terminate").status == 202)
            json = try await show()
            #expect(json["state"] == "completed" && json["executionInfo"]?["endTime"] == "2026-01-02T03:09:05.0000000Z")
            #expect(json["executionInfo"]?["nextRunTime"] == nil)
            #expect(try await fixture.send(.get, "/jobs/s:job-2").json["state"] == "completed")
            for action in ["disable", "enable", "terminate"] {
                let refused = try await fixture.send(.post, "/jobschedules/s/\(action)")
                #expect(refused.status == 409 && refused.code == "JobScheduleCompleted")
            }
        }
    }

    @Test("PUT replaces a schedule, and leaves out what it does not name")
    func replaced() async throws {
        try await BatchFixture.with { fixture in
            let body = Self.schedule(["doNotRunUntil": "2099-01-01T00:00:00Z"])
            _ = try await fixture.send(.post, "/jobschedules", body: body)
            let put: JSONValue = ["jobSpecification": ["poolInfo": ["poolId": "other"]]]
            #expect(try await fixture.send(.put, "/jobschedules/s", body: put).status == 200)
            let json = try await fixture.send(.get, "/jobschedules/s").json
            #expect(json["metadata"] == nil && json["displayName"] == "Nightly")
            #expect(json["jobSpecification"]?["poolInfo"] == ["poolId": "other"])
            #expect(json["executionInfo"]?["recentJob"]?["id"] == "s:job-1")
        }
    }

    @Test("Conditions, HEAD, lists and statistics are as those of jobs")
    func questions() async throws {
        try await BatchFixture.with { fixture in
            for id in ["a", "b"] {
                _ = try await fixture.send(.post, "/jobschedules", body: Self.schedule([:], id))
            }
            let tag = try #require(try await fixture.send(.get, "/jobschedules/a").header("ETag"))
            #expect(try await fixture.send(.head, "/jobschedules/a").header("ETag") == tag)
            #expect(try await fixture.send(.head, "/jobschedules/none").status == 404)
            #expect(try await fixture.send(.get, "/jobschedules/a", headers: ["If-None-Match": tag]).status == 304)
            for (method, path) in [
                (.post, "/disable"), (.post, "/enable"), (.post, "/terminate"), (.delete, ""), (.patch, ""), (.put, ""),
            ] as [(HTTPRequest.Method, String)] {
                let body: JSONValue? =
                    [.patch, .put].contains(method) ? ["jobSpecification": ["poolInfo": ["poolId": "p"]]] : nil
                let answer = try await fixture.send(
                    method, "/jobschedules/a\(path)", body: body, headers: ["If-Match": "0x1"])
                #expect(answer.status == 412, "\(method) \(path)")
            }
            _ = try await fixture.send(.post, "/jobschedules/b/disable")
            let query = "%24filter=state%20eq%20%27disabled%27&%24select=id,state"
            let list = try await fixture.send(.get, "/jobschedules", query).json["value"]
            #expect(list == [["id": "b", "state": "disabled"]])
            _ = try await fixture.send(.post, "/jobs/a:job-1/tasks", body: ["id": "t", "commandLine": "true"])
            _ = try await fixture.send(.post, "/jobs/a:job-1/tasks/t/terminate")
            for path in ["/jobschedules/a", "/jobs/a:job-1"] {
                #expect(try await fixture.send(.get, path).json["stats"] == nil)
                let stats = try await fixture.send(.get, path, "%24expand=stats").json["stats"]
                #expect(stats?["numFailedTasks"] == "1" && stats?["url"]?.string?.hasSuffix("\(path)/stats") == true)
            }
            let task = try await fixture.send(.get, "/jobs/a:job-1/tasks/t", "%24expand=stats").json["stats"]
            #expect(task?["wallClockTime"] == "PT0S" && task?["numFailedTasks"] == nil)
            #expect(try await fixture.send(.get, "/jobs", "%24expand=tasks").code == "InvalidQueryParameterValue")
            #expect(try await fixture.send(.delete, "/jobschedules/a").status == 202)
            await fixture.emulator.wait { $0.schedules["a"] == nil && $0.jobs["a:job-1"] == nil }
        }
    }

    @Test("Mistakes have their status and code")
    func mistakes() async throws {
        try await BatchFixture.with { fixture in
            func code(_ schedule: JSONValue, _ id: String = "x") async throws -> String? {
                try await fixture.send(.post, "/jobschedules", body: Self.schedule(schedule, id)).code
            }
            #expect(try await code(["recurrenceInterval": "PT59S"]) == "InvalidPropertyValue")
            #expect(try await code(["startWindow": "PT59S"]) == "InvalidPropertyValue")
            #expect(try await code(["recurrenceInterval": "soon"]) == "InvalidPropertyValue")
            #expect(try await code(["recurrenceInterval": "PT1M"], "a b") == "InvalidPropertyValue")
            #expect(
                try await code(["doNotRunUntil": "2030-01-02T00:00:00Z", "doNotRunAfter": "2030-01-01T00:00:00Z"])
                    == "InvalidPropertyValue")
            #expect(try await fixture.send(.post, "/jobschedules", body: ["id": "x"]).code == "MissingRequiredProperty")
            for path in ["", "/jobs"] {
                #expect(try await fixture.send(.get, "/jobschedules/none\(path)").code == "JobScheduleNotFound")
            }
            _ = try await fixture.send(.post, "/jobs", body: ["id": "job", "poolInfo": ["poolId": "pool"]])
            #expect(try await code([:], "JOB") == "JobWithSameIdExists")
            #expect(try await code([:], "s") == nil)
            #expect(try await code([:], "S") == "JobScheduleExists")
            let job: JSONValue = ["id": "s", "poolInfo": ["poolId": "pool"]]
            #expect(try await fixture.send(.post, "/jobs", body: job).code == "JobScheduleWithSameIdExists")
        }
    }
}
