import struct Foundation.Date

/// The tasks that a job has beside those of its list, read from its properties when it is made: nothing changes them
/// later.
struct JobSupport: Sendable {
    /// What runs on a node before the first task of the job.
    struct Preparation: Sendable {
        static let defaultID = "jobpreparation"

        let id: String
        let waitsForSuccess: Bool
        let rerunsOnReboot: Bool
        /// How often a failed run is tried again; without a limit when negative, nil for what the job says.
        let maxRetries: Int64?
        let properties: JSONValue
    }

    /// What runs on each node that was prepared, when the job ends.
    struct Release: Sendable {
        static let defaultID = "jobrelease"
        /// The longest that it may run: 15 minutes.
        static let maxTime = Duration.seconds(900)

        let id: String
        let properties: JSONValue
    }

    /// The task that is there as soon as the job is.
    struct Manager: Sendable {
        let id: String
        let endsJob: Bool
        let isExclusive: Bool
        let takesLowPriorityNodes: Bool
        /// The task, as a client would have added it.
        let task: JSONValue
    }

    var preparation: Preparation?
    var release: Release?
    var manager: Manager?

    init() {}

    init(_ job: JSONValue) {
        if let task = Self.part("jobPreparationTask", of: job) {
            preparation = Preparation(
                id: task["id"]?.string ?? Preparation.defaultID, waitsForSuccess: task["waitForSuccess"]?.bool ?? true,
                rerunsOnReboot: task["rerunOnNodeRebootAfterSuccess"]?.bool ?? true,
                maxRetries: task["constraints"]?["maxTaskRetryCount"]?.integer, properties: task)
        }
        if let task = Self.part("jobReleaseTask", of: job) {
            release = Release(id: task["id"]?.string ?? Release.defaultID, properties: task)
        }
        if let task = Self.part("jobManagerTask", of: job) {
            var plain = task
            for name in ["killJobOnCompletion", "runExclusive", "allowLowPriorityNode"] { plain[name] = nil }
            manager = Manager(
                id: task["id"]?.string ?? "", endsJob: task["killJobOnCompletion"]?.bool ?? true,
                isExclusive: task["runExclusive"]?.bool ?? true,
                takesLowPriorityNodes: task["allowLowPriorityNode"]?.bool ?? true, task: plain)
        }
    }

    private static func part(_ name: String, of job: JSONValue) -> JSONValue? {
        job[name].flatMap { $0.isNull ? nil : $0 }
    }

    /// Whether a task is the job manager.
    func isManager(_ task: String) -> Bool {
        manager.map { $0.id.lowercased() == task.lowercased() } ?? false
    }
}

/// Which of the tasks beside those of its list a job runs.
enum JobSupportKind: Sendable, Hashable {
    case preparation, release
}

/// What the preparation and release tasks of a job have done on one node.
struct JobNode: Sendable {
    /// A run that waits until the node is prepared.
    struct Waiting: Sendable {
        let run: RunKey
        let assignment: TaskAssignment
    }

    let node: NodeKey
    /// Its place among the nodes of the job.
    let number: Int
    var preparation: NodeTaskExecution?
    var release: NodeTaskExecution?
    /// Whether tasks of the job may begin.
    var isPrepared = false
    /// Whether the release task has to run here when the job ends.
    var needsRelease = false
    var waiting: [Waiting] = []
}
