import struct Foundation.Date

/// A task, or a start task, as a node gets it to run.
struct TaskAssignment: Sendable {
    /// The pool and the node.
    var pool: String
    var node: String
    var isDedicated: Bool
    /// Job and task; nil for a start task.
    var task: TaskKey?
    /// The program and its arguments, as written.
    var commandLine: String
    var resourceFiles: [ResourceFile]
    /// The files that are uploaded once the program has ended.
    var outputs: [TaskOutput] = []
    /// The application packages that it finds on the node.
    var packages: [ApplicationPackage] = []
    /// Its part in a multi-instance task; nil for any other task.
    var instance: TaskInstanceRole?
    /// What the job and then the task set, the last of a name counting.
    var environment: [(name: String, value: String)]
    /// Who it would run as on the service, such as `TaskNonAdmin`. Recorded only: here it runs as whoever runs the
    /// emulator.
    var identity: String
    /// How long it may run; nil for ever.
    var timeLimit: Duration?
    /// The id of the preparation task of the job; nil when it has none, or this is it.
    var preparation: String?
    /// When the job was made.
    var jobCreated: Date?
    /// Why it cannot run on this machine at all.
    var refusal: TaskFailure?
    /// The file systems of its node.
    var mounts: [NodeMount] = []
    /// Whether it counts among the processes that may run at a time. Job managers do not, since they may wait for those, and
    /// start and preparation tasks that nobody waits for do not, since they may run as long as their node.
    var needsPlace = true
    /// Whether the program gets a token with which it can work on its job.
    var getsToken = false
}

/// How the run of a task ended.
struct TaskOutcome: Sendable, Hashable {
    /// The exit code; nil when nothing ran.
    var exitCode: Int32?
    /// Why it counts as failed; nil when it succeeded.
    var failure: TaskFailure?
    /// Whether somebody stopped it.
    var wasStopped = false
    /// Whether the program itself failed, so that trying again may help.
    var mayBeRetried = false
    /// Whether one of its output files could not be uploaded.
    var hasUploadFailed = false

    init(exitCode: Int32? = nil, failure: TaskFailure? = nil) {
        self.exitCode = exitCode
        self.failure = failure
    }

    /// The outcome after the upload of output files: the failure of the program counts before that of the upload.
    func withUpload(_ failure: TaskFailure?) -> TaskOutcome {
        guard let failure else { return self }
        var outcome = self
        outcome.hasUploadFailed = true
        outcome.failure = outcome.failure ?? failure
        return outcome
    }

    init(_ outcome: ProcessOutcome) {
        /// What a shell reports for a program that a signal ended.
        func code(_ signal: Int32) -> Int32 { 128 + signal }
        let killed = code(9)
        switch outcome {
        case .exited(0): self.init(exitCode: 0)
        case .exited(let code):
            self.init(exitCode: code, failure: .exitCode)
            mayBeRetried = true
        case .signaled(let signal):
            self.init(exitCode: code(signal), failure: .exitCode)
            mayBeRetried = true
        case .stopped:
            self.init(exitCode: killed, failure: .endedByUser)
            wasStopped = true
        case .timedOut: self.init(exitCode: killed, failure: .timedOut)
        case .programNotFound(let program): self.init(failure: .programNotFound(program))
        case .launchFailed(let reason): self.init(failure: .launchFailed(reason))
        }
    }
}
