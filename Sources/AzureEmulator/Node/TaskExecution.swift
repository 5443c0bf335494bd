import AzureCore
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One run of a task on a node: directories, resource files, then the program.
final class TaskExecution: Sendable {
    private struct State {
        var isStopped = false
        var stop: (@Sendable () -> Void)?
    }

    private let assignment: TaskAssignment
    private let layout: NodeLayout
    private let directory: String
    private let environment: [String: String]
    private let mark: RunMark
    private let runner: any ProcessRunner
    private let fetcher: ResourceFetcher
    private let timeSource: TimeSource
    private let state = Mutex(State())

    init(
        _ assignment: TaskAssignment, layout: NodeLayout, directory: String, environment: [String: String],
        mark: RunMark, runner: any ProcessRunner, fetcher: ResourceFetcher, timeSource: TimeSource
    ) {
        self.assignment = assignment
        self.layout = layout
        self.directory = directory
        self.environment = environment
        self.mark = mark
        self.runner = runner
        self.fetcher = fetcher
        self.timeSource = timeSource
    }

    /// Ends the run, whatever it is doing.
    func stop() {
        let stop = state.withLock { state in
            state.isStopped = true
            return state.stop
        }
        stop?()
    }

    /// Runs the task and returns when nothing of it is left.
    func run() async -> TaskOutcome {
        if let refusal = assignment.refusal { return TaskOutcome(failure: refusal) }
        do {
            let workingDirectory = NodeLayout.workingDirectory(directory)
            try await prepare(workingDirectory)
            try await fetch(into: workingDirectory)
            guard let arguments = CommandLine.split(assignment.commandLine) else {
                throw TaskFailure.launchFailed("A quote of the command line is not closed")
            }
            let process = runner.prepare(
                ProcessLaunch(
                    arguments: arguments, environment: environment, workingDirectory: workingDirectory,
                    standardOutput: "\(directory)/stdout.txt", standardError: "\(directory)/stderr.txt",
                    directory: directory, timeLimit: assignment.timeLimit),
                mark: mark, timeSource: timeSource)
            guard setStop({ process.stop() }) else { return TaskOutcome(.stopped) }
            return TaskOutcome(await process.run())
        } catch let failure as TaskFailure {
            return TaskOutcome(failure: failure)
        } catch {
            var outcome = TaskOutcome(failure: .endedByUser)
            outcome.wasStopped = true
            return outcome
        }
    }

    /// Says how to end what comes now; false when the run is to end already.
    private func setStop(_ stop: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            state.stop = stop
            return !state.isStopped
        }
    }

    /// Makes the directory of the task, and new files for its output: a task may have left anything under their names.
    private func prepare(_ workingDirectory: String) async throws {
        do {
            try await BlockingIO.run { [layout, directory] in
                let root = layout.emulatorRoot
                try FileTree.makeDirectory(layout.relative(workingDirectory), below: root)
                for name in ["stdout.txt", "stderr.txt"] {
                    close(try FileTree.makeFile(layout.relative("\(directory)/\(name)"), below: root))
                }
            }
        } catch {
            throw TaskFailure.directoryFailed(String(describing: error))
        }
    }

    private func fetch(into workingDirectory: String) async throws {
        guard !assignment.resourceFiles.isEmpty else { return }
        let download = Task { [fetcher, assignment] in
            try await fetcher.fetch(assignment.resourceFiles, into: workingDirectory)
        }
        guard setStop({ download.cancel() }) else {
            download.cancel()
            throw CancellationError()
        }
        try await download.value
    }
}
