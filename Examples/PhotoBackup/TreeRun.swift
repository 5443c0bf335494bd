import AzureCore
import BlobStorage
import SampleSupport

/// One way of a tree, and what is said about it. Nothing is cleaned up: what was done is the purpose.
struct TreeRun: Sendable {
    let words: TreeWords
    let console: Console

    /// Runs it; Ctrl-C or SIGTERM ends it with 130 or 143.
    ///
    /// - Returns: The exit code; if it is not 0, the console says why.
    func run(
        _ signals: Signals, transfer: @escaping @Sendable () async throws -> TreeTransferReport
    ) async -> Int32 {
        await withInterruption(signals, endingWith: {}) { interruption in
            do {
                let report = try await interruption.cancelling(transfer)
                say(report)
                return interruption.exitCode ?? (report.isSuccess ? 0 : 1)
            } catch is CancellationError {
                console.printError("Interrupted. The same command goes on from here.")
                return interruption.exitCode ?? 1
            } catch {
                console.report(error)
                return interruption.exitCode ?? 1
            }
        }
    }

    private func say(_ report: TreeTransferReport) {
        if words.isDryRun {
            for entry in report.done { console.print("  \(words.transferred) \(entry.name)") }
            for entry in report.deleted { console.print("  \(words.deleted) \(entry.name)") }
        }
        for entry in report.failed {
            let reason = entry.error.map { SampleFailure.summary(of: $0) } ?? "for an unknown reason"
            console.printError("Failed: \(entry.name): \(reason)")
        }
        console.print(words.summary(of: report))
    }
}

/// The words for one way.
struct TreeWords: Sendable, Hashable {
    let isDryRun: Bool
    /// What becomes of files that are transferred, as in `sent`.
    let transferred: String
    /// What becomes of files that the other side does not have.
    let deleted: String

    static func backup(isDryRun: Bool) -> TreeWords {
        TreeWords(isDryRun: isDryRun, transferred: isDryRun ? "would send" : "sent")
    }

    static func restoration(isDryRun: Bool) -> TreeWords {
        TreeWords(isDryRun: isDryRun, transferred: isDryRun ? "would fetch" : "fetched")
    }

    private init(isDryRun: Bool, transferred: String) {
        self.isDryRun = isDryRun
        self.transferred = transferred
        deleted = isDryRun ? "would delete" : "deleted"
    }

    /// One line, as in `sent 12 files (3.4 MiB), left 1989 as they are, deleted 0, 0 failed`.
    func summary(of report: TreeTransferReport) -> String {
        "\(transferred) \(report.doneCount) files (\(ProgressState.mebibytes(Double(report.doneBytes))) MiB), "
            + "left \(report.skippedCount) as they are, \(deleted) \(report.deletedCount), "
            + "\(report.failed.count) failed"
    }
}
