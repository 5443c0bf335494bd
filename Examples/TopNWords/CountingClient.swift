import AzureCore
import BatchModels
import BatchService
import Foundation
import SampleSupport

/// One run of the client.
struct CountingClient: Sendable {
    let plan: CountingPlan
    let session: SampleSession

    private var storage: SampleStorage { session.storage }
    private var batch: SampleBatch { session.batch }
    private var console: Console { session.console }
    private var names: SampleNames { plan.names }

    func steps() async throws {
        for container in names.containers {
            try await storage.prepareContainer(container)
        }
        try await storage.upload(plan.program.file, to: plan.applicationContainer)
        try await storage.upload(plan.book, to: plan.bookContainer)
        try await batch.preparePool(
            names.pool, nodes: plan.nodes, program: plan.program,
            from: storage.readURL(of: plan.program.name, in: plan.applicationContainer))
        try await batch.createJob(BatchJobCreateOptions(id: names.job, poolInfo: BatchPoolInfo(poolID: names.pool)))
        let tasks = try tasks()
        try await batch.create(tasks, inJob: names.job)
        try await batch.waitForTasks(ofJob: names.job, timeout: plan.timeout, pollInterval: session.timing.pollInterval)
        for task in tasks { try await printOutput(of: task.id) }
        try await batch.refuseFailures(inJob: names.job)
    }

    /// Every task counts the same text, which it may read but not change: it gets a signature, never the key.
    private func tasks() throws -> [BatchTaskCreateOptions] {
        try (0..<plan.tasks).map { index in
            let book = try storage.readURL(of: plan.book.name, in: plan.bookContainer)
            return BatchTaskCreateOptions(
                id: "topNtask\(index)",
                commandLine: plan.program.command(["--task", "--book", book, "--numwords", String(plan.numwords)]))
        }
    }

    private func printOutput(of task: String) async throws {
        for file in ["stdout.txt", "stderr.txt"] {
            console.print("\(file) of task [\(task)]:")
            try await SampleFailure.during("Reading \(file) of task [\(task)]") {
                let text = try await batch.client.files.downloadTaskFile(file, ofTask: task, inJob: names.job)
                console.write(String(decoding: try await text.collect(upTo: 1024 * 1024), as: UTF8.self))
            }
        }
    }
}
