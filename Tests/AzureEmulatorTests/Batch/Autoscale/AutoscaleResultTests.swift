import Foundation
import Testing

@testable import AzureEmulator

@Suite("Results of autoscale formulas")
struct AutoscaleResultTests {
    @Test("Results of recorded answers of the service to the official Python and JavaScript clients")
    func recorded() throws {
        let good = try AutoscaleFixture.evaluate("$TargetDedicatedNodes=3")
        #expect(good.results == "$TargetDedicatedNodes=3;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue")
        #expect(good.error == nil)
        let bad = try AutoscaleFixture.evaluate("$something_useless")
        #expect(bad.results == "$TargetDedicatedNodes=2;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue")
        #expect(bad.error?.code == "AutoScalingFormulaEvaluationError")
        #expect(bad.error?.message == "The specified auto-scaling formula has evaluation error")
        #expect(bad.error?.detail == "Line 1, Col 1: Undefined symbol: $something_useless")
    }

    @Test("Variables of the formula follow by name: the documentation's first example and its results")
    func workingHours() throws {
        let formula = """
            $curTime = time();
            $workHours = $curTime.hour >= 8 && $curTime.hour < 18;
            $isWeekday = $curTime.weekday >= 1 && $curTime.weekday <= 5;
            $isWorkingWeekdayHour = $workHours && $isWeekday;
            $TargetDedicatedNodes = $isWorkingWeekdayHour ? 20:10;
            """
        let results = try AutoscaleFixture.evaluate(formula).results
        #expect(
            results == "$TargetDedicatedNodes=10;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue;"
                + "$curTime=2016-10-13T19:18:47.805Z;$isWeekday=1;$isWorkingWeekdayHour=0;$workHours=0")
    }

    @Test("Vectors and numbers as users have shown them: names with a dollar sign come first")
    func texts() throws {
        let formula = """
            total = 1.5; $pendingTasksVector = [1,2,3]; $big = 1e20; $whole = 4.0; $part = 0.1; $name = "text";
            $NodeDeallocationOption = taskcompletion;
            """
        let results = try AutoscaleFixture.evaluate(formula).results
        #expect(
            results == "$TargetDedicatedNodes=2;$TargetLowPriorityNodes=0;$NodeDeallocationOption=taskcompletion;"
                + "$big=1e+20;$name=text;$part=0.1;$pendingTasksVector=[1,2,3];$whole=4;total=1.5")
    }

    @Test("A full name counts more than its alias, and the alias counts alone")
    func aliases() throws {
        let both = try AutoscaleFixture.evaluate("$TargetDedicatedNodes=5;$TargetDedicated=7;$TargetLowPriority=2")
        #expect(both.targetDedicated == 5 && both.targetLowPriority == 2)
        #expect(both.results == "$TargetDedicatedNodes=5;$TargetLowPriorityNodes=2;$NodeDeallocationOption=requeue")
        let alias = try AutoscaleFixture.evaluate("$TargetDedicated=7;x=$TargetDedicatedNodes+$TargetLowPriority")
        #expect(alias.targetDedicated == 7 && alias.results.hasSuffix(";x=7"))
    }

    @Test("Versions before low-priority nodes have one number, as the example of the PowerShell module shows it")
    func oldNames() throws {
        let formula =
            "totalNodes=($CPUPercent.GetSamplePercent(TimeInterval_Minute*0,TimeInterval_Minute*10)<0.7?5:"
            + "(min($CPUPercent.GetSample(TimeInterval_Minute*0, TimeInterval_Minute*10))>0.8?"
            + "($CurrentDedicated*1.1):$CurrentDedicated));$TargetDedicated=min(100,totalNodes);"
        let old = AutoscaleFixture.environment { $0.names = AutoscaleNames(apiVersion: "2017-01-01.4.0") }
        #expect(
            try AutoscaleFixture.evaluate(formula, in: old).results
                == "$TargetDedicated=5;$NodeDeallocationOption=requeue;totalNodes=5")
        #expect(AutoscaleFixture.value(of: "$CurrentDedicated", in: old) == "3")
        #expect(AutoscaleFixture.value(of: "$CurrentDedicated").hasSuffix("Undefined symbol: $CurrentDedicated"))
        #expect(
            AutoscaleNames(apiVersion: "2017-05-01.5.0") == .current
                && AutoscaleNames(apiVersion: "2025-06-01") == .current)
    }

    @Test("Fractions of nodes are no nodes: the documentation rounds up by adding 3 before it divides by 4")
    func fractions() throws {
        let evaluation = try AutoscaleFixture.evaluate(
            "$tasks=6;$TargetDedicatedNodes=($tasks+3)/4;$TargetLowPriorityNodes=0.99")
        #expect(evaluation.targetDedicated == 2 && evaluation.targetLowPriority == 0)
        #expect(evaluation.results.hasPrefix("$TargetDedicatedNodes=2;$TargetLowPriorityNodes=0;"))
    }

    @Test(
        "A target that is no number of nodes is an error at its last assignment, and the pool stays",
        arguments: ["-1", "1/0", "0/0", "1e10", "-1e300"])
    func noNodes(value: String) throws {
        let evaluation = try AutoscaleFixture.evaluate("$a=1;\n$TargetDedicatedNodes=\(value);")
        #expect(evaluation.error?.kind == .evaluation)
        #expect(evaluation.error?.position == AutoscalePosition(line: 2, column: 1))
        #expect(evaluation.targetDedicated == 2 && evaluation.results.hasPrefix("$TargetDedicatedNodes=2;"))
        // A later statement may set it right.
        #expect(try AutoscaleFixture.evaluate("$TargetDedicatedNodes=\(value);$TargetDedicatedNodes=1").error == nil)
    }

    @Test(
        "Variables take what they are for",
        arguments: [
            ("$TargetDedicatedNodes=\"5\"", "Incorrect value: $TargetDedicatedNodes = string"),
            ("$TargetDedicatedNodes=[5]", "Incorrect value: $TargetDedicatedNodes = doubleVec"),
            ("$TargetLowPriority=time()", "Incorrect value: $TargetLowPriority = timestamp"),
            ("$NodeDeallocationOption=1", "Incorrect value: $NodeDeallocationOption = double"),
            ("$NodeDeallocationOption=requeued", "Undefined symbol: requeued"),
            ("$PendingTasks=1", "The variable is read-only: $PendingTasks"),
            ("$CurrentDedicatedNodes=1", "The variable is read-only: $CurrentDedicatedNodes"),
            ("$TaskSlotsPerNode=1", "The variable is read-only: $TaskSlotsPerNode"),
            ("TimeInterval_Hour=1", "The variable is read-only: TimeInterval_Hour"),
            ("requeue=1", "The variable is read-only: requeue"),
            ("x=average(1)", "Undefined symbol: average"), ("x=y", "Undefined symbol: y"),
        ])
    func assignments(formula: String, reason: String) throws {
        #expect(try AutoscaleFixture.evaluate(formula).error?.reason == reason)
    }

    @Test("Variables of the service have the pool's values until the formula assigns them")
    func serviceVariables() {
        let expressions = [
            "$TargetDedicatedNodes", "$TargetLowPriorityNodes", "$CurrentDedicatedNodes", "$CurrentLowPriorityNodes",
            "$TaskSlotsPerNode", "$UsableNodeCount", "$PreemptedNodeCount", "$NodeDeallocationOption",
        ]
        let values = expressions.map { AutoscaleFixture.value(of: $0) }
        #expect(values == ["2", "0", "3", "1", "4", "4", "0", "requeue"])
    }

    @Test("A time has the milliseconds that its date has", arguments: 0..<1000)
    func milliseconds(number: Int) {
        let time = AutoscaleTime(Date(timeIntervalSince1970: 1_767_323_045 + Double(number) / 1000))
        #expect(time.text.hasSuffix(".\(String(1000 + number).dropFirst())Z"))
        #expect(
            AutoscaleTime(.distantFuture) <= .latest && AutoscaleTime(Date(timeIntervalSince1970: 1e300)) == .latest)
        #expect(AutoscaleTime(Date(timeIntervalSince1970: -1e300)) == .earliest)
    }

    @Test("stop() ends the evaluation with what was assigned before")
    func stop() throws {
        let evaluation = try AutoscaleFixture.evaluate("$TargetDedicatedNodes=4;1?stop():0;$TargetDedicatedNodes=9;y=z")
        #expect(evaluation.error == nil && evaluation.targetDedicated == 4)
    }

    @Test("An error in a later statement shows what was assigned before, and the pool stays as the error says")
    func laterError() throws {
        let evaluation = try AutoscaleFixture.evaluate("$a=1;\n$b=$a+1;\n  $c = $nothing;")
        #expect(evaluation.error?.detail == "Line 3, Col 8: Undefined symbol: $nothing")
        #expect(evaluation.results.hasSuffix(";$a=1;$b=2"))
    }
}
