import Foundation
import SchedulerSimulation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Runs the simulation of the scheduler once and prints what it took, as a line of JSON. Built with the package trait
/// `Emulator` it also has tables keep as many tasks, and goes on with them.
///
/// usage: scheduler-benchmark TASKS [--check | --fill FILE | --start FILE]
@main
struct SchedulerBenchmark {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        #if Emulator
        if await measureStart(Array(arguments)) { return }
        #endif
        guard let tasks = arguments.first.flatMap({ Int($0) }), tasks > 0,
            arguments.dropFirst().allSatisfy({ $0 == "--check" })
        else {
            FileHandle.standardError.write(Data("usage: scheduler-benchmark TASKS [--check]\n".utf8))
            exit(64)
        }
        let isChecked = arguments.contains("--check")
        // Without checks all jobs stay, so that the last tasks find as many others as were ever added.
        var simulation = SchedulerSimulation(
            SimulationPlan(tasks: tasks, isChecked: isChecked, deletesJobs: isChecked))
        let start = ContinuousClock.now
        do {
            let report = try simulation.run()
            let whole = (ContinuousClock.now - start) / .seconds(1)
            let time = report.schedulerTime / .microseconds(1) / Double(tasks)
            print(
                "{\"tasks\": \(tasks), \"microseconds\": \(time), \"starts\": \(report.starts), \"calls\": \(report.steps), "
                    + "\"preemptions\": \(report.preemptions), \"fullChecks\": \(report.fullChecks), "
                    + "\"seconds\": \(whole), \"peakMiB\": \(peakMemory)}")
        } catch {
            FileHandle.standardError.write(Data("scheduler-benchmark: \(error)\n".utf8))
            exit(1)
        }
    }

    #if Emulator
    /// Fills tables, or goes on with what is in them; false when that is not asked for.
    private static func measureStart(_ arguments: [String]) async -> Bool {
        guard arguments.count == 3, let tasks = Int(arguments[0]), ["--fill", "--start"].contains(arguments[1]) else {
            return false
        }
        let measurement = RestartMeasurement(path: arguments[2])
        let start = ContinuousClock.now
        do {
            var count = tasks
            if arguments[1] == "--fill" {
                try await measurement.fill(tasks: tasks)
            } else {
                count = try await measurement.start()
            }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            print("{\"tasks\": \(count), \"seconds\": \(seconds), \"peakMiB\": \(peakMemory)}")
        } catch {
            FileHandle.standardError.write(Data("scheduler-benchmark: \(error)\n".utf8))
            exit(1)
        }
        return true
    }
    #endif

    /// The most memory that the process has had, in MiB.
    private static var peakMemory: Int {
        var usage = rusage()
        #if os(Linux)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_maxrss) >> 10
        #else
        getrusage(RUSAGE_SELF, &usage)
        return Int(usage.ru_maxrss) >> 20
        #endif
    }
}
