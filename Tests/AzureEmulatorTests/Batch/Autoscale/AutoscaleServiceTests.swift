import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Automatic scaling over the emulated service", .timeLimit(.minutes(5)))
struct AutoscaleServiceTests {
    private static func pool(_ formula: String = "$TargetDedicatedNodes=0", interval: String? = "PT5M") -> JSONValue {
        var body = BatchFixture.pool()
        body["targetDedicatedNodes"] = nil
        body["enableAutoScale"] = true
        body["autoScaleFormula"] = .string(formula)
        body["autoScaleEvaluationInterval"] = interval.map { .string($0) }
        return body
    }

    /// Lets time pass in steps of half a minute, each of which is over when the pools have been measured.
    private func pass(halfMinutes: Int, _ clock: ManualClock, _ fixture: BatchFixture, measured: inout Int) async {
        for _ in 0..<halfMinutes {
            await clock.waitForSleepers(1)
            clock.advance(by: .seconds(30))
            measured += 1
            let count = measured
            await fixture.emulator.wait { $0.pools["pool"]?.history.samples.count == count }
        }
    }

    @Test("A pool goes from 0 to 5 nodes, which run its tasks, and back to 0")
    func upAndDown() async throws {
        let clock = ManualClock()
        try await BatchFixture.with(timeSource: clock.timeSource) { fixture in
            let formula = """
                // As many nodes as there are tasks, at most five.
                $samples = $PendingTasks.GetSamplePercent(TimeInterval_Minute * 2);
                $TargetDedicatedNodes = $samples < 70 ? 0 : min(5, avg($PendingTasks.GetSample(TimeInterval_Minute * 2)));
                $NodeDeallocationOption = taskcompletion;
                """
            #expect(try await fixture.send(.post, "/pools", body: Self.pool(formula)).status == 201)
            let job: JSONValue = ["id": "job", "poolInfo": ["poolId": "pool"]]
            #expect(try await fixture.send(.post, "/jobs", body: job).status == 201)
            for number in 0..<7 {
                let task: JSONValue = ["id": .string("t\(number)"), "commandLine": "/bin/true"]
                #expect(try await fixture.send(.post, "/jobs/job/tasks", body: task).status == 201)
            }
            var measured = 0
            await pass(halfMinutes: 10, clock, fixture, measured: &measured)
            await fixture.emulator.wait { $0.jobs["job"]?.counts.tasks.succeeded == 7 }
            await fixture.emulator.wait { $0.pools["pool"]?.allocation == .steady }
            let large = try await fixture.send(.get, "/pools/pool").json
            #expect(large["currentDedicatedNodes"] == 5 && large["targetDedicatedNodes"] == 5)
            #expect(
                large["autoScaleRun"]?["results"]
                    == "$TargetDedicatedNodes=5;$TargetLowPriorityNodes=0;$NodeDeallocationOption=taskcompletion;$samples=100"
            )
            #expect(large["autoScaleRun"]?["timestamp"] == "2026-01-02T03:09:05.0000000Z")
            await pass(halfMinutes: 10, clock, fixture, measured: &measured)
            await fixture.emulator.wait { $0.pools["pool"]?.nodes.isEmpty ?? false }
            let small = try await fixture.send(.get, "/pools/pool").json
            #expect(small["currentDedicatedNodes"] == 0 && small["targetDedicatedNodes"] == 0)
            #expect(small["allocationState"] == "steady")
        }
    }

    @Test("Enabling, evaluating and disabling answer as the recordings of the official Python and JavaScript tests")
    func recorded() async throws {
        let clock = ManualClock()
        try await BatchFixture.with(timeSource: clock.timeSource) { fixture in
            #expect(try await fixture.send(.post, "/pools", body: BatchFixture.pool(nodes: 0)).status == 201)
            let body: JSONValue = [
                "autoScaleFormula": "$TargetDedicatedNodes=2", "autoScaleEvaluationInterval": "PT06M00S",
            ]
            let enabled = try await fixture.send(.post, "/pools/pool/enableautoscale", body: body)
            #expect(enabled.status == 200 && enabled.data.isEmpty)
            #expect(enabled.header("DataServiceId") == "\(BatchFixture.endpoint)/pools/pool/enableautoscale")
            let pool = try await fixture.send(.get, "/pools/pool")
            #expect(pool.header("ETag") == enabled.header("ETag"))
            #expect(pool.json["enableAutoScale"] == true && pool.json["targetDedicatedNodes"] == 2)
            #expect(pool.json["autoScaleFormula"] == "$TargetDedicatedNodes=2")
            #expect(pool.json["autoScaleEvaluationInterval"] == "PT6M")
            #expect(
                pool.json["autoScaleRun"] == [
                    "timestamp": "2026-01-02T03:04:05.0000000Z",
                    "results": "$TargetDedicatedNodes=2;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue",
                ])

            let good = try await fixture.send(
                .post, "/pools/pool/evaluateautoscale", body: ["autoScaleFormula": "$TargetDedicatedNodes=3"])
            #expect(good.header("DataServiceId") == "\(BatchFixture.endpoint)/pools/pool/evaluateautoscale")
            #expect(
                good.json == [
                    "odata.metadata": .string(
                        "\(BatchFixture.endpoint)/$metadata#Microsoft.Azure.Batch.Protocol.Entities.AutoScaleRun"),
                    "timestamp": "2026-01-02T03:04:05.0000000Z",
                    "results": "$TargetDedicatedNodes=3;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue",
                ])
            let bad = try await fixture.send(
                .post, "/pools/pool/evaluateautoscale", body: ["autoScaleFormula": "$something_useless"])
            #expect(bad.status == 200)
            #expect(
                bad.json["results"]
                    == "$TargetDedicatedNodes=2;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue")
            #expect(
                bad.json["error"] == [
                    "code": "AutoScalingFormulaEvaluationError",
                    "message": "The specified auto-scaling formula has evaluation error",
                    "values": [["name": "Message", "value": "Line 1, Col 1: Undefined symbol: $something_useless"]],
                ])

            let disabled = try await fixture.send(.post, "/pools/pool/disableautoscale")
            #expect(disabled.status == 200 && disabled.header("ETag") != enabled.header("ETag"))
            let fixed = try await fixture.send(.get, "/pools/pool").json
            #expect(fixed["enableAutoScale"] == false && fixed["targetDedicatedNodes"] == 2)
            for name in ["autoScaleFormula", "autoScaleEvaluationInterval", "autoScaleRun"] {
                #expect(fixed[name] == nil)
            }
        }
    }

    @Test("A pool is made with a formula, and the interval is 15 minutes unless told otherwise")
    func create() async throws {
        try await BatchFixture.with { fixture in
            let body = Self.pool("$TargetDedicatedNodes=1;$TargetLowPriorityNodes=1", interval: nil)
            #expect(try await fixture.send(.post, "/pools", body: body).status == 201)
            await fixture.emulator.wait { $0.pools["pool"]?.allocation == .steady }
            let pool = try await fixture.send(.get, "/pools/pool").json
            #expect(pool["autoScaleEvaluationInterval"] == "PT15M" && pool["enableAutoScale"] == true)
            #expect(pool["currentDedicatedNodes"] == 1 && pool["currentLowPriorityNodes"] == 1)
            let resize = try await fixture.send(.post, "/pools/pool/resize", body: ["targetDedicatedNodes": 0])
            #expect(resize.status == 409 && resize.code == "OperationInvalidForCurrentState")
            let found = try await fixture.send(.get, "/pools", "%24filter=enableAutoScale%20eq%20true").json
            #expect(found["value"]?.array?.count == 1)
        }
    }

    @Test(
        "Settings that the documentation forbids are refused",
        arguments: [
            ("autoScaleFormula", nil, "InvalidAutoScalingSettings"),
            ("targetDedicatedNodes", 0, "InvalidAutoScalingSettings"),
            ("targetLowPriorityNodes", 0, "InvalidAutoScalingSettings"),
            ("enableAutoScale", false, "InvalidAutoScalingSettings"),
            ("enableAutoScale", nil, "InvalidAutoScalingSettings"),
            ("autoScaleEvaluationInterval", "PT4M59S", "InvalidPropertyValue"),
            ("autoScaleEvaluationInterval", "PT0S", "InvalidPropertyValue"),
            ("autoScaleEvaluationInterval", "-PT5M", "InvalidPropertyValue"),
            ("autoScaleEvaluationInterval", "PT168H0.1S", "InvalidPropertyValue"),
            ("autoScaleEvaluationInterval", "P10675199DT2H48M5.4775807S", "InvalidPropertyValue"),
            ("autoScaleFormula", "x=", "AutoScalingFormulaSyntaxError"),
            ("autoScaleFormula", .string(String(repeating: " ", count: 8193)), "AutoScaleFormulaTooLong"),
        ] as [(String, JSONValue?, String)])
    func invalid(name: String, value: JSONValue?, code: String) async throws {
        try await BatchFixture.with { fixture in
            var body = Self.pool()
            body[name] = value
            let refused = try await fixture.send(.post, "/pools", body: body)
            #expect(refused.status == 400 && refused.code == code)
            #expect(try await fixture.send(.get, "/pools/pool").status == 404)
        }
    }

    @Test("The longest interval is a week, and an interval without a formula is for no pool")
    func intervals() async throws {
        try await BatchFixture.with { fixture in
            let longest = Self.pool(interval: "PT168H")
            #expect(try await fixture.send(.post, "/pools", body: longest).status == 201)
            let pool = try await fixture.send(.get, "/pools/pool").json
            #expect(pool["autoScaleEvaluationInterval"] == "P7D")
            var fixed = BatchFixture.pool("fixed")
            fixed["autoScaleEvaluationInterval"] = "PT5M"
            let refused = try await fixture.send(.post, "/pools", body: fixed)
            #expect(refused.status == 400 && refused.code == "InvalidAutoScalingSettings")
        }
    }

    @Test("A formula that breaks the grammar is refused with its place and changes nothing")
    func syntaxError() async throws {
        try await BatchFixture.with { fixture in
            #expect(try await fixture.send(.post, "/pools", body: Self.pool()).status == 201)
            for operation in ["enableautoscale", "evaluateautoscale"] {
                let answer = try await fixture.send(
                    .post, "/pools/pool/\(operation)", body: ["autoScaleFormula": "$a = 1;\n$b = ;"])
                #expect(answer.status == 400 && answer.code == "AutoScalingFormulaSyntaxError")
                #expect(
                    answer.json["values"]?.array?.first?["value"]
                        == "Line 2, Col 6: Expected an expression, found ';'")
            }
            let pool = try await fixture.send(.get, "/pools/pool").json
            #expect(pool["autoScaleFormula"] == "$TargetDedicatedNodes=0")
        }
    }

    @Test("Enabling again takes a formula, an interval or both, at most once in 30 seconds")
    func enableAgain() async throws {
        let clock = ManualClock()
        try await BatchFixture.with(timeSource: clock.timeSource) { fixture in
            #expect(try await fixture.send(.post, "/pools", body: Self.pool()).status == 201)
            func enable(_ body: JSONValue) async throws -> String {
                let answer = try await fixture.send(.post, "/pools/pool/enableautoscale", body: body)
                return "\(answer.status) \(answer.code ?? "")"
            }
            #expect(try await enable([:]) == "400 InvalidAutoScalingSettings")
            #expect(try await enable(["autoScaleFormula": "$TargetLowPriorityNodes=0"]) == "200 ")
            clock.advance(by: .seconds(29))
            let interval: JSONValue = ["autoScaleEvaluationInterval": "PT10M"]
            #expect(try await enable(interval) == "503 TooManyEnableAutoScaleRequests")
            clock.advance(by: .seconds(1))
            #expect(try await enable(interval) == "200 ")
            let pool = try await fixture.send(.get, "/pools/pool").json
            #expect(pool["autoScaleFormula"] == "$TargetLowPriorityNodes=0")
            #expect(pool["autoScaleEvaluationInterval"] == "PT10M")
            #expect(try await fixture.send(.post, "/pools/pool/disableautoscale").status == 200)
            #expect(try await fixture.send(.post, "/pools/pool/disableautoscale").status == 200)
            #expect(try await enable(["autoScaleFormula": "x=1"]) == "503 TooManyEnableAutoScaleRequests")
            clock.advance(by: .seconds(30))
            #expect(try await enable(interval) == "400 InvalidAutoScalingSettings")
            #expect(try await enable(["autoScaleFormula": "x=1"]) == "200 ")
        }
    }

    @Test("Only a new interval begins a new schedule")
    func newSchedule() async throws {
        let clock = ManualClock()
        try await BatchFixture.with(timeSource: clock.timeSource) { fixture in
            #expect(try await fixture.send(.post, "/pools", body: Self.pool()).status == 201)
            let start = clock.timeSource.now()
            clock.advance(by: .seconds(60))
            func enable(_ body: JSONValue, next: TimeInterval) async throws {
                #expect(try await fixture.send(.post, "/pools/pool/enableautoscale", body: body).status == 200)
                // Ends with the time limit of the suite when it is another.
                let expected = start.addingTimeInterval(next)
                await fixture.emulator.wait { $0.pools["pool"]?.autoscale?.nextEvaluation == expected }
            }
            try await enable(["autoScaleFormula": "x=1"], next: 300)
            clock.advance(by: .seconds(60))
            try await enable(["autoScaleEvaluationInterval": "PT5M"], next: 420)
        }
    }

    @Test("A pool that is being resized, deleted or not there cannot be enabled, nor under a condition that fails")
    func conflicts() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let task: JSONValue = ["id": "long", "commandLine": "sleep 1000"]
            #expect(try await fixture.send(.post, "/jobs/job/tasks", body: task).status == 201)
            await fixture.emulator.wait { $0.jobs["job"]?.tasks["long"]?.state == .running }
            let body: JSONValue = ["autoScaleFormula": "$TargetDedicatedNodes=0"]
            let stale = try await fixture.send(
                .post, "/pools/pool/enableautoscale", body: body, headers: ["If-Match": "0x0"])
            #expect(stale.status == 412 && stale.code == "ConditionNotMet")
            let resize: JSONValue = ["targetDedicatedNodes": 0, "nodeDeallocationOption": "taskcompletion"]
            #expect(try await fixture.send(.post, "/pools/pool/resize", body: resize).status == 202)
            let busy = try await fixture.send(.post, "/pools/pool/enableautoscale", body: body)
            #expect(busy.status == 409 && busy.code == "PoolBeingResized")
            for operation in ["enableautoscale", "evaluateautoscale"] {
                let missing = try await fixture.send(.post, "/pools/none/\(operation)", body: body)
                #expect(missing.status == 404 && missing.code == "PoolNotFound")
            }
            let empty = try await fixture.send(.post, "/pools/pool/evaluateautoscale", body: [:])
            #expect(empty.status == 400 && empty.code == "MissingRequiredProperty")
        }
    }
}
