import AzureCore
import Foundation

@testable import AzureEmulator

/// Programs that need no processes: `true` ends at once with 0, `printf` writes its argument and does the same, and
/// `sleep` sleeps until it is stopped. All others are not found.
struct ScriptedRunner: ProcessRunner {
    func prepare(_ launch: ProcessLaunch, mark: RunMark, timeSource: TimeSource) -> any PreparedProcess {
        Run(launch)
    }

    func stop() async {}

    private struct Run: PreparedProcess {
        private let launch: ProcessLaunch
        private let stops: AsyncStream<Void>
        private let stopped: AsyncStream<Void>.Continuation

        init(_ launch: ProcessLaunch) {
            self.launch = launch
            (stops, stopped) = AsyncStream.makeStream()
        }

        func run() async -> ProcessOutcome {
            switch launch.arguments.first {
            case "true", "/bin/true": return .exited(0)
            case "printf":
                let text = Data((launch.arguments.last ?? "").utf8)
                let file = URL(fileURLWithPath: launch.standardOutput)
                return (try? text.write(to: file, options: [])) == nil ? .exited(1) : .exited(0)
            case "sleep":
                for await _ in stops {}
                return .stopped
            default: return .programNotFound(launch.arguments.first ?? "")
            }
        }

        func stop() { stopped.finish() }
    }
}
