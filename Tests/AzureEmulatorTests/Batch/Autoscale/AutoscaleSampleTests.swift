import Foundation
import Testing

@testable import AzureEmulator

@Suite("Samples in autoscale formulas")
struct AutoscaleSampleTests {
    @Test(
        "The forms of GetSample, with times that look back or are given",
        arguments: [
            ("$ActiveTasks.GetSample(1)", "[10]"), ("$ActiveTasks.GetSample(3)", "[8,9,10]"),
            ("$RunningTasks.GetSample(2)", "[1,1]"), ("$PendingTasks.GetSample(2)", "[10,11]"),
            ("$ActiveTasks.GetSample(99)", "[1,2,3,4,5,6,7,8,9,10]"),
            ("$ActiveTasks.GetSample(TimeInterval_Minute)", "[9,10]"),
            ("$ActiveTasks.GetSample(TimeInterval_Minute, 100)", "[9,10]"),
            ("$ActiveTasks.GetSample(1 * TimeInterval_Minute, 3 * TimeInterval_Minute)", "[5,6,7,8]"),
            ("$ActiveTasks.GetSample(3 * TimeInterval_Minute, 1 * TimeInterval_Minute, 75)", "[5,6,7,8]"),
            ("$ActiveTasks.GetSample(time(\"2016-10-13T19:17:47.805Z\"))", "[9,10]"),
            ("$ActiveTasks.GetSample(time(\"2016-10-13T19:17:47.805Z\"), TimeInterval_Second * 30)", "[9]"),
            ("$ActiveTasks.GetSamplePercent(TimeInterval_Minute * 5)", "100"),
            ("$ActiveTasks.GetSamplePercent(TimeInterval_Minute * 10)", "50"),
            ("$ActiveTasks.GetSamplePercent(TimeInterval_Minute * 4, TimeInterval_Minute * 6)", "50"),
            ("$ActiveTasks.GetSamplePeriod()", "00:00:30"), ("$ActiveTasks.Count()", "10"),
            ("$ActiveTasks.HistoryBeginTime()", "2016-10-13T19:14:17.805Z"),
        ])
    func forms(expression: String, expected: String) {
        #expect(AutoscaleFixture.value(of: expression, in: AutoscaleFixture.environment(samples: 10)) == expected)
    }

