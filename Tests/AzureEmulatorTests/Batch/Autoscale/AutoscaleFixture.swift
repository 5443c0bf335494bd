import Foundation
import Testing

@testable import AzureEmulator

/// Evaluates formulas of tests.
enum AutoscaleFixture {
    /// Thursday, 13 October 2016, 19:18:47.805 UTC.
    static let now = AutoscaleTime(Date(timeIntervalSince1970: 1_476_386_327.805))

    /// An environment with so many samples, the last of which was just taken. The tasks of the nth sample from the
    /// front are n waiting and one running.
    static func environment(samples: Int = 0, _ change: (inout AutoscaleEnvironment) -> Void = { _ in })
        -> AutoscaleEnvironment
    {
        var environment = AutoscaleEnvironment(now: now, targetDedicated: 2, targetLowPriority: 0)
        environment.taskSlotsPerNode = 4
        environment.current = AutoscaleSample.Values(dedicatedNodes: 3, lowPriorityNodes: 1, usableNodes: 4)
        for number in 0..<samples {
            let age = Int64(samples - 1 - number) * AutoscaleHistory.period
            guard let time = now.advanced(by: -age) else { continue }
            environment.history.add(
                AutoscaleSample(
                    time: time, values: AutoscaleSample.Values(activeTasks: number + 1, runningTasks: 1)))
        }
        change(&environment)
        return environment
    }

    static func evaluate(
        _ text: String, in environment: AutoscaleEnvironment = environment(), random: @escaping () -> Double = { 0.25 }
    ) throws(AutoscaleError) -> AutoscaleEvaluation {
        try AutoscaleFormula(text).evaluate(in: environment, random: random)
    }

    /// The variable `x` as the results of `x = expression` show it, or why there are none.
    static func value(of expression: String, in environment: AutoscaleEnvironment = environment()) -> String {
        do throws(AutoscaleError) {
            let evaluation = try evaluate("x=\(expression)", in: environment)
            if let error = evaluation.error { return "\(error.kind) \(error.detail)" }
            return evaluation.results.split(separator: ";").last.map { String($0.dropFirst(2)) } ?? ""
        } catch {
            return "\(error.kind) \(error.detail)"
        }
    }
}
