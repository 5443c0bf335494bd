public import AzureCore

extension BatchJobPreparationTask {
    /// A preparation task with commands that run on a Linux node before the first task of the job does.
    ///
    /// Tasks of the job wait until they have succeeded on their node, and they run again after the node was restarted.
    ///
    /// - Parameters:
    ///   - commands: The commands, which run in turn in one shell until one fails; see ``ShellCommand``.
    ///   - resourceFiles: The files that are downloaded to the node before. The default is none.
    ///   - environment: Environment variables. The default is only those of the service.
    ///   - user: The user as whom it runs. The default is an ordinary user that is created for the task.
    public static func linux(
        _ commands: [String], resourceFiles: [ResourceFile]? = nil, environment: [EnvironmentSetting]? = nil,
        as user: UserIdentity? = nil
    ) -> BatchJobPreparationTask {
        BatchJobPreparationTask(
            commandLine: ShellCommand.linux(commands), resourceFiles: resourceFiles, environmentSettings: environment,
            waitForSuccess: true, userIdentity: user, rerunOnNodeRebootAfterSuccess: true)
    }

    /// A preparation task with commands that run on a Windows node before the first task of the job does.
    ///
    /// Tasks of the job wait until they have succeeded on their node, and they run again after the node was restarted.
    ///
    /// - Parameters:
    ///   - commands: The commands, which run in turn in one shell until one fails; see ``ShellCommand``.
    ///   - resourceFiles: The files that are downloaded to the node before. The default is none.
    ///   - environment: Environment variables. The default is only those of the service.
    ///   - user: The user as whom it runs. The default is an ordinary user that is created for the task.
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
    /// A release task with commands that run on each Linux node that the job was prepared on, when the job ends.
    ///
    /// The service takes a release task only together with a preparation task.
    ///
    /// - Parameters:
    ///   - commands: The commands, which run in turn in one shell until one fails; see ``ShellCommand``.
    ///   - resourceFiles: The files that are downloaded to the node before. The default is none.
    ///   - environment: Environment variables. The default is only those of the service.
    ///   - maxWallClockTime: The longest time that it may take on a node. The default is 15 minutes, which is also the
    ///     most.
    ///   - user: The user as whom it runs. The default is an ordinary user that is created for the task.
    public static func linux(
        _ commands: [String], resourceFiles: [ResourceFile]? = nil, environment: [EnvironmentSetting]? = nil,
        maxWallClockTime: AzureDuration? = nil, as user: UserIdentity? = nil
    ) -> BatchJobReleaseTask {
        BatchJobReleaseTask(
            commandLine: ShellCommand.linux(commands), resourceFiles: resourceFiles, environmentSettings: environment,
            maxWallClockTime: maxWallClockTime, userIdentity: user)
    }

    /// A release task with commands that run on each Windows node that the job was prepared on, when the job ends.
    ///
    /// The service takes a release task only together with a preparation task.
    ///
    /// - Parameters:
    ///   - commands: The commands, which run in turn in one shell until one fails; see ``ShellCommand``.
    ///   - resourceFiles: The files that are downloaded to the node before. The default is none.
    ///   - environment: Environment variables. The default is only those of the service.
    ///   - maxWallClockTime: The longest time that it may take on a node. The default is 15 minutes, which is also the
    ///     most.
    ///   - user: The user as whom it runs. The default is an ordinary user that is created for the task.
    public static func windows(
        _ commands: [String], resourceFiles: [ResourceFile]? = nil, environment: [EnvironmentSetting]? = nil,
        maxWallClockTime: AzureDuration? = nil, as user: UserIdentity? = nil
    ) -> BatchJobReleaseTask {
        BatchJobReleaseTask(
            commandLine: ShellCommand.windows(commands), resourceFiles: resourceFiles, environmentSettings: environment,
            maxWallClockTime: maxWallClockTime, userIdentity: user)
    }
}
