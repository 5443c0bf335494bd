import AzureCore
import Synchronization

/// What stands for the agent on every node: it makes the node's directories and starts what runs there.
final class NodeAgent: Sendable {
    private let directory: EmulatorDirectory
    private let instance: EmulatorInstance
    private let runner: any ProcessRunner
    private let account: String
    private let accountURL: String
    private let fetcher: ResourceFetcher
    private let timeSource: TimeSource
    private let runs = Atomic<UInt64>(0)

    init(
        directory: EmulatorDirectory, instance: EmulatorInstance, runner: any ProcessRunner, account: String,
        accountURL: String, transport: any HTTPTransport, timeSource: TimeSource
    ) {
        self.directory = directory
        self.instance = instance
        self.runner = runner
        self.account = account
        self.accountURL = accountURL
        self.timeSource = timeSource
        fetcher = ResourceFetcher(transport: transport, timeSource: timeSource)
    }

    /// Where a node keeps its files.
    func layout(pool: String, node: String) -> NodeLayout {
        NodeLayout(emulatorRoot: directory.path, pool: pool, node: node)
    }

    /// Makes the directories of a node.
    func makeNode(pool: String, node: String) async throws {
        let layout = layout(pool: pool, node: node)
        try await BlockingIO.run {
            for directory in layout.directories {
                try FileTree.makeDirectory(layout.relative(directory), below: layout.emulatorRoot)
            }
        }
    }

    /// Removes a directory of a node with everything in it.
    func remove(_ path: String, of layout: NodeLayout) async {
        _ = try? await BlockingIO.run { FileTree.remove(layout.relative(path), below: layout.emulatorRoot) }
    }

    /// Prepares the run of a task.
    func execution(of assignment: TaskAssignment) -> TaskExecution {
        let layout = layout(pool: assignment.pool, node: assignment.node)
        let directory = assignment.task.map { layout.task($0.task, job: $0.job) } ?? layout.startup
        let environment = TaskEnvironment(
            account: account, accountURL: accountURL, pool: assignment.pool, node: assignment.node, layout: layout,
            isDedicated: assignment.isDedicated, task: assignment.task.map { ($0.job, $0.task) },
            directory: directory, identity: assignment.identity, settings: assignment.environment)
        let run = runs.wrappingAdd(1, ordering: .relaxed).newValue
        return TaskExecution(
            assignment, layout: layout, directory: directory, environment: environment.variables,
            mark: instance.mark(run: run), runner: runner, fetcher: fetcher, timeSource: timeSource)
    }
}
