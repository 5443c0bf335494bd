/// By what the processes that belong together are recognised.
struct ProcessTrace: Sendable {
    /// Tells the limit on file locks that marks a member.
    var ownsLockLimit: @Sendable (UInt64) -> Bool
    /// Tells the mark in the environment of a member.
    var ownsMark: @Sendable (RunMark) -> Bool
    /// The first process, whose session is theirs; nil when it is gone or not known.
    var root: Int32?
    /// The directory of the run; an orphan that works in it is a member too.
    var directory: String?

    /// The processes of one run.
    static func run(_ mark: RunMark, root: Int32?, directory: String) -> ProcessTrace {
        ProcessTrace(
            ownsLockLimit: { $0 == mark.lockLimit }, ownsMark: { $0 == mark }, root: root, directory: directory)
    }

    /// The processes of all runs of an emulator.
    static func instance(_ instance: EmulatorInstance) -> ProcessTrace {
        ProcessTrace(
            ownsLockLimit: { $0 / EmulatorInstance.runLimit == instance.number },
            ownsMark: { $0.instance == instance }, root: nil, directory: nil)
    }

    /// The watchdog of an emulator.
    static func watchdog(of instance: EmulatorInstance) -> ProcessTrace {
        ProcessTrace(
            ownsLockLimit: { $0 == instance.watchdogLockLimit }, ownsMark: { _ in false }, root: nil,
            directory: nil)
    }

    /// Every member among some processes: those that show a mark, and all their descendants.
    func members(of processes: [SystemProcess]) -> [SystemProcess] {
        let marked = processes.filter(isMarked)
        guard !marked.isEmpty else { return [] }
        let children = Dictionary(grouping: processes, by: \.parent)
        var members: Set<Int32> = []
        var open = marked
        while let process = open.popLast() {
            if members.insert(process.id).inserted { open += children[process.id] ?? [] }
        }
        return processes.filter { members.contains($0.id) }
    }

    private func isMarked(_ process: SystemProcess) -> Bool {
        guard process.id != SystemProcess.current, process.id > 1 else { return false }
        if let root, process.session == root || process.id == root { return true }
        if let limit = process.lockLimit {
            if ownsLockLimit(limit) { return true }
            if RunMark.isLockLimit(limit) { return false }
        }
        if process.isZombie { return false }
        if let environment = process.environment, let mark = RunMark(environment: environment), ownsMark(mark) {
            return true
        }
        // Only orphans that this process adopted: somebody's shell may well look around in a task's directory.
        guard process.parent == SystemProcess.current, !ChildProcesses.isAwaited(process.id), let directory,
            let current = process.workingDirectory
        else { return false }
        return current == directory || current.hasPrefix(directory + "/")
    }
}
