import Foundation

extension BatchOperations {
    func listFiles(_ call: BatchCall) async throws -> BatchAnswer {
        let files = try await files(call)
        return list(try await files.list(isRecursive: call.flag("recursive")), kind: "files", call: call)
    }

    func downloadFile(_ call: BatchCall) async throws -> BatchAnswer {
        try await files(call).download(call.ids[2], request: call.request)
    }

    func fileProperties(_ call: BatchCall) async throws -> BatchAnswer {
        try await files(call).properties(of: call.ids[2], request: call.request)
    }

    func deleteFile(_ call: BatchCall) async throws -> BatchAnswer {
        try await files(call).delete(call.ids[2], isRecursive: call.flag("recursive"))
    }

    /// The directory that a path names.
    private func files(_ call: BatchCall) async throws -> BatchFileResponder {
        switch call.operation {
        case .listNodeFiles, .downloadNodeFile, .getNodeFileProperties, .deleteNodeFile:
            let key = try await engine.read { state, _ in
                guard let pool = state.pools[call.ids[0]] else { throw BatchServiceError.notFound("Pool") }
                guard let node = pool.nodes[call.ids[1]] else { throw BatchServiceError.notFound("Node") }
                return NodeKey(pool: pool.id, node: node.id)
            }
            return responder(agent.layout(pool: key.pool, node: key.node), nil, renderer.nodeURL(key))
        default:
            let (key, node) = try await engine.read { state, _ in
                guard let job = state.jobs[call.ids[0]] else { throw BatchServiceError.notFound("Job") }
                guard let task = job.tasks[call.ids[1]] else { throw BatchServiceError.notFound("Task") }
                guard let node = task.execution.node else { throw BatchServiceError.taskFilesUnavailable }
                guard task.execution.hasFiles, state.pools[node.pool]?.nodes[node.node] != nil else {
                    throw BatchServiceError.taskFilesCleanedUp
                }
                return (TaskKey(job: job.id, task: task.id), node)
            }
            let layout = agent.layout(pool: node.pool, node: node.node)
            return responder(layout, layout.task(key.task, job: key.job), renderer.taskURL(key))
        }
    }

    private func responder(_ layout: NodeLayout, _ path: String?, _ url: String) -> BatchFileResponder {
        BatchFileResponder(root: path ?? layout.root, boundary: layout.root, url: "\(url)/files")
    }
}
