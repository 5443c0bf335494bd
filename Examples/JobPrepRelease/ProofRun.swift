import AzureCore
import BatchModels
import BatchService
import BlobStorage
import SampleSupport

/// One run: the job from its preparation to its release.
struct ProofRun: Sendable {
    let plan: ProofPlan
    let session: SampleSession

    private var storage: SampleStorage { session.storage }
    private var batch: SampleBatch { session.batch }
    private var console: Console { session.console }
    private var names: SampleNames { plan.names }

    func steps() async throws {
        for container in names.containers { try await storage.prepareContainer(container) }
        for file in plan.words { try await storage.upload(file, to: plan.wordContainer) }
        for file in plan.texts { try await storage.upload(file, to: plan.textContainer) }
        try await batch.preparePool(names.pool, nodes: plan.nodes)
        let tasks = ProofTasks(plan: plan, storage: storage)
        try await batch.createJob(tasks.job())
        try await batch.create(tasks.all(), inJob: names.job)
        let reason = try await waitForJob()
        try await printTasks()
        try await NodeReport(plan: plan, session: session).print()
        try await refuseDamage(endedBecause: reason)
        console.print("Unknown words, and in how many texts each is:")
        console.write(try await output(of: ProofTasks.summary))
    }

    /// Has the job end with its tasks, and waits for that. It has ended when all nodes are released.
    ///
    /// - Returns: Why it has ended, in the words of the service.
    private func waitForJob() async throws -> String? {
        try await SampleFailure.during("Waiting for job [\(names.job)]") {
            // Not earlier: a job without tasks would end at once.
            do {
                try await batch.client.jobs.update(
                    names.job, with: BatchJobUpdateOptions(allTasksCompleteMode: .terminateJob))
            } catch AzureErrorCode.jobCompleted {
                // A task has ended the job already.
            }
            console.print("Waiting for the job to end, timeout in \(SampleTime.format(plan.timeout))...")
            let job = try await batch.client.jobs.waitUntilTerminated(
                names.job, options: WaitOptions(timeout: plan.timeout, pollInterval: session.timing.pollInterval))
            let reason = job.executionInfo?.terminationReason
            console.print("  Job [\(names.job)] has ended: \(reason ?? "no reason was given").")
            return reason
        }
    }

    /// Prints what has become of each text.
    private func printTasks() async throws {
        for index in plan.texts.indices {
            let id = ProofTasks.id(ofText: index)
            let task = try await batch.client.tasks.get(id, inJob: names.job)
            let end =
                switch task.executionInfo?.exitCode {
                case 0: "all words are known"
                case ProofTasks.unknownWords:
                    "unknown: " + (try await output(of: id)).split(separator: "\n").joined(separator: ", ")
                case ProofTasks.damagedText: "no text"
                case let code?: "exit code \(code)"
                case nil: "not looked at"
                }
            console.print("  [\(id)] \(plan.texts[index].name): \(end)")
        }
    }

    private func output(of task: String) async throws -> String {
        try await SampleFailure.during("Reading the output of task [\(task)]") {
            let bytes = try await batch.client.files.readTaskFile("stdout.txt", ofTask: task, inJob: names.job)
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Throws when a task has ended the job before the others, saying which and why.
    private func refuseDamage(endedBecause reason: String?) async throws {
        let failures = try await batch.client.tasks.failures(inJob: names.job)
            .filter { $0.exitCode != ProofTasks.unknownWords && $0.failureInfo?.code != "TaskEnded" }
            .sorted { $0.taskID < $1.taskID }
        guard let failure = failures.first(where: { $0.exitCode == ProofTasks.damagedText }) ?? failures.first else {
            guard reason == "AllTasksComplete" else {
                throw SampleFailure(
                    "Job [\(names.job)] has ended before its tasks: \(reason ?? "no reason was given").")
            }
            return
        }
        throw SampleFailure(
            "Task [\(failure.taskID)] has ended job [\(names.job)] before its time.", output: failure.description)
    }
}

extension ProofPlan: SamplePlan {
    func run(in session: SampleSession) async throws {
        try await ProofRun(plan: self, session: session).steps()
    }
}
