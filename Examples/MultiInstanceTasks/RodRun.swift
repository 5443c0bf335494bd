import AzureCore
import BatchModels
import BatchService
import BlobStorage
import Foundation
import SampleSupport

/// One run: a pool whose nodes talk to each other, and a task that needs all of them at once.
struct RodRun: Sendable {
    let plan: RodPlan
    let session: SampleSession

    private var storage: SampleStorage { session.storage }
    private var batch: SampleBatch { session.batch }
    private var console: Console { session.console }
    private var names: SampleNames { plan.names }

    func steps() async throws {
        for container in names.containers { try await storage.prepareContainer(container) }
        try await storage.upload(plan.program.file, to: plan.programContainer)
        try await batch.preparePool(
            names.pool, nodes: plan.instances, program: plan.program,
            from: storage.readURL(of: plan.program.name, in: plan.programContainer), communicates: true)
        try await batch.createJob(BatchJobCreateOptions(id: names.job, poolInfo: BatchPoolInfo(poolID: names.pool)))
        try await batch.create([task()], inJob: names.job)
        console.print(
            "Computing \(plan.steps) steps on \(plan.instances) nodes at a time, timeout in "
                + "\(SampleTime.format(plan.timeout))...")
        let time = try await batch.followTasks(
            ofJob: names.job, timeout: plan.timeout, pollInterval: session.timing.pollInterval)
        console.print("  Done in \(SampleTime.seconds(time)).")
        try await printParts()
        try await storage.download([RodPlan.result], from: plan.rodContainer, to: plan.outputDirectory)
    }

    /// The task. Its coordination command runs on all nodes first, and leaves the program for a piece running there; its
    /// own command runs on one of them, when all are coordinated, and leads.
    private func task() throws -> BatchTaskCreateOptions {
        let container = storage.service.container(plan.rodContainer)
        let end = session.timing.signatureExpiry()
        let meeting = try container.blob("meeting").signedURL(permissions: [.read, .write], expiresOn: end)
        return BatchTaskCreateOptions(
            id: RodPlan.task,
            commandLine: plan.program.command([
                "lead", "--pieces", String(plan.instances), "--cells", String(plan.cells), "--steps",
                String(plan.steps), "--patience", String(plan.patience), "--output", RodPlan.result,
            ]),
            outputFiles: [
                try .upload(
                    RodPlan.result, to: container, path: RodPlan.result, when: .taskSuccess, writableUntil: end)
            ],
            environmentSettings: .variables(["MEETING_URL": meeting.absoluteString]),
            multiInstanceSettings: MultiInstanceSettings(
                coordinationCommandLine: plan.program.backgroundCommand(
                    ["piece", "--patience", String(plan.patience)], log: "piece.log"),
                numberOfInstances: plan.instances))
    }

    /// Prints who took part: the primary task, which is the task itself, and the subtasks on the other nodes.
    private func printParts() async throws {
        let task = try await batch.client.tasks.get(RodPlan.task, inJob: names.job)
        console.print(
            "  Primary task on node [\(task.nodeInfo?.nodeID ?? "unknown")]: "
                + "exit code \(Self.text(task.executionInfo?.exitCode))")
        for try await subtask in batch.client.tasks.listSubtasks(ofTask: RodPlan.task, inJob: names.job) {
            console.print(
                "  Subtask \(subtask.id) on node [\(subtask.nodeInfo?.nodeID ?? "unknown")]: "
                    + "\(subtask.state?.rawValue ?? "unknown"), exit code \(Self.text(subtask.exitCode))")
        }
        let output = try await batch.client.files.readTaskFile("stdout.txt", ofTask: RodPlan.task, inJob: names.job)
        console.write(String(decoding: output, as: UTF8.self))
    }

    private static func text(_ exitCode: Int?) -> String {
        exitCode.map(String.init) ?? "unknown"
    }
}

extension RodPlan: SamplePlan {
    func run(in session: SampleSession) async throws {
        try await RodRun(plan: self, session: session).steps()
    }
}
