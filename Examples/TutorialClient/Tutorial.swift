import AzureCore
import BatchModels
import Foundation
import SampleSupport

/// One run of the tutorial, from the containers to the questions at the end.
struct Tutorial: Sendable {
    let plan: TutorialPlan
    let storage: SampleStorage
    let batch: SampleBatch
    let storageAddress: String
    let console: Console
    let timing: SampleTiming

    init(plan: TutorialPlan, accounts: SampleAccounts, console: Console, timing: SampleTiming) {
        let footprint = Footprint()
        self.plan = plan
        self.console = console
        self.timing = timing
        storage = SampleStorage(
            service: accounts.storage, footprint: footprint, console: console,
            signaturesExpireOn: timing.signatureExpiry)
        batch = SampleBatch(client: accounts.batch, footprint: footprint, console: console)
        storageAddress = accounts.storageAddress
    }

    /// Runs it, and cleans up whatever happens.
    ///
    /// - Returns: Whether all of it succeeded; if not, the console says why.
    func run() async -> Bool {
        let start = timing.now()
        console.print("Sample start: \(SampleTime.format(start))")
        console.print()
        var succeeded = true
        do {
            try await withInterruption { try await steps() }
        } catch {
            succeeded = false
            console.report(error)
        }
        succeeded = await removeContainers() && succeeded
        let end = timing.now()
        console.print()
        console.print("Sample end: \(SampleTime.format(end))")
        console.print("Elapsed time: \(SampleTime.format(.seconds(Int64(end.timeIntervalSince(start)))))")
        console.print()
        succeeded = await removeJobAndPool() && succeeded
        if plan.asks {
            console.print()
            await console.pause("Press ENTER to exit...")
        }
        return succeeded
    }

    private func steps() async throws {
        try await upload()
        let programURL = try storage.readURL(of: plan.program.name, in: plan.applicationContainer)
        try await batch.preparePool(plan.pool, nodes: plan.nodes, program: plan.program, from: programURL)
        try await batch.createJob(plan.job, onPool: plan.pool)
        try await batch.create(tasks(), inJob: plan.job)
        try await batch.waitForTasks(
            ofJob: plan.job, onPool: plan.pool, timeout: plan.timeout, pollInterval: timing.pollInterval)
        // Tasks that failed do not keep the results of the others from their owner.
        try await storage.downloadAll(from: plan.outputContainer, to: plan.outputDirectory)
        try await batch.refuseFailures(inJob: plan.job)
    }

    private func upload() async throws {
        for container in [plan.applicationContainer, plan.inputContainer, plan.outputContainer] {
            try await storage.prepareContainer(container)
        }
        try await storage.claim(plan.inputs.map(TutorialPlan.outputName), in: plan.outputContainer)
        try await storage.upload(plan.program.file, to: plan.applicationContainer)
        for input in plan.inputs { try await storage.upload(input, to: plan.inputContainer) }
    }

    /// One task for each text. It gets the text as a resource file, and a signature that can only write results.
    private func tasks() throws -> [BatchTaskCreateOptions] {
        let token = try storage.writeToken(for: plan.outputContainer)
        return try plan.inputs.enumerated().map { index, input in
            BatchTaskCreateOptions(
                id: "topNtask\(index)",
                commandLine: plan.program.command([
                    "--filepath", input.name, "--numwords", String(plan.numwords),
                    "--storageaccount", storageAddress, "--storagecontainer", plan.outputContainer,
                    "--sastoken", token,
                ]),
                resourceFiles: [.url(try storage.readURL(of: input.name, in: plan.inputContainer), to: input.name)])
        }
    }
}
