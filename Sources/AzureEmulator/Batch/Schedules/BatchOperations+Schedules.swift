import AzureCore

import struct Foundation.Date

extension BatchOperations {
    func createJobSchedule(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        try BatchValidation.id(body)
        try BatchValidation.jobSchedule(body, names: call.autoscaleNames, now: timeSource.now())
        try catalog.checkPackages(ofJob: body["jobSpecification"] ?? .null)
        let id = body["id"]?.string ?? ""
        let version = try await engine.perform { state, now in
            if state.jobs[id] != nil { throw BatchServiceError.jobWithSameID }
            let schedule = JobScheduleRecord(id: id, properties: body, now: now)
            guard state.createSchedule(schedule, now: now) else { throw BatchServiceError.jobScheduleExists }
            return state.schedules[id]?.version
        }
        return done(201, version, at: renderer.scheduleURL(id))
    }

    func listJobSchedules(_ call: BatchCall) async throws -> BatchAnswer {
        let schedules = await engine.read { [renderer] state, now in
            state.schedules.records.map { schedule in
                (
                    key: schedule.id,
                    value: renderer.schedule(schedule, statistics: call.statistics(of: schedule, state, now: now))
                )
            }
        }
        return list(schedules, kind: "jobschedules", call: call)
    }

    func getJobSchedule(_ call: BatchCall) async throws -> BatchAnswer {
        let (json, version) = try await engine.read { [renderer] state, now in
            let schedule = try state.schedule(call)
            let statistics = call.statistics(of: schedule, state, now: now)
            return (renderer.schedule(schedule, statistics: statistics), schedule.version)
        }
        guard call.operation == .getJobSchedule else { return done(200, version) }
        return element(json, kind: "jobschedules", call: call, version: version)
    }

    func deleteJobSchedule(_ call: BatchCall) async throws -> BatchAnswer {
        try await engine.perform { state, now in
            let schedule = try state.schedule(call)
            guard schedule.state != .deleting else { throw BatchServiceError.jobScheduleBeingDeleted }
            state.deleteSchedule(schedule.id, now: now)
        }
        return done(202)
    }

    func updateJobSchedule(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        return try await changeSchedule(call, body) { properties in
            for (name, value) in body.object ?? [:] where !value.isNull { properties[name] = value }
        }
    }

    func replaceJobSchedule(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        return try await changeSchedule(call, body) { properties in
            for name in ["schedule", "jobSpecification", "metadata"] {
                properties[name] = body[name].flatMap { $0.isNull ? nil : $0 }
            }
        }
    }

    private func changeSchedule(
        _ call: BatchCall, _ body: JSONValue, _ change: @escaping @Sendable (inout JSONValue) -> Void
    ) async throws -> BatchAnswer {
        try BatchValidation.jobSchedule(body, names: call.autoscaleNames, now: timeSource.now())
        return try await act(on: call, status: 200) { state, schedule, now in
            state.changeSchedule(schedule, now: now, change)
        }
    }

    func disableJobSchedule(_ call: BatchCall) async throws -> BatchAnswer {
        try await act(on: call, "/disable", status: 204) { state, id, now in state.disableSchedule(id, now: now) }
    }

    func enableJobSchedule(_ call: BatchCall) async throws -> BatchAnswer {
        try await act(on: call, "/enable", status: 204) { state, id, now in state.enableSchedule(id, now: now) }
    }

    func terminateJobSchedule(_ call: BatchCall) async throws -> BatchAnswer {
        try await act(on: call, "/terminate", status: 202) { state, id, now in state.terminateSchedule(id, now: now) }
    }

    func listJobsFromSchedule(_ call: BatchCall) async throws -> BatchAnswer {
        let jobs = try await engine.read { [renderer] state, now in
            let schedule = try state.schedule(call)
            return state.jobs(ofSchedule: schedule.id).map { job in
                (key: job.id, value: renderer.job(job, statistics: call.statistics(of: job, now: now)))
            }
        }
        return list(jobs, kind: "jobs", call: call)
    }

    /// Does something to a job schedule that has not ended.
    private func act(
        on call: BatchCall, _ path: String = "", status: Int,
        _ action: @escaping @Sendable (inout BatchState, String, Date) -> Void
    ) async throws -> BatchAnswer {
        let (version, id) = try await engine.perform { state, now in
            let schedule = try state.schedule(call)
            switch schedule.state {
            case .completed: throw BatchServiceError.jobScheduleCompleted
            case .terminating: throw BatchServiceError.jobScheduleBeingTerminated
            case .deleting: throw BatchServiceError.jobScheduleBeingDeleted
            case .active, .disabled: break
            }
            action(&state, schedule.id, now)
            return (state.schedules[schedule.id]?.version, schedule.id)
        }
        return done(status, version, at: renderer.scheduleURL(id) + path)
    }
}

extension BatchState {
    /// The job schedule that a path names, if the conditions of the request hold.
    func schedule(_ call: BatchCall) throws -> JobScheduleRecord {
        guard let schedule = schedules[call.ids[0]] else { throw BatchServiceError.jobScheduleNotFound }
        try call.check(schedule.version)
        return schedule
    }
}

extension BatchServiceError {
    static let jobScheduleNotFound = BatchServiceError(
        404, "JobScheduleNotFound", "The specified job schedule does not exist.")
    static let jobScheduleExists = conflict("JobScheduleExists", "The specified job schedule already exists.")
    static let jobScheduleCompleted = conflict(
        "JobScheduleCompleted", "The specified job schedule is already in completed state.")
    static let jobScheduleBeingTerminated = conflict(
        "JobScheduleBeingTerminated", "The specified job schedule is being terminated.")
    static let jobScheduleBeingDeleted = conflict(
        "JobScheduleBeingDeleted", "The specified job schedule is being deleted.")
    static let jobWithSameID = conflict(
        "JobWithSameIdExists", "There is a job with that id. A job and a job schedule cannot have the same id.")
    static let jobScheduleWithSameID = conflict(
        "JobScheduleWithSameIdExists",
        "There is a job schedule with that id. A job and a job schedule cannot have the same id.")
}
