#if Emulator
import AzureCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Runs programs as processes of this machine, and sees to it that none outlives the emulator, be it killed.
final class SubprocessRunner: ProcessRunner {
    private let watchdog: Watchdog?

    /// Gets ready to run the programs of an emulator.
    ///
    /// - Parameters:
    ///   - instance: The emulator.
    ///   - directory: Its directory.
    init(for instance: EmulatorInstance, in directory: EmulatorDirectory) {
        // Writing to a program that has just ended must not end the emulator.
        signal(SIGPIPE, SIG_IGN)
        ChildProcesses.adoptOrphans(true)
        watchdog = Watchdog.start(for: instance, directory: directory)
    }

    func prepare(_ launch: ProcessLaunch, mark: RunMark, timeSource: TimeSource) -> any PreparedProcess {
        ProcessRun(launch, mark: mark, timeSource: timeSource)
    }

    func stop() async {
        await watchdog?.stop()
        ChildProcesses.adoptOrphans(false)
    }
}
#endif
