import AzureCore
public import BatchModels
import BatchService
import Foundation

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
    ///   - pool: The pool that it runs on.
    ///   - timeout: How long to wait at most.
    ///   - pollInterval: The pause between two looks.
    /// - Throws: A ``SampleFailure``; when a start task failed, with what it wrote as errors.
    public func waitForTasks(
        ofJob job: String, onPool pool: String, timeout: Duration, pollInterval: Duration
    ) async throws {
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
        } catch AzureErrorCode.deadlineExceeded {
            console.print()
            throw SampleFailure(
                "Some tasks did not reach the 'Completed' state within \(SampleTime.format(timeout)). "
                    + "Give them more time with --timeout, or look at their nodes.")
        } catch {
            console.print()
            let output = await startTaskErrors(inPool: pool)
            throw SampleFailure(
                "Waiting for the tasks of job [\(job)] failed: \(SampleFailure.summary(of: error))", output: output)
        }
    }

    /// What start tasks that failed wrote as errors; nil if there is none.
    private func startTaskErrors(inPool pool: String) async -> String? {
        var texts: [String] = []
        do {
            let nodes = client.nodes.list(
                inPool: pool,
                options: .init(filter: "state eq 'starttaskfailed'", select: ["id", "state"]))
            for try await node in nodes {
                let text = try await end(of: "startup/stderr.txt", onNode: node.id, inPool: pool)
                texts.append("stderr.txt of the start task on node [\(node.id)]:\n\(text)")
            }
        } catch {
            // The failure itself is reported; that its details cannot be had is no news beside it.
        }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }

    private func end(of path: String, onNode node: String, inPool pool: String) async throws -> String {
        let limit: Int64 = 4096
        let size = try await client.files.getNodeFileProperties(path, onNode: node, inPool: pool).contentLength ?? 0
        guard size > 0 else { return "" }
        let file = try await client.files.downloadNodeFile(
            path, onNode: node, inPool: pool,
            options: .init(range: .bytes(max(0, size - limit)..<size)))
        return String(decoding: try await file.collect(upTo: Int(limit)), as: UTF8.self)
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
