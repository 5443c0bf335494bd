extension BatchOperations {
    /// Sees whether who asks may do so: a task may work on its own job and nothing else.
    ///
    /// - Throws: A ``BatchServiceError``.
    func authorize(_ caller: BatchAuthorization.Caller, for call: BatchCall) async throws {
        guard case .job(let subject) = caller else { return }
        guard call.operation.isOfJob, call.ids.first?.lowercased() == subject.job.lowercased() else {
            throw BatchServiceError.insufficientPermissions
        }
        let isSame = await engine.read { state, _ in
            state.jobs[subject.job].map { $0.created == subject.created } ?? false
        }
        guard isSame else { throw BatchServiceError.notFound("Job") }
    }
}

extension BatchOperation {
    /// Whether this is about one job that is there, or about its tasks.
    fileprivate var isOfJob: Bool {
        switch self {
        case .deleteJob, .getJob, .updateJob, .replaceJob, .disableJob, .enableJob, .terminateJob, .getJobTaskCounts,
            .listJobPreparationAndReleaseTaskStatus, .createTask, .listTasks, .createTaskCollection, .deleteTask,
            .getTask, .replaceTask, .listSubtasks, .terminateTask, .reactivateTask, .listTaskFiles, .downloadTaskFile,
            .getTaskFileProperties, .deleteTaskFile:
            true
        default: false
        }
    }
}

extension BatchServiceError {
    static let insufficientPermissions = BatchServiceError(
        403, "InsufficientAccountPermissions",
        "The token of a task is good for the job of the task, and for nothing else.")
}
