extension BatchOperations {
    /// What the preparation and release tasks of a job have done, node by node.
    func jobSupportStatus(_ call: BatchCall) async throws -> BatchAnswer {
        let nodes = try await engine.read { [renderer] state, _ in
            let job = try state.job(call)
            guard job.support.preparation != nil else { throw BatchServiceError.preparationNotSpecified }
            return job.jobNodes.values.sorted { $0.number < $1.number }.map { node in
                (key: Self.key(node.number), value: renderer.status(of: node, in: job))
            }
        }
        return list(nodes, kind: "jobpreparationandreleasetaskstatuslist", call: call)
    }
}

extension BatchServiceError {
    fileprivate static let preparationNotSpecified = conflict(
        "JobPreparationTaskNotSpecified", "The specified job does not have a job preparation task.")
}

extension BatchRenderer {
    fileprivate func status(of node: JobNode, in job: JobRecord) -> JSONValue {
        var json: JSONValue = [
            "poolId": .string(node.node.pool), "nodeId": .string(node.node.node),
            "nodeUrl": .string(nodeURL(node.node)),
        ]
        if let execution = node.preparation, let id = job.support.preparation?.id {
            var info = self.execution(execution, task: id, of: job, on: node.node)
            info["retryCount"] = .integer(Int64(execution.retryCount))
            info["lastRetryTime"] = time(execution.lastRetryTime)
            json["jobPreparationTaskExecutionInfo"] = info
        }
        if let execution = node.release, let id = job.support.release?.id {
            json["jobReleaseTaskExecutionInfo"] = self.execution(execution, task: id, of: job, on: node.node)
        }
        return json
    }

    private func execution(
        _ execution: NodeTaskExecution, task: String, of job: JobRecord, on node: NodeKey
    ) -> JSONValue {
        let root = "workitems/\(job.id)/job-1/\(task)"
        var json: JSONValue = [
            "state": execution.isRunning ? "running" : "completed", "taskRootDirectory": .string(root),
            "taskRootDirectoryUrl": .string("\(nodeURL(node))/files/\(root)"),
        ]
        json["startTime"] = time(execution.startTime)
        json["endTime"] = time(execution.endTime)
        add(execution.outcome, to: &json)
        return json
    }
}
