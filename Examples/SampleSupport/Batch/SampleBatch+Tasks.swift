import AzureCore
public import BatchModels
import BatchService

extension SampleBatch {
    /// Adds tasks to a job.
    public func create(_ tasks: [BatchTaskCreateOptions], inJob job: String) async throws {
        console.print("Adding \(tasks.count) task\(tasks.count == 1 ? "" : "s") to job [\(job)]...")
        _ = try await SampleFailure.during("Adding tasks to job [\(job)]") {
            try await client.tasks.create(tasks, inJob: job)
        }
    }

    /// Waits for all tasks of a job, with a dot for each look.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - timeout: How long to wait at most.
    ///   - pollInterval: The pause between two looks.
    /// - Throws: A ``SampleFailure``; when a start task failed, with what it wrote as errors.
    public func waitForTasks(ofJob job: String, timeout: Duration, pollInterval: Duration) async throws {
        console.write(
            "Monitoring all tasks for 'Completed' state, timeout in \(SampleTime.format(timeout))...")
        do {
            let options = WaitOptions(timeout: timeout, pollInterval: pollInterval)
            try await client.jobs.waitUntilTasksCompleted(job, options: options) { [console] looks in
                for await _ in looks { console.write(".") }
            }
            console.print()
            console.print(
                "  Success! All tasks reached the 'Completed' state within the specified timeout period.")
        } catch let error as CancellationError {
            console.print()
            throw error
        } catch {
            console.print()
            throw Self.failure(of: error, waitingFor: job, timeout: timeout)
        }
    }

    /// Waits for all tasks of a job, and shows how many are done.
    ///
    /// A task that depends on one that has failed for good would wait for ever. The client notices that.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - timeout: How long to wait at most.
    ///   - pollInterval: The pause between two looks.
    /// - Returns: How long that took.
    /// - Throws: A ``SampleFailure``; when tasks have failed, it names them.
    public func followTasks(ofJob job: String, timeout: Duration, pollInterval: Duration) async throws -> Duration {
        let start = console.time.uptime()
        do {
            let options = WaitOptions(timeout: timeout, pollInterval: pollInterval)
            try await client.jobs.waitUntilTasksCompleted(job, options: options) { [console] looks in
                await console.show(looks.map { ProgressState($0, after: console.time.uptime() - start) })
            }
        } catch AzureErrorCode.waitingInVain {
            try await refuseFailures(inJob: job)
            throw SampleFailure("Tasks of job [\(job)] wait for others that will never be done.")
        } catch let error as CancellationError {
            throw error
        } catch {
            throw Self.failure(of: error, waitingFor: job, timeout: timeout)
        }
        try await refuseFailures(inJob: job)
        return console.time.uptime() - start
    }

    /// Why a wait for the tasks of a job has ended without them.
    private static func failure(
        of error: any Error, waitingFor job: String, timeout: Duration
    ) -> SampleFailure {
        if let error = error as? AzureError, error.code == .deadlineExceeded {
            return SampleFailure(
                "Some tasks did not reach the 'Completed' state within \(SampleTime.format(timeout)). \(error.message) "
                    + "Give them more time with --timeout, or look at their nodes.")
        }
        let failure = (error as? AzureError)?.underlying as? BatchStartTaskFailure
        return SampleFailure(
            "Waiting for the tasks of job [\(job)] failed: \(SampleFailure.summary(of: error))",
            output: failure?.description)
    }

    /// Throws if tasks of a job have failed, saying which and why.
    public func refuseFailures(inJob job: String) async throws {
        let failures = try await SampleFailure.during("Looking for failed tasks of job [\(job)]") {
            try await client.tasks.failures(inJob: job).sorted { $0.taskID < $1.taskID }
        }
        guard !failures.isEmpty else { return }
        let names = failures.map { "[\($0.taskID)]" }.joined(separator: ", ")
        throw SampleFailure(
            "\(failures.count == 1 ? "Task \(names)" : "Tasks \(names)") of job [\(job)] failed.",
            output: failures.map(\.description).joined(separator: "\n"))
    }
}
