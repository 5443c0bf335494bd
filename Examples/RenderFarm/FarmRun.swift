import AzureCore
import BatchModels
import BatchService
import BlobStorage
import Foundation
import SampleSupport

/// One run of the farm.
struct FarmRun: Sendable {
    let plan: FarmPlan
    let storage: SampleStorage
    let batch: SampleBatch
    let accounts: SampleAccounts
    let console: Console
    let timing: SampleTiming

    init(plan: FarmPlan, accounts: SampleAccounts, console: Console, timing: SampleTiming) {
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
        for container in plan.names.containers { try await storage.prepareContainer(container) }
        try await storage.upload(plan.program.file, to: plan.names.program)
        try await batch.preparePool(
            plan.names.pool, nodes: plan.nodes, slots: plan.slots, program: plan.program,
            from: storage.readURL(of: plan.program.name, in: plan.names.program))
        try await batch.createJob(plan.names.job, onPool: plan.names.pool, usesTaskDependencies: true)
        try await batch.create(tasks(), inJob: plan.names.job)
        try await wait()
        try await fetchResults()
    }

    private func tasks() throws -> [BatchTaskCreateOptions] {
        let container = accounts.storage.container(plan.names.frames)
        let end = timing.signatureExpiry()
        return FarmTasks(
            plan: plan,
            writing: try container.signedURL(permissions: [.write], expiresOn: end).absoluteString,
            reading: try container.signedURL(permissions: [.read, .write], expiresOn: end).absoluteString
        ).all
    }

    /// Waits for all tasks, and shows how many are done.
    ///
    /// A film that waits for a frame that has failed for good would wait for ever. The client notices that.
    private func wait() async throws {
        console.print(
            "Rendering \(plan.frames) frames on \(plan.nodes) nodes, \(plan.slots) at once on each, timeout in "
                + "\(SampleTime.format(plan.timeout))...")
        let start = console.time.uptime()
        do {
            try await batch.client.jobs.waitUntilTasksCompleted(
                plan.names.job, options: WaitOptions(timeout: plan.timeout, pollInterval: timing.pollInterval)
            ) { [console] looks in
                await console.show(
                    looks.map { ProgressState($0, after: console.time.uptime() - start) })
            }
        } catch AzureErrorCode.waitingInVain {
            try await batch.refuseFailures(inJob: plan.names.job)
            throw SampleFailure("The film waits for frames that will never be done.")
        } catch let error as CancellationError {
            throw error
        } catch {
            let failure = (error as? AzureError)?.underlying as? BatchStartTaskFailure
            throw SampleFailure(
                "Rendering failed: \(SampleFailure.summary(of: error))", output: failure?.description)
        }
        try await batch.refuseFailures(inJob: plan.names.job)
        console.print("  All \(plan.frames) frames are rendered in \(Self.seconds(console.time.uptime() - start)) s.")
    }

    private func fetchResults() async throws {
        try await SampleFailure.during("Downloading the film") {
            try FileManager.default.createDirectory(
                atPath: plan.outputDirectory, withIntermediateDirectories: true)
            for name in FarmPlan.results {
                let path = "\(plan.outputDirectory)/\(name)"
                try await storage.service.container(plan.names.frames).blob(name).download(to: path)
                console.print("  Downloaded blob [\(name)] to \(path)")
            }
        }
    }

    /// A span of time with one decimal.
    private static func seconds(_ duration: Duration) -> String {
        let tenths = duration / .milliseconds(100)
        return "\(Int64(tenths) / 10).\(Int64(tenths) % 10)"
    }
}

extension ProgressState {
    /// How far the tasks of a job are.
    ///
    /// - Parameters:
    ///   - tasks: The number in each state.
    ///   - time: The time since they were created.
    init(_ tasks: BatchTaskProgress, after time: Duration) {
        let seconds = max(0.001, time / .seconds(1))
        let rate = Double(tasks.completed) / seconds
        let left = tasks.total - tasks.completed
        self.init(
            label: tasks.failed > 0 ? "\(tasks.running) running, \(tasks.failed) failed" : "\(tasks.running) running",
            bytes: Int64(tasks.completed), total: Int64(tasks.total), rate: rate,
            timeLeft: tasks.completed > 0 ? .seconds(Double(left) / rate) : nil, unit: .items("tasks"))
    }
}
