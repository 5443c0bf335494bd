import AzureCore

/// The files below the directory of all nodes that belong to nothing: those of nodes, jobs and tasks that went just before
/// the process ended, and whose files were still to be removed.
struct NodeLeftovers: Sendable {
    /// The directory of all nodes.
    let root: String
    /// What there is.
    let state: BatchState

    /// Removes them. What cannot be read stays.
    func remove() {
        guard let root = OpenDirectory(root) else { return }
        forEach(in: root) { name, pool in
            guard let record = state.pools[name], record.id == name else { return false }
            forEach(in: pool) { name, node in
                guard record.nodes[name]?.id == name else { return false }
                removeJobs(in: node, NodeKey(pool: record.id, node: name))
                return true
            }
            return true
        }
    }

    private func removeJobs(in node: OpenDirectory, _ key: NodeKey) {
        guard let jobs = node.descend(["workitems"]) else { return }
        forEach(in: jobs) { name, directory in
            guard let job = state.jobs[name], job.id == name, job.nodes.contains(key) else { return false }
            guard let tasks = directory.descend(["job-1"]) else { return true }
            let others = [job.support.preparation?.id, job.support.release?.id]
            forEach(in: tasks) { name, _ in
                if others.contains(name) { return true }
                guard let task = job.tasks[name] else { return false }
                return task.id == name && task.execution.hasFiles
            }
            return true
        }
    }

    /// Looks at the directories in one, and removes those that the function says are of nothing. What begins with a dot is
    /// no name that the service takes.
    private func forEach(in directory: OpenDirectory, _ isKept: (String, OpenDirectory) -> Bool) {
        for file in (try? directory.names()) ?? [] {
            guard let name = file.text, !name.hasPrefix("."), let child = directory.directory(file) else { continue }
            if !isKept(name, child) { directory.remove(file) }
        }
    }
}

extension BatchEngine {
    /// Removes the files of nodes that belong to nothing.
    func removeLeftovers() async {
        let leftovers = NodeLeftovers(root: agent.root, state: state)
        _ = try? await BlockingIO.run { leftovers.remove() }
    }
}
