import SchedulerSimulation
import Testing

@testable import AzureEmulator

/// The witness of what has to be true is the documentation of the service: a task runs on one node at a time, waits for
/// those that it depends on, and jobs of higher priority come first ("Batch service workflow and resources", "Create task
/// dependencies to run tasks that depend on other tasks", "Run tasks concurrently").
@Suite("The scheduler with a thousand nodes")
struct SchedulerSimulationTests {
    // As many as a debug build gets through in a minute; a million run in Scripts/benchmark-scheduler.
    @Test("A hundred thousand tasks end once each, in order, within all limits", .timeLimit(.minutes(5)))
    func hundredThousandTasks() throws {
        var simulation = SchedulerSimulation(SimulationPlan(tasks: 100_000))
        let report = try simulation.run()
        // Something of everything has happened, or the checks would have had nothing to find.
        #expect(report.tasksCompleted + report.tasksDeleted >= 100_000)
        #expect(report.starts > 100_000 && report.fullChecks >= 10)
        #expect(report.preemptions > 0 && report.retries > 0 && report.requeues > 0)
        #expect(report.actions.count == 11)
    }
}
