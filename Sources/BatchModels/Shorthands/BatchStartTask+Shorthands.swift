extension BatchStartTask {
    /// A start task with commands that run on each Linux node when it joins the pool, before any task does.
    ///
    /// Tasks do not run on a node until its start task has succeeded, and it runs again after the node was restarted.
    ///
    /// - Parameters:
    ///   - commands: The commands, which run in turn in one shell until one fails; see ``ShellCommand``.
    ///   - resourceFiles: The files that are downloaded to the node before. The default is none.
    ///   - environment: Environment variables. The default is only those of the service.
    ///   - maxTaskRetryCount: How often it is tried again when it fails. The default is that of the service: not at all.
    ///   - user: The user as whom it runs. The default is an ordinary user that is created for the task.
    public static func linux(
        _ commands: [String], resourceFiles: [ResourceFile]? = nil, environment: [EnvironmentSetting]? = nil,
        maxTaskRetryCount: Int? = nil, as user: UserIdentity? = nil
    ) -> BatchStartTask {
        BatchStartTask(
            commandLine: ShellCommand.linux(commands), resourceFiles: resourceFiles, environmentSettings: environment,
            userIdentity: user, maxTaskRetryCount: maxTaskRetryCount, waitForSuccess: true)
    }

    /// A start task with commands that run on each Windows node when it joins the pool, before any task does.
    ///
    /// Tasks do not run on a node until its start task has succeeded, and it runs again after the node was restarted.
    ///
    /// - Parameters:
    ///   - commands: The commands, which run in turn in one shell until one fails; see ``ShellCommand``.
    ///   - resourceFiles: The files that are downloaded to the node before. The default is none.
    ///   - environment: Environment variables. The default is only those of the service.
    ///   - maxTaskRetryCount: How often it is tried again when it fails. The default is that of the service: not at all.
    ///   - user: The user as whom it runs. The default is an ordinary user that is created for the task.
    public static func windows(
        _ commands: [String], resourceFiles: [ResourceFile]? = nil, environment: [EnvironmentSetting]? = nil,
        maxTaskRetryCount: Int? = nil, as user: UserIdentity? = nil
    ) -> BatchStartTask {
        BatchStartTask(
            commandLine: ShellCommand.windows(commands), resourceFiles: resourceFiles, environmentSettings: environment,
            userIdentity: user, maxTaskRetryCount: maxTaskRetryCount, waitForSuccess: true)
    }
}
