extension TaskFailure {
    /// The pool has no containers. The code is what the official .NET client's test of this case expects.
    static let containersNotSupported = TaskFailure(
        .user, "ContainerPoolNotSupported", "The specified pool does not support container tasks",
        details: [Detail(name: "Message", value: "The pool has no containerConfiguration")])

    /// The pool has containers, and this machine has none. Category, code and message are those of an answer that a user
    /// of the service has published.
    static let containerEngineMissing = TaskFailure(
        .user, "ContainerInvalidSettings", "At least one value of specified task container settings is invalid",
        details: [Detail(name: "Message", value: "The machine that the emulator runs on has no container engine")])

    /// The pool has containers, and the task says none.
    static let containerSettingsMissing = TaskFailure(
        .user, "ContainerTaskSettingsNotFound", "Container-enabled compute node requires task container settings")

    /// The machines of the pool have Windows.
    static let windowsMissing = TaskFailure.launchFailed("The machine that the emulator runs on has no Windows")
}

extension BatchState {
    /// Why this machine cannot run a task at all; nil when it can.
    ///
    /// - Parameters:
    ///   - task: What a client wrote of a task, start task, preparation or release task.
    ///   - pool: The pool.
    ///   - needsContainer: Whether one without container settings is none for a pool with containers.
    func refusal(of task: JSONValue, on pool: String, needsContainer: Bool) -> TaskFailure? {
        guard let machine = pools[pool]?.properties["virtualMachineConfiguration"] else { return nil }
        let poolHasContainers = !(machine["containerConfiguration"] ?? .null).isNull
        let taskHasContainer = !(task["containerSettings"] ?? .null).isNull
        if taskHasContainer { return poolHasContainers ? .containerEngineMissing : .containersNotSupported }
        if poolHasContainers, needsContainer { return .containerSettingsMissing }
        let agent = machine["nodeAgentSKUId"]?.string?.lowercased() ?? ""
        return agent.hasPrefix("batch.node.windows") ? .windowsMissing : nil
    }
}
