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
    private let installer: PackageInstaller
    private let fetcher: ResourceFetcher
    private let uploader: OutputUploader
    private let timeSource: TimeSource
    private let state = Mutex(State())
    /// What the parts of a multi-instance task wait for.
    let signals = InstanceSignals()

    init(
        _ assignment: TaskAssignment, layout: NodeLayout, directory: String, environment: [String: String],
        mark: RunMark, runner: any ProcessRunner, installer: PackageInstaller, fetcher: ResourceFetcher,
        uploader: OutputUploader, timeSource: TimeSource
    ) {
        self.assignment = assignment
        self.layout = layout
        self.directory = directory
        self.environment = environment
        self.mark = mark
        self.runner = runner
        self.installer = installer
        self.fetcher = fetcher
        self.uploader = uploader
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

    /// Lets a part of a multi-instance task go on: the primary task to its application, a subtask to its end.
    func proceed() { signals.send.yield(.proceed) }

    /// Runs the task and returns when nothing of it is left.
    ///
    /// - Parameter coordinated: Called when the coordination command of a multi-instance task has ended well.
    func run(coordinated: @escaping @Sendable () async -> Void = {}) async -> TaskOutcome {
        if let refusal = assignment.refusal { return TaskOutcome(failure: refusal) }
        do {
            try await prepare(NodeLayout.workingDirectory(directory))
            try await installer.install(assignment.packages, on: layout)
            guard let instance = assignment.instance else {
                try await fetch(assignment.resourceFiles, into: NodeLayout.workingDirectory(directory))
                return try await runProgram()
            }
            return try await run(instance, coordinated)
        } catch let failure as TaskFailure {
            return TaskOutcome(failure: failure)
        } catch {
            var outcome = TaskOutcome(failure: .endedByUser)
            outcome.wasStopped = true
            return outcome
        }
    }

    /// Runs the program of the task, and uploads what it leaves.
    private func runProgram() async throws -> TaskOutcome {
        let program = try process(assignment.commandLine, output: "")
        guard setStop({ program.stop() }) else { return TaskOutcome(.stopped) }
        return try await upload(after: TaskOutcome(await program.run()))
    }

    /// Runs a part of a multi-instance task. The files of the task itself are for the primary task alone.
    private func run(
        _ instance: TaskInstanceRole, _ coordinated: @escaping @Sendable () async -> Void
    ) async throws -> TaskOutcome {
        let isPrimary = instance.index == 0
        if let key = assignment.task {
            try await fetch(instance.commonFiles, into: layout.task(key.task, job: key.job))
        }
        if isPrimary { try await fetch(assignment.resourceFiles, into: NodeLayout.workingDirectory(directory)) }
        let coordination = try process(
            instance.coordinationCommandLine, output: isPrimary ? "coordination-" : "",
            hold: { [signals] in await signals.waitForRelease() })
        guard setStop({ coordination.stop() }) else { return TaskOutcome(.stopped) }
        let application: @Sendable () async throws -> TaskOutcome = { try await self.runProgram() }
        return try await runInstance(
            coordination, coordinated: coordinated, application: isPrimary ? application : nil)
    }

    /// Prepares a program. Its output goes into files of the task whose names begin so.
    private func process(
        _ commandLine: String, output: String, hold: (@Sendable () async -> Void)? = nil
    ) throws -> any PreparedProcess {
        guard let arguments = CommandLine.split(commandLine) else {
            throw TaskFailure.launchFailed("A quote of the command line is not closed")
        }
        return runner.prepare(
            ProcessLaunch(
                arguments: arguments, environment: environment,
                workingDirectory: NodeLayout.workingDirectory(directory),
                standardOutput: "\(directory)/\(output)stdout.txt", standardError: "\(directory)/\(output)stderr.txt",
                directory: directory, timeLimit: assignment.timeLimit, hold: hold),
            mark: mark, timeSource: timeSource)
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

    /// Uploads what the task wants uploaded, and says how the task has ended with that.
    private func upload(after outcome: TaskOutcome) async throws -> TaskOutcome {
        guard !assignment.outputs.isEmpty else { return outcome }
        let upload = Task { [uploader, assignment, directory, layout, environment] in
            try await uploader.upload(
                assignment, after: outcome, from: directory, layout: layout, variables: environment)
        }
        guard setStop({ upload.cancel() }) else {
            upload.cancel()
            throw CancellationError()
        }
        return outcome.withUpload(try await upload.value)
    }

    private func fetch(_ files: [ResourceFile], into directory: String) async throws {
        guard !files.isEmpty else { return }
        let download = Task { [fetcher] in try await fetcher.fetch(files, into: directory) }
        guard setStop({ download.cancel() }) else {
            download.cancel()
            throw CancellationError()
        }
        try await download.value
    }
}
