import CEmulatorSupport
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What this process knows about its children: which of them somebody else waits for, and whether orphans of
/// its descendants are handed to it.
enum ChildProcesses {
    private struct State {
        var awaited: Set<Int32> = []
        var adopters = 0
        var adoptedBefore = false
    }

    private static let state = Mutex(State())

    /// Notes that somebody waits for a child, so that it is not reaped under their eyes.
    static func setAwaited(_ process: Int32, _ isAwaited: Bool) {
        state.withLock { state in
            if isAwaited { state.awaited.insert(process) } else { state.awaited.remove(process) }
        }
    }

    /// Whether somebody waits for a child.
    static func isAwaited(_ process: Int32) -> Bool {
        state.withLock { $0.awaited.contains(process) }
    }

    /// Takes a zombie off the process table, unless somebody waits for it.
    static func reap(_ process: Int32) {
        state.withLock { state in
            guard !state.awaited.contains(process) else { return }
            var status: Int32 = 0
            _ = waitpid(process, &status, WNOHANG)
        }
    }

    /// Takes zombies off the process table that nobody else will: orphans that were handed to this process and bear
    /// the mark of an emulator, be it one that was killed.
    ///
    /// Whoever waits for any child of this process, as the exit tests of Swift Testing do, would see these alone.
    static func reapOrphans(among processes: [SystemProcess]) {
        for process in processes where process.isZombie && process.parent == SystemProcess.current {
            guard let limit = process.lockLimit,
                RunMark.isLockLimit(limit) || EmulatorInstance.isWatchdogLockLimit(limit)
            else { continue }
            reap(process.id)
        }
    }

    /// Has the orphans of this process's descendants handed to it, until as many calls with false have come.
    static func adoptOrphans(_ adopts: Bool) {
        state.withLock { state in
            if adopts {
                state.adopters += 1
                guard state.adopters == 1 else { return }
                var enabled: Int32 = 0
                state.adoptedBefore = azure_get_child_subreaper(&enabled) == 0 && enabled != 0
                _ = azure_set_child_subreaper(1)
            } else {
                state.adopters -= 1
                if state.adopters == 0, !state.adoptedBefore { _ = azure_set_child_subreaper(0) }
            }
        }
    }
}
