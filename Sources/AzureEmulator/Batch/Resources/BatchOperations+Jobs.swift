import AzureCore

extension BatchOperations {
    func createJob(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        try BatchValidation.job(body)
        let id = body["id"]?.string ?? ""
        let pool = try BatchValidation.autoPool(of: body, names: call.autoscaleNames, now: timeSource.now())
        try catalog.checkPackages(ofJob: body)
        let version = try await engine.perform { state, now in
            guard state.jobs[id] == nil else { throw BatchServiceError.exists("Job") }
            try state.checkPool(of: body)
            if state.schedules[id] != nil { throw BatchServiceError.jobScheduleWithSameID }
            var job = JobRecord(
                id: id, created: now, properties: body, version: BatchResourceVersion(now: now), stateTime: now)
            if let pool { job.autoPool = try state.createAutoPool(pool, now: now) }
            guard state.createJob(job, now: now) else { throw BatchServiceError.exists("Job") }
            return job.version
        }
        return done(201, version, at: renderer.jobURL(id))
    }

    func listJobs(_ call: BatchCall) async throws -> BatchAnswer {
        let jobs = await engine.read { [renderer] state, now in
            state.jobs.records.map { ($0.id, renderer.job($0, statistics: call.statistics(of: $0, now: now))) }
        }
        return list(jobs.map { (key: $0.0, value: $0.1) }, kind: "jobs", call: call)
    }

    func getJob(_ call: BatchCall) async throws -> BatchAnswer {
        let (job, version) = try await engine.read { [renderer] state, now in
            let job = try state.job(call)
            return (renderer.job(job, statistics: call.statistics(of: job, now: now)), job.version)
        }
        return element(job, kind: "jobs", call: call, version: version)
    }

    func deleteJob(_ call: BatchCall) async throws -> BatchAnswer {
        try await engine.perform { state, now in
            let job = try state.job(call)
            guard job.state != .deleting else { throw BatchServiceError.beingDeleted("Job") }
            state.deleteJob(job.id, now: now)
        }
        return done(202)
    }

    func updateJob(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        return try await changeJob(call, body) { properties in
            for (name, value) in body.object ?? [:] where !value.isNull { properties[name] = value }
        }
    }

    func replaceJob(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        return try await changeJob(call, body) { properties in
            for name in [
                "priority", "allowTaskPreemption", "maxParallelTasks", "constraints", "poolInfo",
                "onAllTasksComplete", "metadata",
            ] {
                properties[name] = body[name].flatMap { $0.isNull ? nil : $0 }
            }
        }
    }

    private func changeJob(
        _ call: BatchCall, _ body: JSONValue, _ change: @escaping @Sendable (inout JSONValue) -> Void
    ) async throws -> BatchAnswer {
        try BatchValidation.jobChange(body)
        let (version, id) = try await engine.perform { state, now in
            let job = try state.livingJob(call)
            guard job.state != .completed else { throw BatchServiceError.jobCompleted }
            let movesToPool = body["poolInfo"]?["poolId"]?.string.map { $0.lowercased() != job.poolID.lowercased() }
            if movesToPool == true {
                try state.checkPool(of: body)
                guard job.state == .disabled else { throw BatchServiceError.jobNotDisabled }
            }
            try BatchValidation.autoPoolChange(body, of: job)
            if movesToPool == true { state.leaveAutoPool(of: job.id, now: now) }
            state.changeJob(job.id, now: now) { properties in
                let before = properties
                change(&properties)
                BatchValidation.keepAutoPool(of: before, in: &properties)
            }
            return (state.jobs[job.id]?.version, job.id)
        }
        return done(200, version, at: renderer.jobURL(id))
    }

    func disableJob(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        let option = body["disableTasks"]?.string.flatMap { JobDisabling(rawValue: $0.lowercased()) } ?? .requeue
        let (version, id) = try await engine.perform { state, now in
            let job = try state.livingJob(call)
            switch job.state {
            case .active: state.disableJob(job.id, option, now: now)
            case .disabling, .disabled: break
            default: throw BatchServiceError.jobCompleted
            }
            return (state.jobs[job.id]?.version, job.id)
        }
        return done(202, version, at: renderer.jobURL(id))
    }

    func enableJob(_ call: BatchCall) async throws -> BatchAnswer {
        let (version, id) = try await engine.perform { state, now in
            let job = try state.livingJob(call)
            switch job.state {
            case .disabled, .disabling: state.enableJob(job.id, now: now)
            case .active, .enabling: break
            default: throw BatchServiceError.jobCompleted
            }
            return (state.jobs[job.id]?.version, job.id)
        }
        return done(202, version, at: renderer.jobURL(id))
    }

    func terminateJob(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.optionalBody()
        let reason = body?["terminateReason"]?.string ?? "UserTerminate"
        let (version, id) = try await engine.perform { state, now in
            let job = try state.livingJob(call)
            guard job.state != .completed else { throw BatchServiceError.jobCompleted }
            state.terminateJob(job.id, reason: reason, now: now)
            return (state.jobs[job.id]?.version, job.id)
        }
        return done(202, version, at: renderer.jobURL(id))
    }

    func taskCounts(_ call: BatchCall) async throws -> BatchAnswer {
        let counts = try await engine.read { state, _ in try state.job(call).counts }
        func json(_ numbers: TaskCounts.Numbers) -> JSONValue {
            [
                "active": .integer(Int64(numbers.active)), "running": .integer(Int64(numbers.running)),
                "completed": .integer(Int64(numbers.completed)), "succeeded": .integer(Int64(numbers.succeeded)),
                "failed": .integer(Int64(numbers.failed)),
            ]
        }
        return element(
            ["taskCounts": json(counts.tasks), "taskSlotCounts": json(counts.slots)], kind: "taskcountsresult",
            call: call, version: nil)
    }
}

extension BatchState {
    /// The job that a path names, if the conditions of the request hold.
    func job(_ call: BatchCall) throws -> JobRecord {
        guard let job = jobs[call.ids[0]] else { throw BatchServiceError.notFound("Job") }
        try call.check(job.version)
        return job
    }

    /// The same, unless it is on its way out.
    func livingJob(_ call: BatchCall) throws -> JobRecord {
        let job = try job(call)
        if job.state == .deleting { throw BatchServiceError.beingDeleted("Job") }
        if job.state == .terminating { throw BatchServiceError.jobBeingTerminated }
        return job
    }

    /// Sees whether a job may have its pool. One that is not there may come later; until then the tasks wait.
    func checkPool(of job: JSONValue) throws {
        guard let pool = pools[job["poolInfo"]?["poolId"]?.string ?? ""] else { return }
        guard pool.state == .active else { throw BatchServiceError.beingDeleted("Pool") }
    }
}
