import Foundation

extension BatchState {
    /// The longest time that is waited for something, in seconds: a year.
    private static let longestWait: TimeInterval = 365 * 86_400

    /// Adds a job schedule, and makes its first job if that is due; false when the id is taken.
    mutating func createSchedule(_ schedule: JobScheduleRecord, now: Date) -> Bool {
        guard schedules.insert(schedule, id: schedule.id) else { return false }
        advanceSchedule(schedule.id, now: now)
        return true
    }

    /// Gives a job schedule other properties. They count for the jobs that are yet to be made.
    mutating func changeSchedule(_ id: String, now: Date, _ change: (inout JSONValue) -> Void) {
        guard var schedule = schedules[id] else { return }
        let old = schedule.properties["schedule"]
        let lastRun = schedule.recurrence.flatMap { interval in schedule.nextRunTime?.addingTimeInterval(-interval) }
        change(&schedule.properties)
        schedule.version = BatchResourceVersion(now: now)
        if schedule.properties["schedule"] != old {
            schedule.nextRunTime = schedule.firstRunTime(now: now)
            if schedule.jobCount > 0, schedule.notBefore.map({ $0 <= now }) ?? true {
                // The distance to the job that was made last is the new one.
                schedule.nextRunTime = schedule.recurrence.flatMap { interval in
                    lastRun.map { max($0.addingTimeInterval(interval), now) }
                }
            }
        }
        schedules[id] = schedule
        advanceSchedule(id, now: now)
    }

    /// Holds a job schedule: its job goes on, and no other is made.
    mutating func disableSchedule(_ id: String, now: Date) {
        schedules[id]?.setState(.disabled, now: now)
    }

    /// Lets a job schedule go on.
    mutating func enableSchedule(_ id: String, now: Date) {
        schedules[id]?.setState(.active, now: now)
        advanceSchedule(id, now: now)
    }

    /// Ends a job schedule with its job.
    mutating func terminateSchedule(_ id: String, now: Date) {
        schedules[id]?.setState(.terminating, now: now)
        if let job = activeJob(ofSchedule: id), let state = jobs[job]?.state, state != .deleting, state != .terminating
        {
            terminateJob(job, reason: "UserTerminate", now: now)
        }
        advanceSchedule(id, now: now)
    }

    /// Deletes a job schedule once its jobs are gone.
    mutating func deleteSchedule(_ id: String, now: Date) {
        schedules[id]?.setState(.deleting, now: now)
        for job in jobs(ofSchedule: id) where job.state != .deleting { deleteJob(job.id, now: now) }
        advanceSchedule(id, now: now)
    }

    /// The jobs of a job schedule.
    func jobs(ofSchedule id: String) -> [JobRecord] {
        jobs.records.filter { $0.schedule?.lowercased() == id.lowercased() }
    }

    /// Looks at every job schedule again.
    mutating func checkSchedules(now: Date) {
        for schedule in schedules.records { advanceSchedule(schedule.id, now: now) }
    }

    /// Takes a job schedule as far as it gets now.
    mutating func advanceSchedule(_ id: String, now: Date) {
        guard let schedule = schedules[id] else { return }
        switch schedule.state {
        case .active: runSchedule(id, now: now)
        case .disabled: skipMissedRuns(of: id, now: now)
        case .terminating: if activeJob(ofSchedule: id) == nil { completeSchedule(id, now: now) }
        case .deleting:
            guard jobs(ofSchedule: id).isEmpty else { break }
            endAutoPool(ofSchedule: id, now: now)
            schedules.remove(id)
        case .completed: break
        }
        watchSchedule(id, now: now)
    }

    /// Goes on to the next time that a schedule can still meet. What stays as it is is not written.
    private mutating func skipMissedRuns(of id: String, now: Date) {
        guard var schedule = schedules[id] else { return }
        let before = schedule.nextRunTime
        schedule.skipMissedRuns(now: now)
        if schedule.nextRunTime != before { schedules[id]?.nextRunTime = schedule.nextRunTime }
    }

    /// Makes the job that is due, or ends a schedule that will make no more.
    private mutating func runSchedule(_ id: String, now: Date) {
        skipMissedRuns(of: id, now: now)
        if schedules[id]?.isOver(now: now) == true { schedules[id]?.nextRunTime = nil }
        guard let schedule = schedules[id], activeJob(ofSchedule: id) == nil else { return }
        guard schedule.nextRunTime != nil else { return completeSchedule(id, now: now) }
        guard schedule.isDue(now: now), let job = schedules[id]?.nextJob() else { return }
        var properties = schedule.specification
        properties["id"] = .string(job)
        var record = JobRecord(
            id: job, created: now, properties: properties, version: BatchResourceVersion(now: now), stateTime: now,
            schedule: schedule.id)
        record.autoPool = autoPool(ofSchedule: id, now: now)
        _ = createJob(record, now: now)
    }

    /// The pool that the jobs of a schedule bring along: one for each, or one for all of them.
    private mutating func autoPool(ofSchedule id: String, now: Date) -> String? {
        guard let specification = schedules[id]?.specification["poolInfo"]?["autoPoolSpecification"],
            !specification.isNull
        else { return nil }
        let isShared = AutoPool.isShared(specification)
        if isShared, let pool = schedules[id]?.autoPool, pools[pool]?.state == .active { return pool }
        // It was checked when it was written.
        guard let autoPool = try? BatchValidation.autoPool(specification, names: .current, now: now),
            let pool = try? createAutoPool(autoPool, now: now)
        else { return nil }
        if isShared { schedules[id]?.autoPool = pool }
        return pool
    }

    /// Deletes the pool that the jobs of a schedule have shared, unless it is to be kept.
    private mutating func endAutoPool(ofSchedule id: String, now: Date) {
        guard let schedule = schedules[id], let pool = schedule.autoPool, pools[pool]?.state == .active,
            schedule.specification["poolInfo"]?["autoPoolSpecification"]?["keepAlive"]?.bool != true
        else { return }
        schedules[id]?.autoPool = nil
        deletePool(pool, now: now)
    }

    private mutating func completeSchedule(_ id: String, now: Date) {
        endAutoPool(ofSchedule: id, now: now)
        schedules[id]?.nextRunTime = nil
        schedules[id]?.endTime = now
        schedules[id]?.setState(.completed, now: now)
    }

    /// The job of a schedule that has not ended, of which there is one at most.
    private func activeJob(ofSchedule id: String) -> String? {
        guard let job = schedules[id]?.recentJob.flatMap({ jobs[$0] }), job.state != .completed else { return nil }
        return job.id
    }

    private mutating func watchSchedule(_ id: String, now: Date) {
        guard let schedule = schedules[id], schedule.state == .active, let time = schedule.wakeTime(now: now),
            time != schedule.watchedTime, time.timeIntervalSince(now) < Self.longestWait
        else { return }
        schedules[id]?.watchedTime = time
        emit(.wake(after: .seconds(time.timeIntervalSince(now))))
    }
}
