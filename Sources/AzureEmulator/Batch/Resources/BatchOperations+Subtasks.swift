extension BatchOperations {
    /// The subtasks of a multi-instance task, without the primary one; none for any other task.
    func listSubtasks(_ call: BatchCall) async throws -> BatchAnswer {
        let (key, instances) = try await engine.read { state, _ in
            let (job, task) = try state.task(call)
            return (TaskKey(job: job, task: task.id), task.execution.instances)
        }
        let subtasks = instances.enumerated().dropFirst().map { index, instance in
            (key: BatchOperations.key(index), value: renderer.subtask(instance, index, of: key))
        }
        return list(Array(subtasks), kind: "subtasks", call: call)
    }
}

extension BatchRenderer {
    fileprivate func subtask(_ instance: TaskInstance, _ index: Int, of key: TaskKey) -> JSONValue {
        let root = "workitems/\(key.job)/job-1/\(key.task)/\(index)"
        let node = nodeURL(instance.node)
        var json: JSONValue = [
            "id": .integer(Int64(index)), "state": .string(instance.state.rawValue),
            "nodeInfo": [
                "affinityId": .string(instance.node.node), "nodeUrl": .string(node),
                "poolId": .string(instance.node.pool), "nodeId": .string(instance.node.node),
                "taskRootDirectory": .string(root), "taskRootDirectoryUrl": .string("\(node)/files/\(root)"),
            ],
        ]
        json["stateTransitionTime"] = time(instance.stateTime)
        json["previousState"] = instance.previous.map { .string($0.state.rawValue) }
        json["previousStateTransitionTime"] = time(instance.previous?.time)
        json["startTime"] = time(instance.startTime)
        json["endTime"] = time(instance.endTime)
        add(instance.outcome, to: &json)
        return json
    }
}
