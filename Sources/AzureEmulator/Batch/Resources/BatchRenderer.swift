import Foundation

/// Writes records the way the service answers them.
struct BatchRenderer: Sendable {
    /// The address of the service.
    let endpoint: String

    func time(_ date: Date?) -> JSONValue? { date.map { .string(BatchTime.format($0)) } }

    func poolURL(_ id: String) -> String { "\(endpoint)/pools/\(id)" }
    func nodeURL(_ key: NodeKey) -> String { "\(poolURL(key.pool))/nodes/\(key.node)" }
    func jobURL(_ id: String) -> String { "\(endpoint)/jobs/\(id)" }
    func taskURL(_ key: TaskKey) -> String { "\(jobURL(key.job))/tasks/\(key.task)" }

    /// Fills in what a client left out.
    static func withDefaults(_ json: JSONValue, _ defaults: [(String, JSONValue)]) -> JSONValue {
        var result = json
        for (name, value) in defaults where (result[name] ?? .null).isNull { result[name] = value }
        return result
    }

    func addVersion(_ version: BatchResourceVersion, created: Date, to json: inout JSONValue) {
        json["eTag"] = .string(version.etag)
        json["lastModified"] = time(version.lastModified)
        json["creationTime"] = time(created)
    }
}

extension BatchRenderer {
    func pool(_ pool: PoolRecord) -> JSONValue {
        var json = Self.withDefaults(
            Self.poolProperties(pool.properties),
            [
                ("resizeTimeout", "PT15M"), ("taskSlotsPerNode", 1), ("enableAutoScale", false),
                ("enableInterNodeCommunication", false), ("taskSchedulingPolicy", ["nodeFillType": "Spread"]),
            ])
        json["id"] = .string(pool.id)
        json["url"] = .string(poolURL(pool.id))
        addVersion(pool.version, created: pool.created, to: &json)
        json["state"] = .string(pool.state.rawValue)
        json["stateTransitionTime"] = time(pool.stateTime)
        json["allocationState"] = .string(pool.allocation.rawValue)
        json["allocationStateTransitionTime"] = time(pool.allocationTime)
        json["targetDedicatedNodes"] = .integer(Int64(pool.targetDedicated))
        json["targetLowPriorityNodes"] = .integer(Int64(pool.targetLowPriority))
        json["currentDedicatedNodes"] = .integer(Int64(pool.nodes.records.count { $0.isDedicated }))
        json["currentLowPriorityNodes"] = .integer(Int64(pool.nodes.records.count { !$0.isDedicated }))
        if !pool.resizeErrors.isEmpty { json["resizeErrors"] = .array(pool.resizeErrors) }
        addAutoscale(pool, to: &json)
        return json
    }

    func node(_ node: NodeRecord, pool: PoolRecord, state: BatchState) -> JSONValue {
        let key = NodeKey(pool: pool.id, node: node.id)
        let properties = Self.poolProperties(pool.properties)
        let image = properties["virtualMachineConfiguration"]?["imageReference"]
        var json: JSONValue = [
            "id": .string(node.id), "url": .string(nodeURL(key)), "state": .string(node.state.rawValue.lowercased()),
            "schedulingState": node.takesTasks ? "enabled" : "disabled", "ipAddress": "127.0.0.1",
            "ipv6Address": "::1", "affinityId": .string(node.id), "isDedicated": .bool(node.isDedicated),
            "totalTasksRun": .integer(Int64(node.totalTasksRun)),
            "totalTasksSucceeded": .integer(Int64(node.totalTasksSucceeded)),
            "runningTasksCount": .integer(Int64(node.runs.count { state.runs[$0]?.task != nil })),
            "runningTaskSlotsCount": .integer(Int64(node.usedSlots)),
            "nodeAgentInfo": ["version": "1.0.0", "lastUpdateTime": time(node.bootTime ?? node.allocated) ?? .null],
            "virtualMachineInfo": ["imageReference": image ?? [:]],
        ]
        json["vmSize"] = properties["vmSize"]
        json["stateTransitionTime"] = time(node.stateTime)
        json["allocationTime"] = time(node.allocated)
        json["lastBootTime"] = time(node.bootTime ?? node.allocated)
        json["startTask"] = node.startTask
        json["startTaskInfo"] = node.startTaskInfo.map(startTaskInfo)
        let recent = node.recentTasks.compactMap { recentTask($0, state) }
        if !recent.isEmpty { json["recentTasks"] = .array(recent) }
        addMachine(node, pool: pool, to: &json)
        return json
    }

    private func startTaskInfo(_ info: NodeTaskExecution) -> JSONValue {
        var json: JSONValue = [
            "state": info.isRunning ? "running" : "completed", "retryCount": .integer(Int64(info.retryCount)),
        ]
        json["startTime"] = time(info.startTime)
        json["endTime"] = time(info.endTime)
        json["lastRetryTime"] = time(info.lastRetryTime)
        add(info.outcome, to: &json)
        return json
    }

