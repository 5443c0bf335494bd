import AzureTesting
import Foundation
import Testing

@testable import AzureEmulator

@Suite("Autoscale formulas made of anything", .timeLimit(.minutes(5)))
struct AutoscaleFuzzTests {
    private static let words =
        AutoscaleFunction.allCases.map { $0.rawValue + "(" } + AutoscaleMetric.allCases.map(\.rawValue)
        + AutoscaleValue.constants.keys.sorted()
        + [
            "$TargetDedicatedNodes", "$TargetLowPriority", "$NodeDeallocationOption", "$TaskSlotsPerNode", "x", "$y",
            ".GetSample(", ".GetSamplePercent(", ".Count()", ".HistoryBeginTime()", ".year", ".weekday",
            "(", ")", "[", "]", ",", ";", ";", "?", ":", "=", "+", "-", "*", "/", "<", "<=", "==", ">=", ">", "!=",
            "&&",
            "||", "!", "0", "1", "5", "0.5", "1e300", "9223372036854775807", "1e18", "\"2016-10-13\"", "\"\"", "\"",
            "// c\n", "\n", " ", "$", "é", "\u{0}", "@",
        ]

    @Test(
        "Words of the language in any order have a result or an error with a place", arguments: 0..<8 as Range<UInt64>)
    func words(seed: UInt64) {
        var numbers = SeededGenerator(seed: seed)
        let environment = AutoscaleFixture.environment(samples: 200)
        for _ in 0..<1500 {
            let count = Int.random(in: 1...40, using: &numbers)
            let text = (0..<count).map { _ in Self.words.randomElement(using: &numbers) ?? "" }.joined()
            check(text, environment)
        }
    }

    /// An expression that the grammar has, so that the evaluator is reached.
    private func expression(_ depth: Int, _ numbers: inout SeededGenerator) -> String {
        func part(_ numbers: inout SeededGenerator) -> String { expression(depth - 1, &numbers) }
        let leaves = [
            "0", "1", "2.5", "1e300", "x", "$y", "time()", "time(\"2016\")", "\"a\"", "[1,2]", "vec()", "rand()",
            "TimeInterval_Hour", "TimeInterval_Year*29000", "$ActiveTasks.GetSample(2)", "$CurrentDedicatedNodes",
            "requeue", "$TargetDedicatedNodes", "$PendingTasks.GetSample(TimeInterval_Minute*5)",
        ]
        guard depth > 0 else { return leaves.randomElement(using: &numbers) ?? "" }
        switch Int.random(in: 0...7, using: &numbers) {
        case 0: return leaves.randomElement(using: &numbers) ?? ""
        case 1: return "(\(part(&numbers)))?\(part(&numbers)):\(part(&numbers))"
        case 2: return "-(\(part(&numbers)))"
        case 3:
            let function = AutoscaleFunction.allCases.randomElement(using: &numbers) ?? .avg
            return "\(function.rawValue)(\(part(&numbers)),\(part(&numbers)))"
        case 4:
            let function = AutoscaleFunction.allCases.randomElement(using: &numbers) ?? .avg
            return "\(function.rawValue)(\(part(&numbers)))"
        case 5: return "$ActiveTasks.GetSample(\(part(&numbers)),\(part(&numbers)))"
        default:
            let symbols = ["+", "-", "*", "/", "<", "<=", "==", ">=", ">", "!=", "&&", "||"]
            return "(\(part(&numbers)))\(symbols.randomElement(using: &numbers) ?? "")(\(part(&numbers)))"
        }
    }

    @Test(
        "Expressions of the grammar with values of any type have a result or an error",
        arguments: 0..<8 as Range<UInt64>)
    func expressions(seed: UInt64) throws {
        var numbers = SeededGenerator(seed: seed &+ 1000)
        let environment = AutoscaleFixture.environment(samples: 200)
        var results = 0
        for _ in 0..<1500 {
            let depth = Int.random(in: 0...4, using: &numbers)
            let text =
                "x=3;$y=[1,2];$TargetDedicatedNodes=\(expression(depth, &numbers));z=\(expression(depth, &numbers))"
            // The grammar has them all, so that none fails before it is evaluated.
            let evaluation = try AutoscaleFormula(text).evaluate(in: environment) { 0.5 }
            check(text, evaluation)
            if evaluation.error == nil { results += 1 }
        }
        #expect(results > 20)
    }

    private func check(_ text: String, _ environment: AutoscaleEnvironment) {
        do throws(AutoscaleError) {
            check(text, try AutoscaleFormula(text).evaluate(in: environment) { 0.5 })
        } catch {
            #expect(error.kind == .syntax && error.position != nil, "\(text)")
        }
    }

    private func check(_ text: String, _ evaluation: AutoscaleEvaluation) {
        #expect((0...Int(Int32.max)).contains(evaluation.targetDedicated), "\(text)")
        #expect(evaluation.results.hasPrefix("$TargetDedicatedNodes=\(evaluation.targetDedicated);"), "\(text)")
        if let error = evaluation.error { #expect(error.position != nil && error.detail.hasPrefix("Line "), "\(text)") }
    }

    @Test("Bytes that are no text at all are read to an error", arguments: 0..<4 as Range<UInt64>)
    func bytes(seed: UInt64) {
        var numbers = SeededGenerator(seed: seed &+ 2000)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...200, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            check(String(decoding: bytes, as: UTF8.self), AutoscaleFixture.environment())
        }
    }
}
