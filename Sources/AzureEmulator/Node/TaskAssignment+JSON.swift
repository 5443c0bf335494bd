extension TaskAssignment {
    /// A start task, as a pool has it.
    init(_ startTask: JSONValue, node: NodeKey, isDedicated: Bool) {
        self.init(
            pool: node.pool, node: node.node, isDedicated: isDedicated, task: nil,
            commandLine: startTask["commandLine"]?.string ?? "", resourceFiles: Self.files(startTask),
            environment: Self.environment(startTask["environmentSettings"]), identity: Self.identity(startTask),
            timeLimit: nil)
    }

    /// A task of a job.
    init(_ task: JSONValue, _ key: TaskKey, job: JSONValue, node: NodeKey, isDedicated: Bool) {
        self.init(
            pool: node.pool, node: node.node, isDedicated: isDedicated, task: key,
            commandLine: task["commandLine"]?.string ?? "", resourceFiles: Self.files(task),
            environment: Self.environment(job["commonEnvironmentSettings"])
                + Self.environment(task["environmentSettings"]),
            identity: Self.identity(task), timeLimit: Self.timeLimit(task["constraints"]))
        outputs = (task["outputFiles"]?.array ?? []).compactMap { TaskOutput($0) }
        getsToken =
            task["authenticationTokenSettings"]?["access"]?.array?
            .contains { $0.string?.lowercased() == "job" } ?? false
    }

    /// A preparation task of a job.
    init(
        _ preparation: JobSupport.Preparation, job: String, jobProperties: JSONValue, node: NodeKey, isDedicated: Bool
    ) {
        self.init(
            preparation.properties, TaskKey(job: job, task: preparation.id), job: jobProperties, node: node,
            isDedicated: isDedicated)
    }

    /// A release task of a job.
    init(
        _ release: JobSupport.Release, preparation: String?, job: String, jobProperties: JSONValue, node: NodeKey,
        isDedicated: Bool
    ) {
        self.init(
            release.properties, TaskKey(job: job, task: release.id), job: jobProperties, node: node,
            isDedicated: isDedicated)
        let wanted = Self.timeLimit(release.properties) ?? JobSupport.Release.maxTime
        timeLimit = min(wanted, JobSupport.Release.maxTime)
        self.preparation = preparation
    }

    private static func files(_ task: JSONValue) -> [ResourceFile] {
        (task["resourceFiles"]?.array ?? []).compactMap { ResourceFile($0) }
    }

    private static func environment(_ settings: JSONValue?) -> [(name: String, value: String)] {
        (settings?.array ?? []).compactMap { setting in
            setting["name"]?.string.map { ($0, setting["value"]?.string ?? "") }
        }
    }

    private static func timeLimit(_ constraints: JSONValue?) -> Duration? {
        guard let limit = constraints?["maxWallClockTime"]?.string.flatMap({ BatchDuration.parse($0) }),
            limit < .seconds(365 * 86_400)
        else { return nil }
        return limit
    }

    private static func identity(_ task: JSONValue) -> String {
        guard let identity = task["userIdentity"], !identity.isNull else { return "PoolNonAdmin" }
        if let name = identity["username"]?.string { return name }
        let user = identity["autoUser"]
        return (user?["scope"]?.string?.lowercased() == "task" ? "Task" : "Pool")
            + (user?["elevationLevel"]?.string?.lowercased() == "admin" ? "Admin" : "NonAdmin")
    }
}
