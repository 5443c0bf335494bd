/// The part that a node has in a multi-instance task.
struct TaskInstanceRole: Sendable {
    /// 0 for the primary task, which runs the application; from 1 for subtasks.
    var index: Int
    /// How many there are.
    var count: Int
    /// The run of the primary task, which tells the parts of one run of the task from those of another.
    var primary: RunKey
    /// What runs on all of them before the application.
    var coordinationCommandLine: String
    /// The files that all of them get, in the directory that has the same path on each.
    var commonFiles: [ResourceFile]

    /// Reads the settings of a task.
    init(_ settings: JSONValue?, index: Int, count: Int, primary: RunKey) {
        self.index = index
        self.count = count
        self.primary = primary
        coordinationCommandLine = settings?["coordinationCommandLine"]?.string ?? ""
        commonFiles = (settings?["commonResourceFiles"]?.array ?? []).compactMap { ResourceFile($0) }
    }

    /// What the programs of the task are told. All nodes are this machine.
    ///
    /// - Parameter sharedDirectory: The directory that has the same path on each node.
    func variables(sharedDirectory: String) -> [String: String] {
        let hosts = Array(repeating: "127.0.0.1", count: count)
        return [
            "AZ_BATCH_NODE_LIST": hosts.joined(separator: ";"), "AZ_BATCH_HOST_LIST": hosts.joined(separator: ","),
            "AZ_BATCH_MASTER_NODE": "127.0.0.1:6000",
            "AZ_BATCH_IS_CURRENT_NODE_MASTER": index == 0 ? "true" : "false",
            "AZ_BATCH_TASK_SHARED_DIR": sharedDirectory,
            "CCP_NODES": (["\(count)"] + hosts.flatMap { [$0, "1"] }).joined(separator: " "),
        ]
    }
}
