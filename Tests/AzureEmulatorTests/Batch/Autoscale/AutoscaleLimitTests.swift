import Foundation
import Testing

@testable import AzureEmulator

@Suite("Limits of autoscale formulas")
struct AutoscaleLimitTests {
    @Test("A formula has 8,192 characters at most: the limit that the official clients document")
    func length() throws {
        let formula = "$TargetDedicatedNodes=1;"
        let longest = formula + String(repeating: " ", count: 8192 - formula.count)
        #expect(try AutoscaleFixture.evaluate(longest).targetDedicated == 1)
        let error = #expect(throws: AutoscaleError.self) { try AutoscaleFormula(longest + " ") }
        #expect(error?.kind == .tooLong && error?.code == "AutoScaleFormulaTooLong")
    }

    @Test("A formula has 100 statements at most; empty ones do not count")
    func statements() throws {
        let most = String(repeating: "x=1;", count: 100)
        #expect(try AutoscaleFixture.evaluate(most + ";;;").error == nil)
        let error = #expect(throws: AutoscaleError.self) { try AutoscaleFormula(most + "y=2") }
        #expect(error?.position == AutoscalePosition(line: 1, column: 401) && error?.kind == .syntax)
    }

    @Test(
        "Expressions stand in each other 50 deep at most",
        arguments: [("(", "1", ")"), ("[", "1", "]"), ("vec(", "1", ")")])
    func depth(open: String, inner: String, close: String) {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
        }
        #expect(throws: Never.self) { try AutoscaleFormula("x=" + nested(49)) }
        let error = #expect(throws: AutoscaleError.self) { try AutoscaleFormula("x=" + nested(50)) }
        #expect(error?.reason == "Expressions may stand in each other 50 deep")
        #expect(throws: AutoscaleError.self) {
            try AutoscaleFormula("x=" + String(repeating: open, count: 8000 / open.count))
        }
    }

    @Test("Long chains of operators, prefixes and ternaries are no depth")
    func chains() {
        let sum = Array(repeating: "1", count: 4000).joined(separator: "+")
        #expect(AutoscaleFixture.value(of: sum) == "4000")
        #expect(AutoscaleFixture.value(of: String(repeating: "-", count: 8000) + "1") == "1")
        #expect(AutoscaleFixture.value(of: String(repeating: "0?1:", count: 2000) + "2") == "2")
        #expect(AutoscaleFixture.value(of: String(repeating: "1&&", count: 2000) + "1") == "1")
        #expect(
            AutoscaleFixture.value(of: "[" + Array(repeating: "1", count: 4000).joined(separator: ",") + "]").count
                == 8001)
    }

    @Test("A vector that doubles with every statement ends in an error, not in memory")
    func memory() throws {
        let evaluation = try AutoscaleFixture.evaluate("v=[1,2,3];" + String(repeating: "v=vec(v,v);", count: 99))
        #expect(evaluation.error?.kind == .evaluation)
        #expect(evaluation.error?.reason == "The formula uses too many numbers")
        #expect(evaluation.targetDedicated == 2)
    }

    @Test("A formula that asks for all samples as often as it can has a result, on which no more work is spent")
    func work() throws {
        let environment = AutoscaleFixture.environment(samples: 3000)
        #expect(environment.history.samples.count == AutoscaleHistory.limit)
        let call = "len($ActiveTasks.GetSample(9999))"
        let often = Array(repeating: call, count: 8000 / (call.count + 1)).joined(separator: "+")
        #expect(AutoscaleFixture.value(of: often, in: environment) == "\(2880 * (8000 / (call.count + 1)))")
        let sorting =
            "v=$ActiveTasks.GetSample(9999);v=vec(v,v,v,v,v,v,v,v,v,v);x="
            + Array(repeating: "percentile(v,9)", count: 450).joined(separator: "+")
        #expect(
            try AutoscaleFixture.evaluate(sorting, in: environment).error?.reason == "The formula uses too many numbers"
        )
    }
}
