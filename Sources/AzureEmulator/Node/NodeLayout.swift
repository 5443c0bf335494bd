/// Where a node keeps its files, arranged as on a node of the service.
struct NodeLayout: Sendable, Hashable {
    /// The directory of the emulator, which no task can replace.
    let emulatorRoot: String
    /// The directory of the node.
    let root: String

    /// The node's directory below that of the emulator.
    init(emulatorRoot: String, pool: String, node: String) {
        self.emulatorRoot = emulatorRoot
        root = "\(emulatorRoot)/\(pool)/\(node)"
    }

    /// One of this layout's paths as it goes on below ``emulatorRoot``.
    func relative(_ path: String) -> String { String(path.dropFirst(emulatorRoot.count + 1)) }

    /// What start task and tasks share.
    var shared: String { "\(root)/shared" }
    /// The start task's directory.
    var startup: String { "\(root)/startup" }
    /// Where file systems are mounted: directories that are kept in step with containers.
    var mounts: String { "\(root)/fsmounts" }

    /// The directory of a job.
    func job(_ job: String) -> String { "\(root)/workitems/\(job)" }

    /// The directory of a task, below that of its job's only run.
    func task(_ task: String, job: String) -> String { "\(self.job(job))/job-1/\(task)" }

    /// The directory of a run. A subtask of a multi-instance task has one of its own below that of the task.
    func directory(of assignment: TaskAssignment) -> String {
        guard let key = assignment.task else { return startup }
        let directory = task(key.task, job: key.job)
        guard let instance = assignment.instance, instance.index > 0 else { return directory }
        return "\(directory)/\(instance.index)"
    }

    /// The directory that a task runs in, below the task's own.
    static func workingDirectory(_ directory: String) -> String { "\(directory)/wd" }

    /// The directories that every node has.
    var directories: [String] {
        [shared, startup, mounts, "\(root)/workitems", "\(root)/volatile", "\(root)/applications"]
    }
}
