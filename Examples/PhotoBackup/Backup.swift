import AzureCore
import BlobStorage
import SampleSupport

/// The way of a directory into a container.
struct Backup: Sendable {
    /// The directory, absolute.
    let directory: String
    let container: BlobContainerClient
    let plan: TreePlan
    let console: Console

    /// Sends what is new or has changed: in its size, or in the time of its last change.
    func run() async throws -> TreeTransferReport {
        let isThere = try await prepareContainer()
        console.print("Backing up \(directory) to container [\(container.name)]...")
        var options = TreeTransferOptions(
            exclude: PhotoFile.rubbish, overwrite: .ifDifferent, isDryRun: plan.isDryRun,
            keepsModificationTimes: true, journals: plan.journals, deletesExtra: plan.deletesExtra,
            beforeEach: { PhotoFile.describe(&$0) })
        if !isThere {
            // A container that a dry run does not make has nothing to compare with.
            options.overwrite = .never
            options.deletesExtra = false
        }
        return try await SampleFailure.during("Backing up \(directory)") {
            try await container.uploadDirectory(
                directory, prefix: plan.prefix,
                upload: BlobUploadOptions(transfer: BlobTransferOptions(bandwidth: plan.bandwidth)),
                options: options, following: console.showingTree)
        }
    }

    /// Creates the container, except for a dry run.
    ///
    /// - Returns: Whether it is there.
    private func prepareContainer() async throws -> Bool {
        try await SampleFailure.during("Creating container [\(container.name)]") {
            guard !plan.isDryRun else { return try await container.exists() }
            try await container.createIfNotExists(options: .init(metadata: SampleStorage.mark))
            return true
        }
    }
}

/// The way back.
struct Restoration: Sendable {
    /// The directory, absolute; it is made if needed.
    let directory: String
    let container: BlobContainerClient
    /// Whether files that differ are replaced, too.
    let replaces: Bool
    let plan: TreePlan
    let console: Console

    /// Fetches what is missing.
    func run() async throws -> TreeTransferReport {
        guard try await container.exists() else {
            throw SampleFailure("There is no backup in container [\(container.name)]: it does not exist.")
        }
        console.print("Restoring container [\(container.name)] to \(directory)...")
        return try await SampleFailure.during("Restoring to \(directory)") {
            try await container.downloadContainer(
                to: directory, prefix: plan.prefix,
                download: BlobDownloadOptions(transfer: BlobTransferOptions(bandwidth: plan.bandwidth)),
                options: TreeTransferOptions(
                    exclude: PhotoFile.rubbish, overwrite: replaces ? .ifDifferent : .never, isDryRun: plan.isDryRun,
                    keepsModificationTimes: true, journals: plan.journals, deletesExtra: plan.deletesExtra),
                following: console.showingTree)
        }
    }
}
