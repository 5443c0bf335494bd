import AzureCore

import struct Foundation.Date

extension BatchOperations {
    /// The most tasks of a collection.
    static let maxTasks = 100

    func createTask(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        let (version, key) = try await engine.perform { state, now in
            let job = try state.openJob(call)
            let task = try state.addTask(body, to: job, now: now)
            state.schedule(now: now)
            return (task.version, TaskKey(job: job, task: task.id))
        }
        return done(201, version, at: renderer.taskURL(key))
    }

    func createTasks(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        let tasks = body["value"]?.array ?? []
        guard (1...Self.maxTasks).contains(tasks.count) else {
            throw BatchServiceError.invalidProperty(
                "value", "\(tasks.count) tasks", "It must have 1 to \(Self.maxTasks) tasks")
        }
        let results = try await engine.perform { [renderer] state, now in
            let job = try state.openJob(call)
            let results = tasks.map { renderer.result(of: $0, in: job, &state, now: now) }
            state.schedule(now: now)
            return results
        }
        return element(["value": .array(results)], kind: "taskaddresult", call: call, version: nil)
    }

    func getTask(_ call: BatchCall) async throws -> BatchAnswer {
        let (task, version) = try await engine.read { [renderer] state, now in
            let (job, task) = try state.task(call)
            guard let record = state.jobs[job] else { throw BatchServiceError.notFound("Job") }
            let json = renderer.task(task, job: record)
            return (call.withStatistics(json, of: task, renderer, now: now), task.version)
        }
        return element(task, kind: "tasks", call: call, version: version)
    }

    /// How many bytes of tasks end a page, which may have fewer items than were asked for.
    private static let pageBytes = 8 * 1024 * 1024

    /// Looks at no more tasks than it must: a job may have a great many, and each may be a megabyte.
    func listTasks(_ call: BatchCall) async throws -> BatchAnswer {
        let size = call.maxResults ?? ODataPage.maxSize
        let start = try call.place()
        let (tasks, next) = try await engine.read { [renderer] state, now in
            let job = try state.job(call)
            var tasks: [JSONValue] = []
            var bytes = 0
            for (index, task) in job.tasks.entries(from: start) {
                let shown = call.withStatistics(renderer.task(task, job: job), of: task, renderer, now: now)
                let json = call.translated(shown)
                guard call.filter?.matches(json) ?? true else { continue }
                if tasks.count == size || bytes > Self.pageBytes { return (tasks, index as Int?) }
                tasks.append(call.select?.apply(to: json) ?? json)
                if call.select == nil { bytes += task.body.count }
            }
            return (tasks, nil)
        }
        return .json(200, call.body(of: tasks, next: next.map { "\($0)" }, kind: "tasks", endpoint: renderer.endpoint))
    }

    /// The answer comes when the task's processes and files are gone, so that its id can be used again.
    func deleteTask(_ call: BatchCall) async throws -> BatchAnswer {
        let (runs, key) = try await engine.perform { state, now in
            let (job, task) = try state.task(call)
            state.deleteTask(job, task.id, now: now)
            return (task.execution.runs, TaskKey(job: job, task: task.id))
        }
        await engine.wait { state in
            runs.allSatisfy { state.runs[$0] == nil } && !state.isRemoving(job: key.job, task: key.task)
        }
        return done(200)
    }

    func replaceTask(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        try BatchValidation.constraints(body["constraints"])
        let (version, key) = try await engine.perform { state, now in
            let (job, task) = try state.task(call)
            guard task.state != .completed else { throw BatchServiceError.taskCompleted }
            state.changeConstraints(of: task.id, in: job, to: body["constraints"] ?? [:], now: now)
            return (state.jobs[job]?.tasks[task.id]?.version, TaskKey(job: job, task: task.id))
        }
        return done(200, version, at: renderer.taskURL(key))
    }

    func terminateTask(_ call: BatchCall) async throws -> BatchAnswer {
        let (version, key) = try await engine.perform { state, now in
            let (job, task) = try state.task(call)
            guard state.terminateTask(job, task.id, now: now) else { throw BatchServiceError.taskCompleted }
            return (state.jobs[job]?.tasks[task.id]?.version, TaskKey(job: job, task: task.id))
        }
        return done(204, version, at: renderer.taskURL(key))
    }

