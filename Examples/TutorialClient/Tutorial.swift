import AzureCore
import BatchModels
import Foundation
import SampleSupport

/// One run of the tutorial, from the containers to the questions at the end.
struct Tutorial: Sendable {
    let plan: TutorialPlan
    let session: SampleSession

    var storage: SampleStorage { session.storage }
    var batch: SampleBatch { session.batch }
    var console: Console { session.console }
    var timing: SampleTiming { session.timing }

    /// Runs it, and cleans up whatever happens.
    ///
    /// - Returns: The exit code; if it is not 0, the console says why.
    func run(_ signals: Signals) async -> Int32 {
        let start = timing.now()
        console.print("Sample start: \(SampleTime.format(start))")
        console.print()
        let run = session.run(cleaningUpWith: plan.names.cleanupCommand)
        return await run.run(signals, steps: steps) { interruption in
            var succeeded = await removeContainers()
            let end = timing.now()
            console.print()
            console.print("Sample end: \(SampleTime.format(end))")
            console.print("Elapsed time: \(SampleTime.format(.seconds(Int64(end.timeIntervalSince(start)))))")
            console.print()
            succeeded = await removeJobAndPool(interruption) && succeeded
            if plan.asks, interruption.signal == nil {
                console.print()
                try? await interruption.cancelling { [console] in await console.pause("Press ENTER to exit...") }
            }
            return succeeded
        }
    }

    private func steps() async throws {
        try await session.accounts.check()
        try await upload()
        let programURL = try storage.readURL(of: plan.program.name, in: plan.names.applicationContainer)
        try await batch.preparePool(plan.names.pool, nodes: plan.nodes, program: plan.program, from: programURL)
        try await batch.createJob(
            BatchJobCreateOptions(id: plan.names.job, poolInfo: BatchPoolInfo(poolID: plan.names.pool)))
        try await batch.create(tasks(), inJob: plan.names.job)
        try await batch.waitForTasks(ofJob: plan.names.job, timeout: plan.timeout, pollInterval: timing.pollInterval)
        // Tasks that failed do not keep the results of the others from their owner.
        try await storage.downloadAll(from: plan.names.outputContainer, to: plan.outputDirectory)
        try await batch.refuseFailures(inJob: plan.names.job)
    }

    private func upload() async throws {
        for container in plan.names.containers {
            try await storage.prepareContainer(container)
        }
        try await storage.claim(plan.inputs.map(TutorialPlan.outputName), in: plan.names.outputContainer)
        try await storage.upload(plan.program.file, to: plan.names.applicationContainer)
        for input in plan.inputs { try await storage.upload(input, to: plan.names.inputContainer) }
    }

    /// One task for each text. It gets the text as a resource file, and a signature that can only write results.
    private func tasks() throws -> [BatchTaskCreateOptions] {
        let token = try storage.writeToken(for: plan.names.outputContainer)
        return try plan.inputs.enumerated().map { index, input in
            BatchTaskCreateOptions(
                id: "topNtask\(index)",
                commandLine: plan.program.command([
                    "--filepath", input.name, "--numwords", String(plan.numwords),
                    "--storageaccount", session.accounts.storageAddress, "--storagecontainer",
                    plan.names.outputContainer,
                    "--sastoken", token,
                ]),
                resourceFiles: [
                    .url(try storage.readURL(of: input.name, in: plan.names.inputContainer), to: input.name)
                ])
        }
    }
}
