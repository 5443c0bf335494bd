import AzureCore
public import BatchModels
import BatchService

extension SampleBatch {
    /// Adds tasks to a job.
    public func create(_ tasks: [BatchTaskCreateOptions], inJob job: String) async throws {
        console.print("Adding \(tasks.count) tasks to job [\(job)]...")
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
        } catch let error as AzureError where error.code == .deadlineExceeded {
            console.print()
            throw SampleFailure(
                "Some tasks did not reach the 'Completed' state within \(SampleTime.format(timeout)). \(error.message) "
                    + "Give them more time with --timeout, or look at their nodes.")
        } catch {
            console.print()
            let failure = (error as? AzureError)?.underlying as? BatchStartTaskFailure
            throw SampleFailure(
                "Waiting for the tasks of job [\(job)] failed: \(SampleFailure.summary(of: error))",
                output: failure?.description)
        }
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
