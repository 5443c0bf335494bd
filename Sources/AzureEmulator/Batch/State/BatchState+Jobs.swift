import Foundation

/// What becomes of the running tasks of a job that is disabled.
enum JobDisabling: String, Sendable {
    case requeue, terminate, wait
}

extension BatchState {
    /// Adds a job; false when the id is taken.
    mutating func createJob(_ job: JobRecord, now: Date) -> Bool {
        guard jobs.insert(job, id: job.id) else { return false }
        jobs[job.id]?.support = JobSupport(job.properties)
        watchTime(job.id, now: now)
        addManager(of: job.id, now: now)
        finishJob(job.id, now: now)
        return true
    }

    /// Gives a job other properties.
    mutating func changeJob(_ id: String, now: Date, _ change: (inout JSONValue) -> Void) {
        guard var job = jobs[id] else { return }
        change(&job.properties)
        job.version = BatchResourceVersion(now: now)
        jobs[id] = job
        watchTime(id, now: now)
        finishJob(id, now: now)
        schedule(now: now)
    }

    /// Ends a job and all its tasks.
    mutating func terminateJob(_ id: String, reason: String, now: Date) {
        guard jobs[id] != nil else { return }
        jobs[id]?.setState(.terminating, now: now)
        jobs[id]?.terminateReason = reason
        endTasks(id, now: now)
        finishJob(id, now: now)
    }

    /// Holds a job: its tasks wait until it is enabled.
    mutating func disableJob(_ id: String, _ disabling: JobDisabling, now: Date) {
        jobs[id]?.setState(.disabling, now: now)
        if disabling != .wait {
            for run in runs(ofJob: id) { end(run, disabling == .terminate ? .terminate : .requeue) }
        }
        finishJob(id, now: now)
    }

    /// Lets a job go on.
    mutating func enableJob(_ id: String, now: Date) {
        jobs[id]?.setState(.active, now: now)
        finishJob(id, now: now)
        schedule(now: now)
    }

    /// Deletes a job once nothing of it runs.
    mutating func deleteJob(_ id: String, now: Date) {
        jobs[id]?.setState(.deleting, now: now)
        for run in runs(ofJob: id) { end(run, .delete) }
        for run in supportRuns(ofJob: id, .preparation) { end(run, .terminate) }
        finishJob(id, now: now)
    }

    /// Ends the jobs that have lived too long, and makes those that are due.
    mutating func checkTimes(now: Date) {
        removeOldFiles(now: now)
        while let id = jobDeadlines.take(until: now) {
            // It may have been given another time meanwhile.
            guard let job = jobs[id], let deadline = job.deadline, deadline <= now,
                [.active, .disabling, .disabled].contains(job.state)
            else { continue }
            terminateJob(job.id, reason: "MaxWallClockTimeExpiry", now: now)
        }
        checkSchedules(now: now)
        checkRetention(now: now)
    }

    /// Asks to be called when the time of a job is up.
    mutating func watchTime(_ id: String, now: Date) {
        guard let limit = jobs[id]?.timeLimit, limit < .seconds(365 * 86_400), let deadline = jobs[id]?.deadline else {
            return
        }
        jobDeadlines.add(id, at: deadline)
        emit(.wake(after: max(.zero, .seconds(deadline.timeIntervalSince(now)))))
    }

    private mutating func endTasks(_ id: String, now: Date) {
        for place in jobs[id]?.tasks.indices ?? [] {
            guard let task = jobs[id]?.tasks[place], task.state == .active else { continue }
            complete(id, place, TaskOutcome(failure: .endedByUser), now: now)
        }
        for run in runs(ofJob: id) { end(run, .terminate) }
        for run in supportRuns(ofJob: id, .preparation) { end(run, .terminate) }
    }

    /// Takes a job to the state it is on its way to, as soon as nothing of it runs.
    mutating func finishJob(_ id: String, now: Date) {
        guard let state = jobs[id]?.state else { return }
        let schedule = jobs[id]?.schedule
        defer { if let schedule { advanceSchedule(schedule, now: now) } }
        if state == .active, jobs[id]?.endsWithTasks == true, jobs[id]?.hasOnlyCompletedTasks == true {
            return terminateJob(id, reason: "AllTasksComplete", now: now)
        }
        guard [.terminating, .disabling, .deleting].contains(state), !runs.hasTasks(of: id) else { return }
        if state != .disabling {
            guard supportRuns(ofJob: id, .preparation).isEmpty, !releaseNodes(of: id, now: now) else { return }
        }
        switch state {
        case .terminating:
            // A task may have been put back into the queue when the job was already to end.
            endTasks(id, now: now)
            jobs[id]?.setState(.completed, now: now)
            jobs[id]?.endTime = now
            endAutoPool(of: id, now: now)
        case .disabling: jobs[id]?.setState(.disabled, now: now)
        default:
            // The id stays taken until the files are gone, or a new job would lose its own.
            endAutoPool(of: id, now: now)
            removeJob(id)
        }
    }

    /// Removes a job that is to be deleted once its files are gone.
    private mutating func removeJob(_ id: String) {
        guard let job = jobs[id]?.id, let nodes = jobs[id]?.nodes else { return }
        jobs[id]?.nodes = []
        for node in nodes { removeFiles(on: node, job: job, task: nil) }
        guard !isRemoving(job: job), let removed = jobs.remove(job) else { return }
        for node in removed.jobNodes.keys { forgetJob(job, on: node) }
    }
}
