import AzureCore
import BatchModels
import HTTPTypes

/// The requests and checks of a wait for the tasks of a job.
struct TaskWatch {
    let connection: BatchConnection
    let jobID: String

    private var jobs: BatchJobsClient { BatchJobsClient(connection: connection) }

    func progress() async throws -> BatchTaskProgress {
        BatchTaskProgress(try await jobs.getTaskCounts(ofJob: jobID).taskCounts)
    }

    /// Whether no task is left; the answer does not lag as the figures do.
    func allTasksCompleted() async throws -> Bool {
        let unfinished = BatchTasksClient(connection: connection).list(
            inJob: jobID, options: .init(maxResults: 1, filter: "state ne 'completed'", select: ["id", "state"]))
        for try await task in unfinished where task.state != .completed { return false }
        return true
    }

    /// The figures once all tasks have completed, when the service's own may still lag: nothing is active or running
    /// any more, and the failed tasks are counted one by one.
    func finalProgress() async throws -> BatchTaskProgress {
        let counts = try await progress()
        let failed = BatchTasksClient(connection: connection).list(
            inJob: jobID,
            options: .init(filter: "executionInfo/result eq 'failure'", select: ["id", "executionInfo"]))
        var failures = 0
        for try await task in failed where task.executionInfo?.result == .failure { failures += 1 }
        let completed = max(counts.total, failures)
        return BatchTaskProgress(completed: completed, succeeded: completed - failures, failed: failures)
    }

    /// Throws when tasks have failed because the job was ended before them.
    func refuseForcedEnd(_ progress: BatchTaskProgress) async throws {
        guard progress.failed > 0 else { return }
        let job = try await jobs.get(jobID, options: .init(select: ["state", "executionInfo"]))
        let reason = job.executionInfo?.terminationReason
        guard job.state == .terminating || job.state == .completed, let reason,
            !["alltaskscomplete", "jmcomplete"].contains(reason.lowercased())
        else { return }
        throw failure(
            .jobCompleted,
            "Job '\(jobID)' was ended (\(reason)); \(progress.failed) of its \(progress.total) tasks had not succeeded."
        )
    }

    /// Throws when the tasks that are left will not come to their end.
    ///
    /// - Parameters:
    ///   - progress: The figures of this look.
    ///   - examined: The figures at which the dependencies were looked at last: while they stay the same, what was
    ///     found holds.
    func refuseVainWait(_ progress: BatchTaskProgress, examined: inout BatchTaskProgress?) async throws {
        let job = try await jobs.get(
            jobID, options: .init(select: ["state", "poolInfo", "executionInfo", "usesTaskDependencies"]))
        switch job.state {
        case .deleting?: throw failure(.jobBeingDeleted, "Job '\(jobID)' is being deleted.")
        case .disabling?, .disabled?:
            throw failure(.jobDisabled, "Job '\(jobID)' is disabled: its tasks do not run until it is enabled.")
        case .terminating?, .completed?:
            guard try await !allTasksCompleted() else { return }
            let reason = job.executionInfo?.terminationReason ?? "no reason was given"
            throw failure(.jobCompleted, "Job '\(jobID)' was ended (\(reason)) before its tasks.")
        default: break
        }
        if let error = job.executionInfo?.schedulingError {
            throw failure(
                AzureErrorCode(error.code ?? "JobNotActive"),
                "Job '\(jobID)' could not be started: \(error.message ?? "no reason was given")",
                details: (error.details ?? []).asDetails)
        }
        guard progress.running == 0, let poolID = job.executionInfo?.poolID ?? job.poolInfo?.poolID else { return }
        try await refuseLostPool(poolID)
        guard job.usesTaskDependencies == true, progress.active > 0, examined != progress else { return }
        if let reason = try await blockedTasks() { throw failure(.waitingInVain, reason) }
        examined = progress
    }

    /// The reason why no remaining task will ever run, when all of them depend on others that will not end well.
    private func blockedTasks() async throws -> String? {
        var check = DependencyCheck()
        let tasks = BatchTasksClient(connection: connection)
        let waiting = tasks.list(
            inJob: jobID, options: .init(filter: "state ne 'completed'", select: ["id", "state", "dependsOn"]))
        // Most often the first task can run, so that no more is asked for.
        for try await task in waiting {
            guard check.add(waiting: task) else { return nil }
        }
        let completed = tasks.list(
            inJob: jobID,
            options: .init(
                filter: "state eq 'completed'", select: ["id", "state", "executionInfo", "exitConditions"]))
        for try await task in completed {
            guard check.add(completed: task) else { return nil }
        }
        return check.reason().map { "Job '\(jobID)' does not go on: \($0)" }
    }

    /// Throws when a pool has no nodes that run tasks and will not get any.
    private func refuseLostPool(_ poolID: String) async throws {
        let pool: BatchPool
        do {
            pool = try await BatchPoolsClient(connection: connection)
                .get(poolID, options: .init(select: PoolCheck.poolProperties))
        } catch let error as AzureError where error.status(from: .batch) == .notFound {
            var error = error
            error.message = "Pool '\(poolID)', on which job '\(jobID)' runs, does not exist."
            throw error
        }
        try PoolCheck.refuseDeleted(pool)
        if let error = PoolCheck.reasonForNoNodes(of: pool) { throw error }
        guard PoolCheck.currentNodes(of: pool) > 0, pool.allocationState == .steady else { return }
        var nodes: [BatchNode] = []
        let list = BatchNodesClient(connection: connection)
            .list(inPool: poolID, options: .init(select: PoolCheck.nodeProperties))
        for try await node in list {
            if PoolCheck.canRunTasks(node) { return }
            nodes.append(node)
        }
        if let error = PoolCheck.nodeError(of: nodes, wanted: 1, poolID: poolID) {
            throw try await connection.withStandardError(error)
        }
        if let error = PoolCheck.reasonForIdleness(of: nodes, pool: pool) { throw error }
    }

    private func failure(
        _ code: AzureErrorCode, _ message: String, details: [AzureError.Detail] = []
    ) -> AzureError {
        AzureError(
            service: .batch, code: code, message: message, operation: "Batch.WaitForTasks",
            resource: "\(connection.endpoint)/jobs/\(PercentEncoding.encode(jobID))", details: details)
    }
}
