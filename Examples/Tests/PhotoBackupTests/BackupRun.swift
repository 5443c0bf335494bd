import ArgumentParser
import AzureCore
import ExampleTestSupport
import Foundation
import HTTPTypes
import SampleSupport
import Synchronization

@testable import PhotoBackup

/// One run of the program in this process, and the requests that it made.
struct BackupRun {
    let exitCode: Int32
    let terminal: ScriptedTerminal
    let requests: RequestLog

    /// The last line of the output.
    var lastLine: String {
        terminal.output.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
    }

    /// Runs the program with command-line arguments, of which `--journals` is one of the test's.
    static func run(
        _ arguments: [String], in accounts: TestAccounts, journals: TemporaryDirectory, signals: Signals = .none,
        requests: RequestLog = RequestLog(), progress: ProgressStyle = .none,
        onWrite: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> BackupRun {
        let terminal = ScriptedTerminal()
        var console = terminal.console(isInteractive: false)
        console.progress = progress
        console.write = { [write = console.write] text in
            write(text)
            onWrite(text)
        }
        let timing = SampleTiming(
            pipeline: PipelineOptions(retry: .none, perTryPolicies: [requests.policy]))
        let environment = accounts.environment
        let command = try PhotoBackup.parseAsRoot(arguments + ["--journals", journals.path("journals")])
        let code: Int32
        switch command {
        case let command as BackupCommand:
            code = await command.run(console: console, environment: environment, timing: timing, signals: signals)
        case let command as RestoreCommand:
            code = await command.run(console: console, environment: environment, timing: timing, signals: signals)
        default:
            throw ValidationError("No such command.")
        }
        return BackupRun(exitCode: code, terminal: terminal, requests: requests)
    }
}

/// Counts requests, and may hold some back until they are cancelled.
final class RequestLog: Sendable {
    private let paths = Mutex<[(method: String, path: String)]>([])
    private let blocksToPass: Int

    /// - Parameter blocksToPass: After so many blocks of large blobs, the rest is held back.
    init(blocksToPass: Int = .max) {
        self.blocksToPass = blocksToPass
    }

    /// The number of requests that write a blob or a block of one.
    var writes: Int { paths.withLock { $0.count { $0.method == "PUT" && !$0.path.contains("restype=container") } } }
    /// The number of requests that read a blob.
    var reads: Int { paths.withLock { $0.count { $0.method == "GET" && !$0.path.contains("restype=container") } } }
    /// The number of blocks sent.
    var blocks: Int { paths.withLock { $0.count { Self.isBlock($0.path) } } }

    private static func isBlock(_ path: String) -> Bool {
        path.contains("comp=block&") || path.hasSuffix("comp=block")
    }

    /// Sees each try of a request.
    var policy: ClosurePolicy {
        ClosurePolicy { request, next in
            let path = request.request.path ?? ""
            let blocks = self.paths.withLock { paths in
                paths.append((request.request.method.rawValue, path))
                return paths.count { Self.isBlock($0.path) }
            }
            // It ends when it is cancelled, long before its time.
            if Self.isBlock(path), blocks > self.blocksToPass { try await Task.sleep(for: .seconds(3600)) }
            return try await next(request)
        }
    }
}
