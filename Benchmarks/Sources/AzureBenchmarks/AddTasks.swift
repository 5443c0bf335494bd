import ArgumentParser
import AzureAuth
import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import HTTPTypes

/// Adds tasks from a lazy sequence to a new job and checks that each is there once.
struct AddTasks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Adds tasks to a job, and checks that none got lost.")

    @Option(help: "The URL of the Batch account.")
    var endpoint: String

    @Option(help: "The name of the Batch account.")
    var account: String

    @Option(help: "The key of the Batch account.")
    var key: String

    @Option(help: "How many tasks.")
    var count = 100_000

    @Option(help: "Of 100 requests, how many go wrong: half are answered with 503, half lose their answer.")
    var faultPercent = 0

    func run() async throws {
        let transport = FaultTransport(DefaultTransport.shared) { [faultPercent] number, request in
            // Numbers that are spread evenly, so that faults do not come in rows.
            guard request.method == .post, number * 61 % 100 < faultPercent else { return .none }
            return number % 2 == 0 ? .status(503, headers: ["Retry-After": "0"]) : .loseAnswer
        }
        let batch = try BatchClient(
            endpoint: endpoint,
            credential: .sharedKey(BatchSharedKey(accountName: account, key: key)),
            options: BatchClientOptions(pipeline: PipelineOptions(transport: transport)))
        let job = "benchmark-\(UUID().uuidString)"
        try await createJob(job, batch)

        let memoryBefore = Usage.peakMemory
        let processorBefore = Usage.processorTime
        let faultsBefore = transport.faultCount
        let start = ContinuousClock.now
        let summary = try await batch.tasks.create(
            (0..<count).lazy.map { BatchTaskCreateOptions(id: "task-\($0)", commandLine: "/bin/true \($0)") },
            inJob: job, options: BatchTaskSubmissionOptions(keepsResults: false))
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let processor = Usage.processorTime - processorBefore
        let memory = Usage.peakMemory
        let faults = transport.faultCount - faultsBefore

        let (lost, doubled) = try await check(batch, job: job)
        try await batch.jobs.delete(job)
        try await batch.pools.delete(job)
        let result: [String: Double] = [
            "tasks": Double(summary.count), "seconds": seconds, "tasksPerSecond": Double(count) / seconds,
            "processorSeconds": processor, "peakMemoryMB": Double(memory) / 1e6,
            "memoryGrowthMB": Double(memory - memoryBefore) / 1e6, "faults": Double(faults), "lost": Double(lost),
            "doubled": Double(doubled),
        ]
        try Measurement.printResult(result)
        if lost + doubled > 0 || summary.count != count { throw ExitCode.failure }
    }

    /// Creates a job on a pool of the same name that has no nodes, so that its tasks stay where they are.
    private func createJob(_ id: String, _ batch: BatchClient) async throws {
        let image = BatchVmImageReference(publisher: "canonical", offer: "ubuntu-24_04-lts", sku: "server")
        let machine = VirtualMachineConfiguration(imageReference: image, nodeAgentSKUID: "batch.node.ubuntu 24.04")
        try await batch.pools.create(
            BatchPoolCreateOptions(id: id, vmSize: "standard_d2s_v3", virtualMachineConfiguration: machine))
        try await batch.jobs.create(BatchJobCreateOptions(id: id, poolInfo: BatchPoolInfo(poolID: id)))
    }

    /// How many tasks are missing in the job, and how many are there more than once.
    private func check(_ batch: BatchClient, job: String) async throws -> (lost: Int, doubled: Int) {
        var seen = [Bool](repeating: false, count: count)
        var doubled = 0
        for try await task in batch.tasks.list(inJob: job, options: .init(select: ["id"])) {
            guard let number = Int(task.id.dropFirst("task-".count)), seen.indices.contains(number)
            else { throw ValidationError("The job has a task that was not added: '\(task.id)'.") }
            if seen[number] { doubled += 1 }
            seen[number] = true
        }
        return (seen.count { !$0 }, doubled)
    }
}
