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
    private let tokens: JobTokens?
    private let uploader: OutputUploader
    private let installer = PackageInstaller()
    private let timeSource: TimeSource
    private let requests: NodeRequests
    let mounter: NodeMounter
    private let runs = Atomic<UInt64>(0)

    init(
        directory: EmulatorDirectory, instance: EmulatorInstance, runner: any ProcessRunner, account: String,
        accountURL: String, transport: any HTTPTransport, linkedStorage: LinkedStorage? = nil, timeSource: TimeSource,
        tokens: JobTokens? = nil
    ) {
        self.directory = directory
        self.instance = instance
        self.runner = runner
        self.account = account
        self.accountURL = accountURL
        self.timeSource = timeSource
        self.tokens = tokens
        requests = NodeRequests(transport: transport, timeSource: timeSource)
        fetcher = ResourceFetcher(requests: requests, linkedStorage: linkedStorage)
        uploader = OutputUploader(requests: requests)
        mounter = NodeMounter(MountedBlobs(fetcher: fetcher, requests: requests))
    }

    /// The directory of all nodes.
    var root: String { directory.path }

    /// Where a node keeps its files.
    func layout(pool: String, node: String) -> NodeLayout {
        NodeLayout(emulatorRoot: directory.path, pool: pool, node: node)
    }

    /// Makes the directories of a node, and unpacks the packages that all of its tasks find.
    func makeNode(pool: String, node: String, packages: [ApplicationPackage]) async throws {
        let layout = layout(pool: pool, node: node)
        try await BlockingIO.run {
            for directory in layout.directories {
                try FileTree.makeDirectory(layout.relative(directory), below: layout.emulatorRoot)
            }
        }
        try await installer.install(packages, on: layout)
    }

    /// Does with the files of a node what becomes of them when its machine is restarted.
    func restart(
        pool: String, node: String, _ restart: NodeRestart, packages: [ApplicationPackage]
    ) async throws {
        let layout = layout(pool: pool, node: node)
        if restart.removesFiles { await remove(layout.root, of: layout) }
        if restart != .deallocate { try await makeNode(pool: pool, node: node, packages: packages) }
    }

    /// Removes a directory of a node with everything in it.
    func remove(_ path: String, of layout: NodeLayout) async {
        if path == layout.root { await installer.forget(layout) }
        _ = try? await BlockingIO.run { FileTree.remove(layout.relative(path), below: layout.emulatorRoot) }
        if path == layout.root { await mounter.forget(below: layout.mounts) }
    }

    /// Puts files of a node into a container.
    ///
    /// - Throws: A ``NodeRequestProblem`` when one cannot be put there.
    func upload(_ files: [NodeLogFile], to container: String) async throws {
        for file in files {
            _ = try await requests.putBlob(
                HTTPBody(file.content), length: Int64(file.content.count), type: "text/plain; charset=utf-8",
                to: NodeRequests.blobURL(file.name, container: container))
        }
    }

    /// Prepares the run of a task.
    func execution(of assignment: TaskAssignment) -> TaskExecution {
        let layout = layout(pool: assignment.pool, node: assignment.node)
        let directory = layout.directory(of: assignment)
        var environment = TaskEnvironment(
            account: account, accountURL: accountURL, pool: assignment.pool, node: assignment.node, layout: layout,
            isDedicated: assignment.isDedicated, task: assignment.task.map { ($0.job, $0.task) },
            directory: directory, identity: assignment.identity, settings: assignment.environment,
            packages: assignment.packages, instance: assignment.instance)
        if let task = assignment.task {
            environment.preparation = assignment.preparation.map { layout.task($0, job: task.job) }
            if assignment.getsToken, let created = assignment.jobCreated {
                environment.token = tokens?.token(
                    for: JobTokens.Subject(job: task.job, created: created), now: timeSource.now())
            }
        }
        let run = runs.wrappingAdd(1, ordering: .relaxed).newValue
        return TaskExecution(
            assignment, layout: layout, directory: directory, environment: environment.variables,
            mark: instance.mark(run: run), runner: runner, installer: installer, fetcher: fetcher, uploader: uploader,
            timeSource: timeSource)
    }
}
