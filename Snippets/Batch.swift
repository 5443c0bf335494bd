import BatchService

// MARK: Docs/Batch.md

public func render(frames: Int, with batch: BatchClient) async throws {
    // snippet.batch-bulk
    let tasks = (0..<frames).lazy.map { number in
        BatchTaskCreateOptions(id: "task-\(number)", commandLine: ShellCommand.linux(["./render --frame \(number)"]))
    }
    try await batch.tasks.create(tasks, inJob: "job", options: .init(keepsResults: false))
    // snippet.end
}

public func createFollowed(_ tasks: [BatchTaskCreateOptions], with batch: BatchClient) async throws {
    // snippet.batch-bulk-progress
    try await batch.tasks.create(
        tasks, inJob: "job",
        following: { progress in
            for await step in progress { print("\(step.created) of \(step.taken)") }
        })
    // snippet.end
}

public func waitForTasks(of batch: BatchClient) async throws -> BatchTaskProgress {
    // snippet.batch-waiting
    let progress = try await batch.jobs.waitUntilTasksCompleted("job") { looks in
        for await look in looks { print("\(look.completed) of \(look.total)") }
    }
    for failure in try await batch.tasks.failures(inJob: "job") { print(failure) }
    // snippet.end
    return progress
}

public func poolWithStartTask(_ machine: VirtualMachineConfiguration) -> BatchPoolCreateOptions {
    // snippet.batch-start-task
    let pool = BatchPoolCreateOptions(
        id: "pool", vmSize: "standard_d2s_v3", virtualMachineConfiguration: machine, targetDedicatedNodes: 2,
        startTask: .linux(["apt-get update", "apt-get install -y ffmpeg"], as: .poolAdmin))
    // snippet.end
    return pool
}

public func waitForNodes(of batch: BatchClient) async throws -> BatchStartTaskFailure? {
    // snippet.batch-start-task-failure
    do {
        try await batch.pools.waitUntilNodesReady("pool")
    } catch let error as AzureError {
        print(error)  // … 'node-1': exit code 100, …; its stderr.txt ends with: E: Unable to locate package ffmpeg
        if let failure = error.underlying as? BatchStartTaskFailure {
            print(failure.standardError ?? "")
            // snippet.hide
            return failure
            // snippet.show
        }
    }
    // snippet.end
    return nil
}

public func followOutput(of batch: BatchClient) async throws {
    // snippet.batch-tail
    for try await piece in batch.files.tail("stdout.txt", ofTask: "task-1", inJob: "job") {
        print(String(decoding: piece, as: UTF8.self), terminator: "")
    }
    // snippet.end
}

public func createAndDelete(with batch: BatchClient) async throws -> Bool {
    // snippet.batch-if-exists
    let isNew = try await batch.jobs.createIfNotExists(.init(id: "job", poolInfo: .init(poolID: "pool")))
    try await batch.jobs.deleteIfExists("job")
    // snippet.end
    return isNew
}

public func jobWithPreparation() -> BatchJobCreateOptions {
    // snippet.batch-preparation
    let job = BatchJobCreateOptions(
        id: "job", poolInfo: BatchPoolInfo(poolID: "pool"),
        jobPreparationTask: .linux(["apt-get update", "apt-get install -y ffmpeg"], as: .poolAdmin),
        jobReleaseTask: .linux(["rm -rf $AZ_BATCH_NODE_SHARED_DIR/cache"]))
    // snippet.end
    return job
}

public func settings(of vmExtension: VMExtension) -> (BatchJSONValue, command: String?) {
    // snippet.batch-settings
    let settings: BatchJSONValue = ["commandToExecute": "sh install.sh", "retries": 3]
    let command = vmExtension.settings?.parsed["commandToExecute"]?.string
    // snippet.end
    return (settings, command)
}
