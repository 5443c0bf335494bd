public import AzureCore

extension BatchJobPreparationTask {
    /// Commands that run on a Linux node before the first task of the job does.
    ///
    /// Tasks of the job wait until they have succeeded on their node, and they run again after the node was restarted.
    ///
    /// - Parameters:
    ///   - commands: What runs in turn in one shell and stops at the first that fails; see ``ShellCommand``.
    ///   - resourceFiles: The files that the node gets first. The default is none.
    ///   - environment: Environment variables. The default is none but those of the service.
    ///   - user: Who runs it. By default an ordinary user that is made for the task.
    public static func linux(
        _ commands: [String], resourceFiles: [ResourceFile]? = nil, environment: [EnvironmentSetting]? = nil,
        as user: UserIdentity? = nil
    ) -> BatchJobPreparationTask {
        BatchJobPreparationTask(
            commandLine: ShellCommand.linux(commands), resourceFiles: resourceFiles, environmentSettings: environment,
            waitForSuccess: true, userIdentity: user, rerunOnNodeRebootAfterSuccess: true)
    }

    /// Commands that run on a Windows node before the first task of the job does.
    ///
    /// Tasks of the job wait until they have succeeded on their node, and they run again after the node was restarted.
    ///
    /// - Parameters:
    ///   - commands: What runs in turn in one shell and stops at the first that fails; see ``ShellCommand``.
    ///   - resourceFiles: The files that the node gets first. The default is none.
    ///   - environment: Environment variables. The default is none but those of the service.
    ///   - user: Who runs it. By default an ordinary user that is made for the task.
    public static func windows(
        _ commands: [String], resourceFiles: [ResourceFile]? = nil, environment: [EnvironmentSetting]? = nil,
        as user: UserIdentity? = nil
    ) -> BatchJobPreparationTask {
        BatchJobPreparationTask(
            commandLine: ShellCommand.windows(commands), resourceFiles: resourceFiles, environmentSettings: environment,
            waitForSuccess: true, userIdentity: user, rerunOnNodeRebootAfterSuccess: true)
    }
}

extension BatchJobReleaseTask {
    /// Commands that run on each Linux node that the job was prepared on, when the job ends.
    ///
    /// The service takes a release task only together with a preparation task.
    ///
    /// - Parameters:
    ///   - commands: What runs in turn in one shell and stops at the first that fails; see ``ShellCommand``.
    ///   - resourceFiles: The files that the node gets first. The default is none.
    ///   - environment: Environment variables. The default is none but those of the service.
    ///   - maxWallClockTime: The longest time that it may take on a node. The default is 15 minutes, which is also the
    ///     most.
    ///   - user: Who runs it. By default an ordinary user that is made for the task.
    public static func linux(
        _ commands: [String], resourceFiles: [ResourceFile]? = nil, environment: [EnvironmentSetting]? = nil,
        maxWallClockTime: AzureDuration? = nil, as user: UserIdentity? = nil
    ) -> BatchJobReleaseTask {
        BatchJobReleaseTask(
            commandLine: ShellCommand.linux(commands), resourceFiles: resourceFiles, environmentSettings: environment,
            maxWallClockTime: maxWallClockTime, userIdentity: user)
    }

    /// Commands that run on each Windows node that the job was prepared on, when the job ends.
    ///
    /// The service takes a release task only together with a preparation task.
    ///
    /// - Parameters:
    ///   - commands: What runs in turn in one shell and stops at the first that fails; see ``ShellCommand``.
    ///   - resourceFiles: The files that the node gets first. The default is none.
    ///   - environment: Environment variables. The default is none but those of the service.
    ///   - maxWallClockTime: The longest time that it may take on a node. The default is 15 minutes, which is also the
    ///     most.
    ///   - user: Who runs it. By default an ordinary user that is made for the task.
    public static func windows(
        _ commands: [String], resourceFiles: [ResourceFile]? = nil, environment: [EnvironmentSetting]? = nil,
        maxWallClockTime: AzureDuration? = nil, as user: UserIdentity? = nil
    ) -> BatchJobReleaseTask {
        BatchJobReleaseTask(
            commandLine: ShellCommand.windows(commands), resourceFiles: resourceFiles, environmentSettings: environment,
            maxWallClockTime: maxWallClockTime, userIdentity: user)
    }
}
