import Foundation

/// The files of a task that has ended, which are kept for a while.
struct KeptFiles: Sendable {
    let job: String
    let task: String
    /// When the task ended. One that has run again since has files to be kept for longer.
    let end: Date
}

extension BatchState {
    /// Notes when the files of a task that has ended are to go.
    mutating func keepFiles(_ job: String, _ place: Int, now: Date) {
        guard let task = jobs[job]?.tasks[place], task.execution.node != nil else { return }
        let time = task.retention
        // What is kept for years is kept for longer than any emulator runs.
        guard time < .seconds(365 * 86_400) else { return }
        let end = task.execution.endTime ?? now
        keptFiles.add(KeptFiles(job: job, task: task.id, end: end), at: end.addingTimeInterval(time / .seconds(1)))
        wakeForFiles(now: now)
    }

    /// Removes the files that have been kept for long enough.
    mutating func removeOldFiles(now: Date) {
        if let wake = fileWake, wake <= now { fileWake = nil }
        while let files = keptFiles.take(until: now) {
            guard let task = jobs[files.job]?.tasks[files.task], let job = jobs[files.job]?.id,
                task.state == .completed, task.execution.endTime == files.end
            else { continue }
            jobs[files.job]?.tasks[files.task]?.execution.hasFiles = false
            for node in task.execution.nodes { removeFiles(on: node, job: job, task: task.id) }
        }
        wakeForFiles(now: now)
    }

    /// Asks to be called when the next files are to go, unless that is arranged.
    private mutating func wakeForFiles(now: Date) {
        guard let next = keptFiles.next, fileWake.map({ next < $0 }) ?? true else { return }
        fileWake = next
        emit(.wake(after: .seconds(max(0, next.timeIntervalSince(now)))))
    }
}