    private func recentTask(_ key: TaskKey, _ state: BatchState) -> JSONValue? {
        guard let task = state.jobs[key.job]?.tasks[key.task] else { return nil }
        return [
            "taskUrl": .string(taskURL(key)), "jobId": .string(key.job), "taskId": .string(task.id),
            "taskState": .string(task.state.rawValue), "executionInfo": execution(task),
        ]
    }

    /// Exit code, result and reason of a run that has ended.
    func add(_ outcome: TaskOutcome?, to json: inout JSONValue) {
        guard let outcome else { return }
        json["exitCode"] = outcome.exitCode.map { .integer(Int64($0)) }
        json["result"] = outcome.failure == nil ? "success" : "failure"
        json["failureInfo"] = outcome.failure.map { failure in
            var json: JSONValue = [
                "category": .string(failure.category.rawValue), "code": .string(failure.code),
                "message": .string(failure.message),
            ]
            if !failure.details.isEmpty {
                json["details"] = .array(
                    failure.details.map { ["name": .string($0.name), "value": .string($0.value)] })
            }
            return json
        }
    }
}

extension BatchRenderer {
    /// What a client wrote of a job, with what the service fills in.
    static func jobDefaults(_ written: JSONValue) -> JSONValue {
        var json = withDefaults(
            written,
            [
                ("priority", 0), ("maxParallelTasks", -1), ("allowTaskPreemption", false),
                ("usesTaskDependencies", false), ("onAllTasksComplete", "noaction"), ("onTaskFailure", "noaction"),
            ])
        json["constraints"] = withDefaults(
            json["constraints"] ?? [:],
            [("maxWallClockTime", .string(BatchDuration.unlimited)), ("maxTaskRetryCount", 0)])
        return json
    }

    func job(_ job: JobRecord, statistics: JobStatistics? = nil) -> JSONValue {
        var json = Self.jobDefaults(job.properties)
        json["id"] = .string(job.id)
        json["url"] = .string(jobURL(job.id))
        addVersion(job.version, created: job.created, to: &json)
        json["state"] = .string(job.state.rawValue)
        json["stateTransitionTime"] = time(job.stateTime)
        json["previousState"] = job.previous.map { .string($0.state.rawValue) }
        json["previousStateTransitionTime"] = time(job.previous?.time)
        var execution: JSONValue = ["poolId": .string(job.poolID)]
        execution["startTime"] = time(job.created)
        execution["endTime"] = time(job.endTime)
        execution["terminateReason"] = job.terminateReason.map { .string($0) }
        json["executionInfo"] = execution
        json["stats"] = statistics.map { self.statistics($0, url: "\(jobURL(job.id))/stats") }
        return json
    }

    func task(_ task: TaskRecord, job: JobRecord) -> JSONValue {
        let key = TaskKey(job: job.id, task: task.id)
        var json = Self.withDefaults(
            Self.withoutEmptyPackages(task.properties),
            [("requiredSlots", 1), ("userIdentity", ["autoUser": ["elevationLevel": "nonadmin", "scope": "pool"]])])
        let retries = job.properties["constraints"]?["maxTaskRetryCount"] ?? 0
        json["constraints"] = Self.withDefaults(
            json["constraints"] ?? [:],
            [
                ("maxWallClockTime", .string(BatchDuration.unlimited)), ("maxTaskRetryCount", retries),
                ("retentionTime", .string(BatchDuration.week)),
            ])
        json["id"] = .string(task.id)
        json["url"] = .string(taskURL(key))
        addVersion(task.version, created: task.created, to: &json)
        json["state"] = .string(task.state.rawValue)
        json["stateTransitionTime"] = time(task.stateTime)
        json["previousState"] = task.previous.map { .string($0.state.rawValue) }
        json["previousStateTransitionTime"] = time(task.previous?.time)
        json["executionInfo"] = execution(task)
        json["nodeInfo"] = task.execution.node.map { node in
            let root = "workitems/\(job.id)/job-1/\(task.id)"
            return [
                "affinityId": .string(node.node), "nodeId": .string(node.node), "poolId": .string(node.pool),
                "nodeUrl": .string(nodeURL(node)), "taskRootDirectory": .string(root),
                "taskRootDirectoryUrl": .string("\(nodeURL(node))/files/\(root)"),
            ]
        }
        return json
    }

    func execution(_ task: TaskRecord) -> JSONValue {
        let execution = task.execution
        var json: JSONValue = [
            "retryCount": .integer(Int64(execution.retryCount)),
            "requeueCount": .integer(Int64(execution.requeueCount)),
        ]
        json["startTime"] = time(execution.startTime)
        json["endTime"] = time(execution.endTime)
        json["lastRetryTime"] = time(execution.lastRetryTime)
        json["lastRequeueTime"] = time(execution.lastRequeueTime)
        add(execution.outcome, to: &json)
        return json
    }
}
