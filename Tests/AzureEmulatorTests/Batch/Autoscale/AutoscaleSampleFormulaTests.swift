import Foundation
import Testing

@testable import AzureEmulator

/// The formulas are those of the service's documentation and of programs that use it.
@Suite("Autoscale formulas that people use")
struct AutoscaleSampleFormulaTests {
    private static let pendingTasks = """
        startingNumberOfVMs = 1;
        maxNumberofVMs = 25;
        pendingTaskSamplePercent = $PendingTasks.GetSamplePercent(180 * TimeInterval_Second);
        pendingTaskSamples = pendingTaskSamplePercent < 70 ? startingNumberOfVMs : avg($PendingTasks.GetSample(180 * TimeInterval_Second));
        $TargetDedicatedNodes=min(maxNumberofVMs, pendingTaskSamples);
        $NodeDeallocationOption = taskcompletion;
        """

    @Test(
        "Pending tasks of the last three minutes, with a number to start from",
        arguments: [(0, 1), (5, 4), (6, 4), (40, 25)])
    func pendingTasks(samples: Int, nodes: Int) throws {
        // With six samples the tasks are 2, 3, 4, 5, 6 and 7, which is 4.5 on average.
        let evaluation = try AutoscaleFixture.evaluate(
            Self.pendingTasks, in: AutoscaleFixture.environment(samples: samples))
        #expect(evaluation.error == nil)
        #expect(evaluation.targetDedicated == nodes)
        #expect(evaluation.removal == .taskCompletion)
    }

    @Test("Preempted nodes are replaced by dedicated ones")
    func preempted() throws {
        let formula = """
            maxNumberofVMs = 25;
            $TargetDedicatedNodes = min(maxNumberofVMs, $PreemptedNodeCount.GetSample(180 * TimeInterval_Second));
            $TargetLowPriorityNodes = min(maxNumberofVMs , maxNumberofVMs - $TargetDedicatedNodes);
            $NodeDeallocationOption = taskcompletion;
            """
        let evaluation = try AutoscaleFixture.evaluate(formula, in: AutoscaleFixture.environment(samples: 6))
        #expect(evaluation.error == nil && evaluation.targetDedicated == 0 && evaluation.targetLowPriority == 25)
    }

    @Test("CPU usage, which the service measures no more")
    func cpu() throws {
        let formula = """
            $totalDedicatedNodes =
                (min($CPUPercent.GetSample(TimeInterval_Minute * 10)) > 0.7) ?
                ($CurrentDedicatedNodes * 1.1) : $CurrentDedicatedNodes;
            $TargetDedicatedNodes = min(400, $totalDedicatedNodes)
            """
        let evaluation = try AutoscaleFixture.evaluate(formula, in: AutoscaleFixture.environment(samples: 40))
        #expect(evaluation.error?.code == "InsufficientSampleData")
        #expect(evaluation.error?.position == AutoscalePosition(line: 2, column: 31))
    }

    private static let tasks = """
        // Get pending tasks for the past 15 minutes.
        $samples = $PendingTasks.GetSamplePercent(TimeInterval_Minute * 15);
        // If we have fewer than 70 percent data points, we use the last sample point,
        // otherwise we use the maximum of last sample point and the history average.
        $tasks = $samples < 70 ? max(0,$PendingTasks.GetSample(1)) : max( $PendingTasks.GetSample(1), avg($PendingTasks.GetSample(TimeInterval_Minute * 15)));
        $targetVMs = $tasks > 0? $tasks:max(0, $TargetDedicatedNodes/2);
        $TargetDedicatedNodes = max(0, min($targetVMs, 20));
        $NodeDeallocationOption = taskcompletion;
        """

    @Test("Tasks in the queue, or half the nodes when there are none", arguments: [(0, 1), (3, 4), (18, 19), (30, 20)])
    func tasks(samples: Int, nodes: Int) throws {
        let evaluation = try AutoscaleFixture.evaluate(Self.tasks, in: AutoscaleFixture.environment(samples: samples))
        #expect(evaluation.error == nil && evaluation.targetDedicated == nodes)
    }

    @Test("Parallel tasks on nodes with four slots")
    func parallel() throws {
        let formula = """
            $samples = $ActiveTasks.GetSamplePercent(TimeInterval_Minute * 15);
            $tasks = $samples < 70 ? max(0,$ActiveTasks.GetSample(1)) : max( $ActiveTasks.GetSample(1),avg($ActiveTasks.GetSample(TimeInterval_Minute * 15)));
            $cores = $TargetDedicatedNodes * 4;
            $extraVMs = (($tasks - $cores) + 3) / 4;
            $targetVMs = ($TargetDedicatedNodes + $extraVMs);
            $TargetDedicatedNodes = max(0,min($targetVMs,3));
            $NodeDeallocationOption = taskcompletion;
            """
        #expect(
            try AutoscaleFixture.evaluate(formula, in: AutoscaleFixture.environment(samples: 5)).targetDedicated == 2)
        #expect(
            try AutoscaleFixture.evaluate(formula, in: AutoscaleFixture.environment(samples: 30)).targetDedicated == 3)
    }

    @Test("A first size for ten minutes, then the tasks of the last: the formula of the documentation's .NET example")
    func initialSize() throws {
        func formula(created: String) -> String {
            """
            $TargetDedicatedNodes = 4;
            lifespan         = time() - time("\(created)");
            span             = TimeInterval_Minute * 60;
            startup          = TimeInterval_Minute * 10;
            ratio            = 50;

            $TargetDedicatedNodes = (lifespan > startup ? (max($RunningTasks.GetSample(span, ratio), $ActiveTasks.GetSample(span, ratio)) == 0 ? 0 : $TargetDedicatedNodes) : 4);
            """
        }
        let environment = AutoscaleFixture.environment(samples: 130)
        #expect(try AutoscaleFixture.evaluate(formula(created: "2016-10-13T19:10:00Z")).targetDedicated == 4)
        let old = formula(created: "Thu, 13 Oct 2016 17:00:00 GMT")
        #expect(try AutoscaleFixture.evaluate(old, in: environment).targetDedicated == 4)
        let idle = AutoscaleFixture.environment { environment in
            for number in 0..<120 {
                let age = Int64(119 - number) * AutoscaleHistory.period
                guard let time = environment.now.advanced(by: -age) else { continue }
                environment.history.add(AutoscaleSample(time: time, values: AutoscaleSample.Values()))
            }
        }
        #expect(try AutoscaleFixture.evaluate(old, in: idle).targetDedicated == 0)
        #expect(try AutoscaleFixture.evaluate(old).error?.code == "InsufficientSampleData")
    }

    @Test("The time zone is set by adding hours to the time")
    func timeZone() {
        #expect(AutoscaleFixture.value(of: "time() + (-6 * TimeInterval_Hour)") == "2016-10-13T13:18:47.805Z")
    }
}
