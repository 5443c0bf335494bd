import AzureCore
import BatchModels
import BatchService
import Foundation
import SampleSupport

/// One run of the client.
struct CountingClient: Sendable {
    let plan: CountingPlan
    let storage: SampleStorage
    let batch: SampleBatch
    let accounts: SampleAccounts
    let console: Console
    let timing: SampleTiming

    init(plan: CountingPlan, accounts: SampleAccounts, console: Console, timing: SampleTiming) {
        let footprint = Footprint()
        self.plan = plan
        self.accounts = accounts
        self.console = console
        self.timing = timing
        storage = SampleStorage(
            service: accounts.storage, footprint: footprint, console: console,
            signaturesExpireOn: timing.signatureExpiry)
        batch = SampleBatch(client: accounts.batch, footprint: footprint, console: console)
    }

    /// Runs it, and cleans up whatever happens.
    ///
    /// - Returns: The exit code; if it is not 0, the console says why.
    func run(_ signals: Signals) async -> Int32 {
        let run = SampleRun(
            footprint: batch.footprint, console: console,
            cleanupCommand: accounts.endWithProgram ? nil : plan.cleanupCommand)
        return await run.run(signals, removing: storage, batch, steps: steps)
    }

    private func steps() async throws {
        try await accounts.check()
        for container in [plan.applicationContainer, plan.bookContainer] {
            try await storage.prepareContainer(container)
        }
        try await storage.upload(plan.program.file, to: plan.applicationContainer)
        try await storage.upload(plan.book, to: plan.bookContainer)
        try await batch.preparePool(
            plan.pool, nodes: plan.nodes, program: plan.program,
            from: storage.readURL(of: plan.program.name, in: plan.applicationContainer))
        try await batch.createJob(plan.job, onPool: plan.pool)
        let tasks = try tasks()
        try await batch.create(tasks, inJob: plan.job)
        try await batch.waitForTasks(ofJob: plan.job, timeout: plan.timeout, pollInterval: timing.pollInterval)
        for task in tasks { try await printOutput(of: task.id) }
        try await batch.refuseFailures(inJob: plan.job)
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
                let text = try await batch.client.files.downloadTaskFile(file, ofTask: task, inJob: plan.job)
                console.write(String(decoding: try await text.collect(upTo: 1024 * 1024), as: UTF8.self))
            }
        }
    }
}
