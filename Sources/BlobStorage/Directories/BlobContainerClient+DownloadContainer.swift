import AzureCore
import Foundation

extension BlobContainerClient {
    /// Downloads blobs into a directory; slashes in their names make subdirectories.
    ///
    /// Names of blobs are not trusted: a name that would lead out of the directory, or share a file with another name
    /// where case is ignored, fails, and nothing is renamed silently. Symbolic links below the directory are not
    /// followed. A file appears under its name only when it is complete.
    ///
    /// - Parameters:
    ///   - directory: The directory, which is created if needed.
    ///   - prefix: The prefix of the names. The default is nothing. The part up to its last slash is left out of the
    ///     paths: with `backup/2026/a` the blob `backup/2026/a/b` becomes the file `a/b`.
    ///   - download: Options of each download.
    ///   - options: What to transfer, when to replace existing files or blobs, and the concurrency.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Returns: What was transferred, skipped, failed, and deleted. Check ``TreeTransferReport/isSuccess``: a failure
    ///   of one blob is not thrown.
    /// - Throws: An ``AzureCore/AzureError``: what the list of the blobs throws, ``AzureCore/AzureErrorCode/fileError``
    ///   when the directory itself cannot be created, ``AzureCore/AzureErrorCode/invalidArgument`` for an invalid
    ///   pattern or option.
    ///
    /// REST operations: List Blobs, a second time where somebody follows; and Get Blob for each.
    public func downloadContainer(
        to directory: String, prefix: String = "", download: BlobDownloadOptions = BlobDownloadOptions(),
        options: TreeTransferOptions = TreeTransferOptions(),
        following: (@Sendable (TreeTransferProgress) async -> Void)? = nil
    ) async throws -> TreeTransferReport {
        try await TreeMeter.followed(by: following, timeSource: connection.timeSource) {
            try await TreeNames.count(
                listTree(prefix, download.call), prefix: prefix, selection: try TreeSelection(options))
        } _: { meter in
            try await downloadContainer(to: directory, prefix: prefix, download, options, meter)
        }
    }

    private func downloadContainer(
        to directory: String, prefix: String, _ download: BlobDownloadOptions, _ options: TreeTransferOptions,
        _ meter: TreeMeter?
    ) async throws -> TreeTransferReport {
        let selection = try TreeSelection(options)
        guard download.range == nil, !download.conditions.asksForVersion else {
            throw AzureError.invalidArgument(
                "A range and conditions about a version mean nothing for a whole container; choose by patterns, and "
                    + "when to replace what is there.")
        }
        if !options.isDryRun { try await LocalFileSystem.makeDirectory(directory) }
        var blobs = listTree(prefix, download.call).makeAsyncIterator()
        var names = TreeNames(prefix: prefix, selection: selection)
        let files = TreeDownload(
            container: self, directory: directory, options: options, download: download,
            journals: try await TreeJournals(options))
        // What is in the container, where extra files are to be found.
        var paths = options.deletesExtra ? Set<String>() : nil
        func next() async throws -> TreeStep<TreeBlob>? {
            while let blob = try await blobs.next() {
                guard let step = names.step(blob) else { continue }
                if case .item(let item) = step { paths?.insert(item.parts.joined(separator: "/").lowercased()) }
                return step
            }
            return nil
        }
        let transfer = TreeTransfer(options: options, meter: meter)
        let report = try await transfer.run(next: next) { item, progress in
            let outcome = try await TreeTransfer.outcome { try await files.transfer(item, progress) }
            return TreeTransferEntry(name: item.blob.name, path: files.path(of: item), size: item.size, outcome)
        }
        guard let paths, report.isSuccess else { return report }
        let (left, beginning) = TreeNames.split(prefix)
        let extra = ExtraFiles(
            directory: directory, left: left, beginning: beginning, selection: selection, paths: paths,
            isDryRun: options.isDryRun)
        return try await extra.delete(transfer, report)
    }
}

/// Downloads the blobs of one tree.
private struct TreeDownload: Sendable {
    let container: BlobContainerClient
    let directory: String
    let options: TreeTransferOptions
    let download: BlobDownloadOptions
    let journals: TreeJournals?

    func path(of item: TreeBlob) -> String {
        directory + "/" + item.parts.joined(separator: "/")
    }

    func transfer(_ item: TreeBlob, _ progress: TransferProgress?) async throws -> TreeItemResult {
        let path = path(of: item)
        guard try await isWanted(item, path) else { return .skipped(.byCaller) }
        let existing = try await BlockingIO.run { try FileStatus(of: path, followsLinks: false) }
        if existing?.kind == .directory {
            throw AzureError(code: .fileError, message: "The directory '\(path)' is in the way of a file.")
        }
        let blob = container.blob(item.blob.name)
        let digest = item.blob.properties.httpHeaders.contentMD5
        let decision = OverwriteDecision(
            options.overwrite, source: state(item.blob.properties), target: existing?.state,
            hasDigest: digest != nil && existing?.kind == .file)
        func skipped(_ reason: SkipReason) async -> TreeItemResult {
            if !options.isDryRun { await journals?.discard(.download, path: path, blob: blob.address) }
            return .skipped(reason)
        }
        switch decision {
        case .skip(let reason): return await skipped(reason)
        case .compareDigests:
            if try await LocalFileSystem.md5(of: path) == digest { return await skipped(.same) }
        case .transfer: break
        }
        guard !options.isDryRun else { return .planned }
        try await get(blob, item, progress)
        return .done
    }

    /// Asks the caller.
    private func isWanted(_ item: TreeBlob, _ path: String) async throws -> Bool {
        guard let beforeEach = options.beforeEach else { return true }
        let properties = item.blob.properties
        var choice = TreeFile(
            name: item.blob.name, path: path, size: item.size, modified: properties.lastModified,
            httpHeaders: properties.httpHeaders, metadata: properties.metadata,
            accessTier: properties.tier.accessTier)
        try await beforeEach(&choice)
        return !choice.isSkipped
    }

    private func state(_ properties: BlobProperties) -> TreeItemState {
        TreeItemState(
            size: properties.contentLength, modified: properties.lastModified,
            time: options.keepsModificationTimes ? FileTime(properties) : nil)
    }

    private func get(_ blob: BlobClient, _ item: TreeBlob, _ progress: TransferProgress?) async throws {
        var download = download
        download.progress = progress
        download.keepsModificationTime = options.keepsModificationTimes
        let options = download
        try options.transfer.check()
        let place: @Sendable () throws -> FilePlace = { [directory] in
            try LocalFileSystem.place(of: item.parts, below: directory)
        }
        if let journals, !options.decompresses, item.size > Int64(options.partSize) {
            let journal = journals.path(.download, path: path(of: item), blob: blob.address)
            _ = try await blob.downloadResumably(
                journal: journal, partial: JournalFile.partialName(of: journal), options, to: place)
            return
        }
        _ = try await withDeadline(
            options.transfer.deadline, for: "The download of '\(item.blob.name)'",
            timeSource: container.connection.timeSource
        ) {
            try await blob.downloadNow(options, to: place)
        }
    }
}
