import AzureCore
import BatchModels
import BatchService
import Foundation
import SampleSupport

/// What was done on each node before and after the tasks of a job.
struct NodeReport: Sendable {
    let plan: ProofPlan
    let session: SampleSession

    /// Prints a line for each node that had tasks of the job, with what its preparation and release task wrote.
    ///
    /// A node without tasks of the job is neither prepared nor released, and is not in the list.
    func print() async throws {
        session.console.print("Nodes that were prepared and released:")
        try await SampleFailure.during("Listing the nodes of job [\(plan.names.job)]") {
            let nodes = session.batch.client.jobs.listPreparationAndReleaseTaskStatus(ofJob: plan.names.job)
            for try await node in nodes { try await print(node) }
        }
    }

    private func print(_ node: BatchJobPreparationAndReleaseTaskStatus) async throws {
        let preparation = node.jobPreparationTaskExecutionInfo
        let release = node.jobReleaseTaskExecutionInfo
        let before = try await Self.text(
            preparation?.state?.rawValue, preparation?.exitCode, output(preparation?.taskRootDirectory, on: node))
        let after = try await Self.text(
            release?.state?.rawValue, release?.exitCode, output(release?.taskRootDirectory, on: node))
        session.console.print("  [\(node.nodeID)] preparation \(before); release \(after)")
    }

    private static func text(_ state: String?, _ exitCode: Int?, _ output: String?) -> String {
        guard let state else { return "has not run" }
        let parts = [state, exitCode.map { "exit code \($0)" }, output].compactMap { $0 }
        return parts.joined(separator: ", ")
    }

    /// What a task has written, from the directory that it had on the node.
    private func output(
        _ directory: String?, on node: BatchJobPreparationAndReleaseTaskStatus
    ) async throws -> String? {
        guard let directory else { return nil }
        let bytes: Data
        do {
            bytes = try await session.batch.client.files.readNodeFile(
                "\(directory)/stdout.txt", onNode: node.nodeID, inPool: node.poolID)
        } catch AzureErrorCode.notFound {
            // The node may have gone, with its files.
            return nil
        }
        let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n").joined(separator: " ")
        return text.isEmpty ? nil : "'\(text)'"
    }
}
