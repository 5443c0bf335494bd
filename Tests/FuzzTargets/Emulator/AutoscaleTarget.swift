#if DEBUG
import Foundation

@testable import AzureEmulator

extension FuzzTarget {
    /// Formulas of pools that scale themselves: read, and evaluated with and without samples.
    static let autoscaleFormula = FuzzTarget(
        "autoscale-formula",
        words: AutoscaleFunction.allCases.map { "\($0.rawValue)(" } + AutoscaleMetric.allCases.map(\.rawValue)
            + AutoscaleValue.constants.keys.sorted() + [
                "$TargetDedicatedNodes=", "$TargetLowPriority=", "$NodeDeallocationOption=", "$TaskSlotsPerNode",
                ".GetSample(", ".GetSamplePercent(", ".Count()", ".weekday", "//", "1e308", "\"2016-10-13\"", "&&",
            ],
        seeds: [
            "$TargetDedicatedNodes = min(5, max(0, $PendingTasks.GetSample(1)));// c\n$NodeDeallocationOption=requeue;",
            "s = $ActiveTasks.GetSamplePercent(TimeInterval_Minute * 15) < 70 ? 1 : avg($ActiveTasks.GetSample(180 * "
                + "TimeInterval_Second, 50)); $TargetLowPriorityNodes = round(s / $TaskSlotsPerNode);",
            "t = time() + TimeInterval_Hour; d = t.weekday >= 1 && t.hour < 18 || !0; x = time(\"2016-10-13T19:18:47Z\") - t",
            "v = vec([1, 2], 3) * 2; p = percentile(v, 50) + val(v, 0) + std(v) + norm(v); 0 ? stop() : rand()",
        ]
    ) { input in
        do throws(AutoscaleError) {
            let formula = try AutoscaleFormula(input.text)
            for environment in environments {
                let evaluation = formula.evaluate(in: environment) { 0.5 }
                let isRange = (0...Int(Int32.max)).contains(evaluation.targetDedicated)
                guard isRange, evaluation.error.map({ $0.position != nil }) ?? true else {
                    throw AutoscaleError(.evaluation, "An evaluation gave \(evaluation).")
                }
            }
        } catch {
            try require(error.kind == .tooLong || error.position != nil, "It threw \(error).")
        }
    }

    private static let environments: [AutoscaleEnvironment] = {
        let now = AutoscaleTime(Date(timeIntervalSince1970: 1_767_323_045))
        var empty = AutoscaleEnvironment(now: now, targetDedicated: 1, targetLowPriority: 0)
        empty.current = AutoscaleSample.Values(activeTasks: 1, dedicatedNodes: 1, usableNodes: 1)
        var full = empty
        for number in 0..<100 {
            guard let time = now.advanced(by: Int64(number - 100) * AutoscaleHistory.period) else { continue }
            full.history.add(AutoscaleSample(time: time, values: AutoscaleSample.Values(activeTasks: number)))
        }
        return [empty, full]
    }()
}
#endif