    func reactivateTask(_ call: BatchCall) async throws -> BatchAnswer {
        let (version, key) = try await engine.perform { state, now in
            let (job, task) = try state.task(call)
            _ = try state.openJob(call, checksConditions: false)
            guard task.state == .completed else { throw BatchServiceError.taskNotCompleted }
            guard !task.hasSucceeded else { throw BatchServiceError.taskSucceeded }
            state.reactivateTask(job, task.id, now: now)
            return (state.jobs[job]?.tasks[task.id]?.version, TaskKey(job: job, task: task.id))
        }
        return done(204, version, at: renderer.taskURL(key))
    }
}

extension BatchRenderer {
    /// Adds a task of a collection and says what came of it.
    fileprivate func result(of body: JSONValue, in job: String, _ state: inout BatchState, now: Date) -> JSONValue {
        let id = body["id"]?.string ?? ""
        do {
            let task = try state.addTask(body, to: job, now: now)
            return [
                "status": "success", "taskId": .string(id), "eTag": .string(task.version.etag),
                "lastModified": time(task.version.lastModified) ?? .null,
                "location": .string(taskURL(TaskKey(job: job, task: id))),
            ]
        } catch let error as BatchServiceError {
            return ["status": "clienterror", "taskId": .string(id), "error": error.json]
        } catch {
            return ["status": "servererror", "taskId": .string(id)]
        }
    }
}

extension BatchCall {
    /// The place among the tasks of a job that the page starts at.
    fileprivate func place() throws -> Int {
        guard let skipToken else { return 0 }
        guard let place = Int(skipToken), place >= 0 else {
            throw BatchServiceError.invalidQuery("$skiptoken", skipToken, "It is no token that this service gave.")
        }
        return place
    }

    /// The body of a page whose items have been chosen already.
    func body(of items: [JSONValue], next: String?, kind: String, endpoint: String) -> JSONValue {
        var body: JSONValue = [
            "odata.metadata": .string("\(endpoint)/$metadata#\(kind)"), "value": .array(items),
        ]
        if let next {
            let kept = request.query.items.filter { $0.name.lowercased() != "$skiptoken" }
                .map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            let query = (kept + ["%24skiptoken=\(next)"]).joined(separator: "&")
            body["odata.nextLink"] = .string("\(endpoint)\(request.rawPath)?\(query)")
        }
        return body
    }
}

extension BatchState {
    /// The task that a path names, and the id of its job, if the conditions of the request hold.
    ///
    /// Not the job itself: whoever holds it while its tasks change has them all copied.
    func task(_ call: BatchCall) throws -> (job: String, task: TaskRecord) {
        guard let job = jobs[call.ids[0]] else { throw BatchServiceError.notFound("Job") }
        guard let task = job.tasks[call.ids[1]] else { throw BatchServiceError.notFound("Task") }
        try call.check(task.version)
        return (job.id, task)
    }

    /// The id of the job that a path names, if tasks may be added to it.
    func openJob(_ call: BatchCall, checksConditions: Bool = true) throws -> String {
        guard let job = jobs[call.ids[0]] else { throw BatchServiceError.notFound("Job") }
        if checksConditions { try call.check(job.version) }
        switch job.state {
        case .deleting: throw BatchServiceError.beingDeleted("Job")
        case .terminating: throw BatchServiceError.jobBeingTerminated
        case .completed: throw BatchServiceError.jobCompleted
        default: return job.id
        }
    }

    /// Checks a task and adds it.
    mutating func addTask(_ body: JSONValue, to job: String, now: Date) throws -> TaskRecord {
        try BatchValidation.task(body)
        try checkTaskID(body, of: job)
        let task = TaskRecord(id: body["id"]?.string ?? "", properties: body, now: now)
        if task.hasDependencies, jobs[job]?.usesDependencies != true { throw BatchServiceError.dependenciesNotAllowed }
        try BatchValidation.dependencies(body["dependsOn"])
        _ = try catalog.packages(of: body)
        if let record = jobs[job] { try BatchValidation.exitConditions(body, in: record) }
        guard addTask(task, to: job, now: now) else { throw BatchServiceError.exists("Task") }
        return task
    }
}
