import AzureCore
public import BatchModels
public import BatchService

/// The pool and the job of a run.
public struct SampleBatch: Sendable {
    /// The metadata that marks pools and jobs that a sample has made, as those of containers do.
    static let mark = SampleStorage.mark.map { BatchMetadataItem(name: $0.key, value: $0.value) }

    /// Whether metadata are those of a pool or job that a sample has made.
    static func isMarked(_ metadata: [BatchMetadataItem]?) -> Bool {
        mark.allSatisfy { metadata?.contains($0) == true }
    }

    /// The Batch account.
    public var client: BatchClient
    /// What the run has made.
    public var footprint: Footprint
    /// Where it is said what happens.
    public var console: Console
    /// How long to wait for a pool or job that is still being deleted.
    public var deletionTimeout: Duration

    /// Creates the Batch side of a run.
    ///
    /// - Parameters:
    ///   - client: The Batch account.
    ///   - footprint: What the run has made.
    ///   - console: Where it is said what happens.
    ///   - deletionTimeout: How long to wait for a pool or job that is still being deleted. The default is 10 minutes.
    public init(
        client: BatchClient, footprint: Footprint, console: Console, deletionTimeout: Duration = .seconds(600)
    ) {
        self.client = client
        self.footprint = footprint
        self.console = console
        self.deletionTimeout = deletionTimeout
    }

    /// Creates a pool whose nodes have a program for all tasks, unless there is a pool of that id, which is then used.
    ///
    /// - Parameters:
    ///   - id: The pool's id.
    ///   - nodes: The number of nodes.
    ///   - slots: How many tasks a node runs at once. The default is 1.
    ///   - program: The program.
    ///   - url: Where the nodes get it from.
    ///   - communicates: Whether nodes talk to each other, as those of a multi-instance task do. The default is false.
    public func preparePool(
        _ id: String, nodes: Int, slots: Int = 1, program: TaskProgram, from url: String, communicates: Bool = false
    ) async throws {
        let startTask = BatchStartTask(
            commandLine: program.installCommand, resourceFiles: [.url(url, to: program.name, mode: "0755")],
            userIdentity: .poolAdmin, waitForSuccess: true)
        try await preparePool(
            id, nodes: nodes, slots: slots, startTask: startTask, communicates: communicates)
    }

    /// Creates a pool unless there is a pool of that id, which is then used.
    ///
    /// - Parameters:
    ///   - id: The pool's id.
    ///   - nodes: The number of nodes.
    ///   - slots: How many tasks a node runs at once. The default is 1.
    ///   - startTask: What each node does first. The default is nothing, for tasks that need only what the image has.
    ///   - communicates: Whether nodes talk to each other. The default is false.
    public func preparePool(
        _ id: String, nodes: Int, slots: Int = 1, startTask: BatchStartTask? = nil, communicates: Bool = false
    ) async throws {
        console.print("Creating pool [\(id)]...")
        try await SampleFailure.during("Creating pool [\(id)]") {
            let image = try await client.account.newestVerifiedImage(
                publisher: NodeSize.publisher, offer: NodeSize.offer, skuPrefix: NodeSize.skuPrefix)
            let pool = BatchPoolCreateOptions(
                id: id, vmSize: NodeSize.vmSize, virtualMachineConfiguration: image.virtualMachineConfiguration,
                targetDedicatedNodes: nodes, enableInterNodeCommunication: communicates, startTask: startTask,
                taskSlotsPerNode: slots, metadata: Self.mark)
            do {
                try await create("Pool [\(id)]", whileDeleting: .poolBeingDeleted) {
                    try await client.pools.create(pool)
                    await footprint.add(pool: id, isNew: true)
                }
            } catch AzureErrorCode.poolExists {
                console.print("Pool [\(id)] exists already; its nodes are used as they are.")
                await footprint.add(pool: id, isNew: false)
            }
        }
    }

    /// Creates a job, with the mark of the samples as its metadata.
    public func createJob(_ job: BatchJobCreateOptions) async throws {
        var marked = job
        marked.metadata = Self.mark
        try await create(marked)
    }

    private func create(_ job: BatchJobCreateOptions) async throws {
        let id = job.id
        console.print("Creating job [\(id)]...")
        try await SampleFailure.during("Creating job [\(id)]") {
            do {
                try await create("Job [\(id)]", whileDeleting: .jobBeingDeleted) {
                    try await client.jobs.create(job)
                    await footprint.add(job: id)
                }
            } catch AzureErrorCode.jobExists {
                throw SampleFailure(
                    "Job [\(id)] exists already, with the tasks of another run. Leave out --run and --job for a job of "
                        + "this run's own, or delete that one, then try again.")
            }
        }
    }

    /// Runs a step that makes something. While its name belongs to something that is being deleted, waits.
    private func create(
        _ what: String, whileDeleting code: AzureErrorCode, _ step: @escaping @Sendable () async throws -> Void
    ) async throws {
        do {
            return try await uninterrupted(step)
        } catch code {
            console.print(
                "\(what) is still being deleted; waiting up to \(SampleTime.format(deletionTimeout)) for its name...")
        }
        let options = WaitOptions(timeout: deletionTimeout, pollInterval: .seconds(2))
        try await options.wait(for: "the deletion of \(what)") {
            do {
                return .done(try await uninterrupted(step))
            } catch code {
                return .pending
            }
        }
    }
}

/// The machines and the system that the samples are meant for.
public enum NodeSize {
    /// The publisher of the image.
    public static let publisher = "canonical"
    /// The offer of the image: Ubuntu 24.04.
    public static let offer = "ubuntu-24_04-lts"
    /// What the SKU of the image begins with.
    public static let skuPrefix = "server"
    /// Two processors of the x86-64 kind, 8 GiB of memory.
    public static let vmSize = "standard_d2s_v3"
}
