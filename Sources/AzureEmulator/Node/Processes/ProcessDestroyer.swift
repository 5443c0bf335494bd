import AzureCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Ends processes for good, with everything that they started.
enum ProcessDestroyer {
    /// Kills the members of a trace again and again until none is left.
    ///
    /// They are stopped first, so that none can start another while the others are being killed. Orphans that were
    /// handed to this process are reaped.
    ///
    /// - Returns: Whether none is left. A process of another user, which cannot be killed, stays.
    @discardableResult
    static func destroy(_ trace: ProcessTrace) async -> Bool {
        // Runs to its end even when the caller is cancelled: that is when it is needed most.
        await Task { await killUntilGone(trace) }.value
    }

    private static func killUntilGone(_ trace: ProcessTrace) async -> Bool {
        var pause = Duration.milliseconds(1)
        var looksWithout = 0
        for _ in 0..<200 {
            let left = try? await BlockingIO.run { killOnce(trace) }
            if left == 0 {
                // One look can miss a process whose parent started it, and ended, while the look was under way.
                looksWithout += 1
                if looksWithout == 3 { return true }
                pause = .milliseconds(1)
            } else {
                looksWithout = 0
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(50))
        }
        return false
    }

    /// Stops, kills and reaps all members once, and tells how many were there.
    static func killOnce(_ trace: ProcessTrace) -> Int {
        #if os(Linux)
        var stopped: Set<Int32> = []
        var processes = SystemProcess.all()
        var members = trace.members(of: processes)
        while true {
            let fresh = members.filter { !$0.isZombie && !stopped.contains($0.id) }
            guard !fresh.isEmpty else { break }
            for process in fresh {
                stopped.insert(process.id)
                kill(process.id, SIGSTOP)
            }
            processes = SystemProcess.all()
            members = trace.members(of: processes)
        }
        for process in members where !process.isZombie { kill(process.id, SIGKILL) }
        let adopted = members.filter { $0.parent == SystemProcess.current }
        for process in adopted where process.isZombie { ChildProcesses.reap(process.id) }
        ChildProcesses.reapOrphans(among: processes)
        // A zombie whose parent is another process is that parent's business.
        return members.count { !$0.isZombie }
        #else
        guard let root = trace.root else { return 0 }
        return killpg(root, SIGKILL) == 0 ? 1 : 0
        #endif
    }
}
