/// The environment that a task finds on its node.
struct TaskEnvironment: Sendable {
    /// The account, as `AZ_BATCH_ACCOUNT_NAME`.
    var account: String
    /// The address of the service, as `AZ_BATCH_ACCOUNT_URL`.
    var accountURL: String
    var pool: String
    var node: String
    var layout: NodeLayout
    var isDedicated: Bool
    /// Job and task; nil for a start task.
    var task: (job: String, task: String)?
    /// The directory of the task.
    var directory: String
    /// As the service names the kind of user, such as `TaskNonAdmin`.
    var identity: String
    /// What the job and then the task set, the last of a name counting.
    var settings: [(name: String, value: String)]
    /// The directory of the preparation task of the job.
    var preparation: String?
    /// What the program can show the service.
    var token: String?
    /// The application packages on the node.
    var packages: [ApplicationPackage] = []
    /// Its part in a multi-instance task.
    var instance: TaskInstanceRole?

    /// The variables. Those of the service come last: a task cannot pretend to run elsewhere.
    var variables: [String: String] {
        let workingDirectory = NodeLayout.workingDirectory(directory)
        var result = [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": workingDirectory, "LANG": "C.UTF-8",
        ]
        for setting in settings { result[setting.name] = setting.value }
        result.merge(
            [
                "AZ_BATCH_ACCOUNT_NAME": account, "AZ_BATCH_ACCOUNT_URL": accountURL, "AZ_BATCH_POOL_ID": pool,
                "AZ_BATCH_NODE_ID": node, "AZ_BATCH_NODE_IS_DEDICATED": isDedicated ? "true" : "false",
                "AZ_BATCH_NODE_ROOT_DIR": layout.root, "AZ_BATCH_NODE_SHARED_DIR": layout.shared,
                "AZ_BATCH_NODE_MOUNTS_DIR": layout.mounts, "AZ_BATCH_NODE_STARTUP_DIR": layout.startup,
                "AZ_BATCH_NODE_STARTUP_WORKING_DIR": NodeLayout.workingDirectory(layout.startup),
                "AZ_BATCH_TASK_DIR": directory, "AZ_BATCH_TASK_WORKING_DIR": workingDirectory,
                "AZ_BATCH_TASK_USER_IDENTITY": identity, "AZ_BATCH_CERTIFICATES_DIR": "\(directory)/certs",
                // No node is ever said to have a full disk.
                "AZ_BATCH_TASK_RESERVED_EPHEMERAL_DISK_SPACE_BYTES": "0",
            ]) { $1 }
        for package in packages { result.merge(package.variables(on: layout)) { $1 } }
        guard let task else { return result }
        result["AZ_BATCH_JOB_ID"] = task.job
        result["AZ_BATCH_TASK_ID"] = task.task
        if let instance {
            let shared = layout.task(task.task, job: task.job)
            result.merge(instance.variables(sharedDirectory: shared)) { $1 }
        }
        if let preparation {
            result["AZ_BATCH_JOB_PREP_DIR"] = preparation
            result["AZ_BATCH_JOB_PREP_WORKING_DIR"] = NodeLayout.workingDirectory(preparation)
        }
        if let token { result["AZ_BATCH_AUTHENTICATION_TOKEN"] = token }
        return result
    }
}
