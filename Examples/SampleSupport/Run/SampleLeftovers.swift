import AzureCore
import BatchModels
import BatchService
import BlobStorage

/// Taking away what an earlier run has left, when all that is known are its names.
///
/// Pools, jobs and containers are deleted when a sample has made them, which their metadata tell; of other containers, only
/// the blobs that a sample has written.
public struct SampleLeftovers: Sendable {
    /// The two accounts.
    public var accounts: SampleAccounts
    /// Where it is said what happens.
    public var console: Console

    /// Creates what takes away the leftovers of runs.
    public init(accounts: SampleAccounts, console: Console) {
        self.accounts = accounts
        self.console = console
    }

    /// Deletes what there is of a run.
    ///
    /// - Parameters:
    ///   - job: The id of the job.
    ///   - pool: The id of the pool.
    ///   - containers: The names of the containers.
    /// - Returns: What could not be deleted, and why.
    public func remove(job: String, pool: String, containers: [String]) async -> [SampleFailure] {
        var failures: [SampleFailure] = []
        var removed = 0
        await SampleFailure.keep(in: &failures, during: "Deleting job [\(job)]") {
            removed += try await remove("job [\(job)]") {
                SampleBatch.isMarked(try await accounts.batch.jobs.get(job).metadata)
            } by: {
                try await accounts.batch.jobs.deleteIfExists(job)
            }
        }
        await SampleFailure.keep(in: &failures, during: "Deleting pool [\(pool)]") {
            removed += try await remove("pool [\(pool)]") {
                SampleBatch.isMarked(try await accounts.batch.pools.get(pool).metadata)
            } by: {
                try await accounts.batch.pools.deleteIfExists(pool)
            }
        }
        for container in containers {
            await SampleFailure.keep(in: &failures, during: "Deleting container [\(container)]") {
                removed += try await remove(accounts.storage.container(container))
            }
        }
        if removed == 0, failures.isEmpty { console.print("Nothing is left.") }
        return failures
    }

    /// Deletes a job or a pool of a sample.
    ///
    /// - Returns: How much was deleted.
    private func remove(
        _ what: String, if isOurs: () async throws -> Bool, by delete: () async throws -> Bool
    ) async throws -> Int {
        do {
            guard try await isOurs() else {
                console.print("The \(what) was not made by an example, and stays.")
                return 0
            }
        } catch AzureErrorCode.notFound {
            return 0
        }
        return try await delete() ? say("Deleting \(what)...") : 0
    }

    /// Deletes a container of a sample, or the blobs of samples in another.
    ///
    /// - Returns: How much was deleted.
    private func remove(_ container: BlobContainerClient) async throws -> Int {
        do {
            let metadata = try await container.properties().metadata
            guard !SampleStorage.isMarked(metadata) else {
                try await container.deleteIfExists()
                return say("Deleting container [\(container.name)]...")
            }
        } catch AzureErrorCode.notFound {
            return 0
        } catch AzureErrorCode.beingDeleted {
            return 0
        }
        var removed = 0
        for try await blob in container.listBlobs(options: .init(include: .metadata))
        where SampleStorage.isMarked(blob.properties.metadata) {
            try await container.blob(blob.name).deleteIfExists()
            removed += say("Deleting blob [\(blob.name)] from container [\(container.name)]...")
        }
        return removed
    }

    private func say(_ line: String) -> Int {
        console.print(line)
        return 1
    }
}

extension SampleLeftovers {
    /// Deletes what there is of a run in the accounts that the environment names.
    ///
    /// - Returns: The exit code; if it is not 0, the console says why.
    public static func remove(
        console: Console, environment: [String: String], timing: SampleTiming = SampleTiming(), job: String,
        pool: String, containers: [String]
    ) async -> Int32 {
        do {
            guard case .azure(let storage, let batch) = try AccountSettings(environment: environment) else {
                throw SampleFailure(
                    "The environment names no accounts to clean up. What a run had made in an emulator of its own is gone "
                        + "with it.")
            }
            let accounts = try SampleAccounts(storage: storage, batch: batch, pipeline: timing.pipeline)
            try await accounts.check()
            let failures = await SampleLeftovers(accounts: accounts, console: console)
                .remove(job: job, pool: pool, containers: containers)
            failures.forEach(console.report)
            return failures.isEmpty ? 0 : 1
        } catch {
            console.report(error)
            return 1
        }
    }
}
