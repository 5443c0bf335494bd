import AzureCore
import BatchModels
import BatchService
import BlobStorage
import Foundation
import SampleSupport

/// One run: pool, job, tasks, and what has become of them.
struct PrimeRun: Sendable {
    let plan: PrimePlan
    let session: SampleSession

    private var batch: SampleBatch { session.batch }
    private var console: Console { session.console }
    private var names: SampleNames { plan.names }

    func steps() async throws {
        try await session.storage.prepareContainer(plan.container)
        try await batch.preparePool(names.pool, nodes: plan.nodes, slots: plan.slots)
        try await batch.createJob(
            BatchJobCreateOptions(
                id: names.job, poolInfo: BatchPoolInfo(poolID: names.pool), usesTaskDependencies: true))
        let tasks = try tasks()
        try await batch.create(tasks, inJob: names.job)
        console.print(
            "Waiting for \(tasks.count) tasks on \(plan.nodes) nodes, timeout in \(SampleTime.format(plan.timeout))...")
        let time = try await batch.followTasks(
            ofJob: names.job, timeout: plan.timeout, pollInterval: session.timing.pollInterval)
        console.print("  All \(tasks.count) tasks are done in \(SampleTime.seconds(time)).")
        try await sayWhoDidIt()
        try await session.storage.download([PrimePlan.result], from: plan.container, to: plan.outputDirectory)
        try await printResult()
    }

    private func tasks() throws -> [BatchTaskCreateOptions] {
        let container = session.accounts.storage.container(plan.container)
        let end = session.timing.signatureExpiry()
        return PrimeTasks(
            plan: plan,
            writing: try container.signedURLForWriting(until: end).absoluteString,
            reading: try container.signedURLForReading(until: end).absoluteString
        ).all
    }

    /// Says how many nodes did the work, and how much of it was done twice. Only what is needed is asked of each task.
    private func sayWhoDidIt() async throws {
        var nodes: Set<String> = []
        var retried = 0
        let tasks = batch.client.tasks.list(
            inJob: names.job, options: .init(select: ["id", "nodeInfo", "executionInfo"]))
        for try await task in tasks {
            if let node = task.nodeInfo?.nodeID { nodes.insert(node) }
            if let retries = task.executionInfo?.retryCount, retries > 0 { retried += 1 }
        }
        var logs = 0
        let blobs = session.accounts.storage.container(plan.container).listBlobs(prefix: "failed/")
        for try await blob in blobs where blob.name.hasSuffix("/stderr.txt") { logs += 1 }
        console.print(
            "  Nodes that took part: \(nodes.count). Tasks that were tried again: \(retried); errors that failed tries "
                + "left in [failed/]: \(logs).")
    }

    private func printResult() async throws {
        let path = "\(plan.outputDirectory)/\(PrimePlan.result)"
        console.write(String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self))
    }
}

extension PrimePlan: SamplePlan {
    func run(in session: SampleSession) async throws {
        try await PrimeRun(plan: self, session: session).steps()
    }
}
