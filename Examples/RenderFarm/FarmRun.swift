import AzureCore
import BatchModels
import BlobStorage
import Foundation
import SampleSupport

/// One run of the farm.
struct FarmRun: Sendable {
    let plan: FarmPlan
    let session: SampleSession

    private var storage: SampleStorage { session.storage }
    private var batch: SampleBatch { session.batch }
    private var names: SampleNames { plan.names }

    func steps() async throws {
        for container in names.containers { try await storage.prepareContainer(container) }
        try await storage.upload(plan.program.file, to: plan.programContainer)
        try await batch.preparePool(
            names.pool, nodes: plan.nodes, slots: plan.slots, program: plan.program,
            from: storage.readURL(of: plan.program.name, in: plan.programContainer))
        try await batch.createJob(
            BatchJobCreateOptions(
                id: names.job, poolInfo: BatchPoolInfo(poolID: names.pool), usesTaskDependencies: true))
        try await batch.create(tasks(), inJob: names.job)
        try await wait()
        try await storage.download(FarmPlan.results, from: plan.frameContainer, to: plan.outputDirectory)
    }

    private func tasks() throws -> [BatchTaskCreateOptions] {
        let container = session.accounts.storage.container(plan.frameContainer)
        let end = session.timing.signatureExpiry()
        return FarmTasks(
            plan: plan,
            writing: try container.signedURL(permissions: [.write], expiresOn: end).absoluteString,
            reading: try container.signedURL(permissions: [.read, .write], expiresOn: end).absoluteString
        ).all
    }

    /// Waits for all tasks, and shows how many are done.
    private func wait() async throws {
        session.console.print(
            "Rendering \(plan.frames) frames on \(plan.nodes) nodes, \(plan.slots) at once on each, timeout in "
                + "\(SampleTime.format(plan.timeout))...")
        let time = try await batch.followTasks(
            ofJob: names.job, timeout: plan.timeout, pollInterval: session.timing.pollInterval)
        session.console.print("  All \(plan.frames) frames are rendered in \(SampleTime.seconds(time)).")
    }
}

extension FarmPlan: SamplePlan {
    func run(in session: SampleSession) async throws {
        try await FarmRun(plan: self, session: session).steps()
    }
}
