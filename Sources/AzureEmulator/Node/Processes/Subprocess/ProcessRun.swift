#if Emulator
import AzureCore
import Subprocess
import Synchronization

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// One run of a program. When it is over, nothing that the program started is left, however it hid.
///
/// The program is started behind a gate: a shell that waits for a line, and only then becomes the program. Before
/// the line is written, the process has the mark that all its descendants inherit.
final class ProcessRun: PreparedProcess {
    private enum State {
        case waiting
        case running(root: Int32)
        /// The program has ended; what it left goes on.
        case held
        case stopped(root: Int32?)
    }

    private enum Event {
        case ended(ProcessOutcome)
        case stopAsked
        case timeUp
        case cancelled
    }

    private let launch: ProcessLaunch
    private let mark: RunMark
    private let timeSource: TimeSource
    private let state = Mutex(State.waiting)
    private let stops: AsyncStream<Void>
    private let stopContinuation: AsyncStream<Void>.Continuation

    init(_ launch: ProcessLaunch, mark: RunMark, timeSource: TimeSource) {
        self.launch = launch
        self.mark = mark
        self.timeSource = timeSource
        (stops, stopContinuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func stop() {
        stopContinuation.yield()
    }

    func run() async -> ProcessOutcome {
        let outcome = await withTaskGroup(of: Event.self) { group in
            group.addTask { .ended(await self.execute()) }
            group.addTask {
                for await _ in self.stops { return .stopAsked }
                return .cancelled
            }
            if let limit = launch.timeLimit {
                group.addTask { (try? await self.timeSource.sleep(limit)) == nil ? .cancelled : .timeUp }
            }
            defer { group.cancelAll() }
            var reason: ProcessOutcome?
            for await event in group {
                switch event {
                case .ended(let outcome): return reason ?? outcome
                case .stopAsked: reason = reason ?? .stopped
                // What goes on beside another program of the task ends with that, which has a limit of its own.
                case .timeUp where self.isHeld: continue
                case .timeUp: reason = reason ?? .timedOut
                case .cancelled: continue
                }
                if await self.interrupt() { return reason ?? .stopped }
            }
            return reason ?? .stopped
        }
        await ProcessDestroyer.destroy(trace(root: nil))
        return outcome
    }

    private var isHeld: Bool {
        state.withLock { state in
            if case .held = state { true } else { false }
        }
    }

    private func trace(root: Int32?) -> ProcessTrace {
        .run(mark, root: root, directory: launch.directory)
    }

    /// Shuts the gate, or kills what went through it.
    ///
    /// - Returns: Whether the program had ended already, and only what it left went on.
    private func interrupt() async -> Bool {
        let (root, isHeld): (Int32?, Bool) = state.withLock { state in
            switch state {
            case .running(let root): state = .stopped(root: root)
            case .waiting: state = .stopped(root: nil)
            case .held: return (nil, true)
            case .stopped: break
            }
            if case .stopped(let root) = state { return (root, false) }
            return (nil, false)
        }
        if let root { await ProcessDestroyer.destroy(trace(root: root)) }
        return isHeld
    }

    /// Lets what the program left running go on for as long as is wanted, unless the run is to end.
    private func hold(after outcome: ProcessOutcome) async {
        guard let hold = launch.hold, outcome == .exited(0) else { return }
        let mayHold = state.withLock { state in
            if case .stopped = state { return false }
            state = .held
            return true
        }
        if mayHold { await hold() }
    }
}

extension ProcessRun {
    private func execute() async -> ProcessOutcome {
        do {
            let launch = launch
            if let failure = try await BlockingIO.run({ ProgramLookup.check(launch) }) { return failure }
            let output = try await BlockingIO.run { OutputFile(try FileTree.makeFile(launch.standardOutput)) }
            let error = try await BlockingIO.run { OutputFile(try FileTree.makeFile(launch.standardError)) }
            let outcome = try await spawn(output, error)
            await hold(after: outcome)
            return outcome
        } catch let error as SubprocessError {
            return .launchFailed(String(describing: error))
        } catch {
            return .launchFailed(String(describing: error))
        }
    }

    private func spawn(_ output: OutputFile, _ error: OutputFile) async throws -> ProcessOutcome {
        var root: Int32?
        defer { if let root { ChildProcesses.setAwaited(root, false) } }
        let result = try await Subprocess.run(
            configuration(), input: .inputWriter,
            output: .fileDescriptor(output.descriptor, closeAfterSpawningProcess: false),
            error: .fileDescriptor(error.descriptor, closeAfterSpawningProcess: false)
        ) { execution in
            let process = execution.processIdentifier.value
            ChildProcesses.setAwaited(process, true)
            root = process
            mark.apply(to: process)
            let mayRun = state.withLock { state in
                if case .stopped = state { return false }
                state = .running(root: process)
                return true
            }
            if mayRun { _ = try? await execution.standardInputWriter.write("\n") }
            try? await execution.standardInputWriter.finish()
        }
        switch result.terminationStatus {
        case .exited(let code): return .exited(code)
        case .signaled(let signal): return .signaled(signal)
        }
    }

    private func configuration() -> Configuration {
        var environment = launch.environment
        environment[EmulatorInstance.variable] = mark.value
        // Shells drop variables whose names they could not use themselves; those travel as arguments of env, which takes
        // whatever comes before them and starts with a hyphen for an option, and whatever has an equals sign for one more.
        let unusual = environment.filter { !Self.isShellName($0.key) }
        for name in unusual.keys { environment[name] = nil }
        var command = launch.arguments
        let program = command.first ?? ""
        // Some shells have options for exec, too.
        if !unusual.isEmpty || program.utf8.first == UInt8(ascii: "-") {
            let isAmbiguous = program.hasByte("=")
            command =
                ["/usr/bin/env", "--"] + unusual.map { "\($0.key)=\($0.value)" }.sorted()
                + (isAmbiguous ? ["/usr/bin/nice", "-n", "0", "--"] : []) + command
        }
        let arguments = ["-c", #"read -r go && exec "$@" </dev/null"#, "task"] + command
        var options = PlatformOptions()
        options.createSession = true
        return Configuration(
            executable: .path("/bin/sh"), arguments: Arguments(arguments),
            environment: .custom(
                Dictionary(
                    uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
            workingDirectory: FilePath(launch.workingDirectory), platformOptions: options)
    }

    private static func isShellName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
        return name.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
        }
    }
}

/// A file that takes output of a program, open as long as this is.
private final class OutputFile: Sendable {
    let descriptor: FileDescriptor

    init(_ descriptor: Int32) {
        self.descriptor = FileDescriptor(rawValue: descriptor)
    }

    deinit { try? descriptor.close() }
}
#endif