    @Test("Ten minutes have twenty samples, of which GetSample may want a percentage: the documentation's own example")
    func percentage() {
        let full = AutoscaleFixture.environment(samples: 40)
        #expect(AutoscaleFixture.value(of: "len($ActiveTasks.GetSample(TimeInterval_Minute * 10))", in: full) == "20")
        let late = AutoscaleFixture.environment(samples: 40) { environment in
            // The last minute is missing.
            environment.now = environment.now.advanced(by: 60 * AutoscaleTime.ticksPerSecond) ?? environment.now
        }
        #expect(AutoscaleFixture.value(of: "len($ActiveTasks.GetSample(TimeInterval_Minute * 10))", in: late) == "18")
        #expect(
            AutoscaleFixture.value(of: "len($ActiveTasks.GetSample(TimeInterval_Minute * 10, 80))", in: late) == "18")
        #expect(
            AutoscaleFixture.value(of: "len($ActiveTasks.GetSample(TimeInterval_Minute * 10, 95))", in: late)
                == "insufficientSamples Line 1, Col 29: "
                + "Insufficient data from data set: $ActiveTasks wanted 95%, received 90%")
    }

    @Test("Missing samples are told as the official .NET tests have it, with the place of the parenthesis")
    func insufficient() throws {
        let formula = "$RunningTasks.GetSample(10 * TimeInterval_Second, 0 * TimeInterval_Second, 100);"
        let error = try #require(try AutoscaleFixture.evaluate(formula).error)
        #expect(error.code == "InsufficientSampleData")
        #expect(error.message == "Autoscale evaluation failed due to insufficient sample data")
        #expect(
            error.detail == "Line 1, Col 24: Insufficient data from data set: $RunningTasks wanted 100%, received 0%")
    }

    @Test("Without a percentage a tenth must be there, as in the recorded answer of the documentation")
    func defaultPercentage() throws {
        let error = try #require(
            try AutoscaleFixture.evaluate(
                "totalNodes=min($CPUPercent.GetSample(TimeInterval_Minute*0,TimeInterval_Minute*10))"
            ).error)
        #expect(
            error.detail == "Line 1, Col 37: Insufficient data from data set: $CPUPercent wanted 10%, received 0%")
    }

    @Test("Node metrics that the service gave up are known and have no samples", arguments: AutoscaleMetric.allCases)
    func retired(metric: AutoscaleMetric) {
        let environment = AutoscaleFixture.environment(samples: 10)
        let isRetired = ["CPU", "Wall", "Memory", "Disk", "Network"].contains { metric.rawValue.hasPrefix("$\($0)") }
        #expect(metric.isRetired == isRetired)
        let count = AutoscaleFixture.value(of: "\(metric.rawValue).Count()", in: environment)
        let percent = AutoscaleFixture.value(
            of: "\(metric.rawValue).GetSamplePercent(TimeInterval_Minute)", in: environment)
        let last = AutoscaleFixture.value(of: "len(\(metric.rawValue).GetSample(1))", in: environment)
        #expect([count, percent, last] == (isRetired ? ["0", "0", "0"] : ["10", "100", "1"]))
    }

    @Test(
        "Methods refuse other arguments and other variables",
        arguments: [
            ("$ActiveTasks.GetSample()", "Line 1, Col 25: Incorrect arguments: GetSample()"),
            ("$ActiveTasks.GetSample(1, 2)", "Line 1, Col 25: Incorrect arguments: GetSample(double, double)"),
            ("$ActiveTasks.GetSample(\"a\")", "Line 1, Col 25: Incorrect arguments: GetSample(string)"),
            ("$ActiveTasks.GetSample(0)", "Line 1, Col 25: No number of samples: 0"),
            ("$ActiveTasks.GetSamplePercent(1)", "Line 1, Col 32: Incorrect arguments: GetSamplePercent(double)"),
            ("$ActiveTasks.Count(1)", "Line 1, Col 21: Incorrect arguments: Count(double)"),
            ("$ActiveTasks.Last()", "Line 1, Col 20: Incorrect arguments: Last()"),
            ("$TaskSlotsPerNode.GetSample(1)", "Line 1, Col 30: No such method: $TaskSlotsPerNode.GetSample()"),
            ("y.GetSample(1)", "Line 1, Col 14: No such method: y.GetSample()"),
            ("$ActiveTasks", "Line 1, Col 3: The variable has samples and no value of its own: $ActiveTasks"),
        ])
    func refused(expression: String, detail: String) {
        let environment = AutoscaleFixture.environment(samples: 10)
        #expect(AutoscaleFixture.value(of: expression, in: environment) == "evaluation \(detail)")
    }

    @Test("Extreme look-backs find what there is")
    func extremes() {
        let environment = AutoscaleFixture.environment(samples: 10)
        #expect(
            AutoscaleFixture.value(
                of: "ceil($ActiveTasks.GetSamplePercent(TimeInterval_Year * 20000))", in: environment) == "1")
        #expect(
            AutoscaleFixture.value(of: "$ActiveTasks.GetSamplePercent(TimeInterval_Year * -20000)", in: environment)
                == "0")
        #expect(AutoscaleFixture.value(of: "len($ActiveTasks.GetSample(1e300))", in: environment) == "10")
        #expect(AutoscaleFixture.value(of: "$ActiveTasks.GetSample(0 / 0)", in: environment).hasPrefix("evaluation"))
    }

    @Test("A history keeps a day of samples and ignores a clock that is set back")
    func history() {
        var history = AutoscaleFixture.environment(samples: 7000).history
        #expect(history.samples.count == 2880 && history.samples.first?.values.activeTasks == 4121)
        history.add(AutoscaleSample(time: AutoscaleFixture.now, values: AutoscaleSample.Values()))
        #expect(history.samples.last?.values.activeTasks == 7000)
        #expect(AutoscaleHistory().samples.isEmpty)
    }
}
