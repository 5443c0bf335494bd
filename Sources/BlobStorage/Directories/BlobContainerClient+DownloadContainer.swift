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
    /// - Returns: What was transferred, skipped, and failed. Check ``TreeTransferReport/isSuccess``: a failure of one
    ///   blob is not thrown.
    /// - Throws: An ``AzureCore/AzureError``: what the list of the blobs throws, ``AzureCore/AzureErrorCode/fileError``
    ///   when the directory itself cannot be created, ``AzureCore/AzureErrorCode/invalidArgument`` for an invalid
    ///   pattern or option.
    ///
    /// REST operations: List Blobs, and Get Blob for each.
    public func downloadContainer(
        to directory: String, prefix: String = "", download: BlobDownloadOptions = BlobDownloadOptions(),
        options: TreeTransferOptions = TreeTransferOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> TreeTransferReport {
        try await download.followed(by: following) { download in
            try await downloadContainer(to: directory, prefix: prefix, download, options)
        }
    }

    private func downloadContainer(
        to directory: String, prefix: String, _ download: BlobDownloadOptions, _ options: TreeTransferOptions
    ) async throws -> TreeTransferReport {
        let selection = try TreeSelection(options)
        guard download.range == nil, !download.conditions.asksForVersion else {
            throw AzureError.invalidArgument(
                "A range and conditions about a version mean nothing for a whole container; choose by patterns, and "
                    + "when to replace what is there.")
        }
        if !options.isDryRun { try await LocalFileSystem.makeDirectory(directory) }
        // Metadata tells blobs that stand for directories from empty files.
        var blobs = listBlobs(
            prefix: prefix.isEmpty ? nil : prefix, options: BlobListOptions(include: .metadata, call: download.call)
        ).makeAsyncIterator()
        var names = TreeNames(prefix: prefix, selection: selection)
        let files = TreeDownload(container: self, directory: directory, options: options, download: download)
        func next() async throws -> TreeStep<TreeBlob>? {
            while let blob = try await blobs.next() {
                if let step = names.step(blob) { return step }
            }
            return nil
        }
        let meter = TransferMeter(download.progress, total: nil, timeSource: connection.timeSource)
        return try await TreeTransfer(options: options, meter: meter).run(next: next) { item in
            let outcome = try await TreeTransfer.outcome { try await files.transfer(item) }
            return TreeTransferEntry(
                name: item.blob.name, path: files.path(of: item), size: item.blob.properties.contentLength,
                outcome)
        }
    }
}

/// A blob, and the parts of the path that its file gets.
private struct TreeBlob: Sendable {
    let blob: BlobItem
    let parts: [String]
}

/// Which blobs of a list become which files.
private struct TreeNames {
    private let left: Int
    private let selection: TreeSelection
    private var paths = LocalBlobPaths()

    init(prefix: String, selection: TreeSelection) {
        left =
            prefix.utf8.lastIndex(of: UInt8(ascii: "/")).map {
                prefix.utf8.distance(from: prefix.startIndex, to: $0) + 1
            }
            ?? 0
        self.selection = selection
    }

    /// What to do with a blob; nil for one that is not meant.
    mutating func step(_ blob: BlobItem) -> TreeStep<TreeBlob>? {
        let name = String(decoding: blob.name.utf8.dropFirst(left), as: UTF8.self)
        // A marker stands for a directory, which is made when a file needs it.
        let isMarker =
            blob.properties.contentLength == 0
            && (name.isEmpty || name.hasSuffix("/")
                || blob.properties.metadata.contains { $0.key.lowercased() == "hdi_isfolder" && $0.value == "true" })
        guard selection.contains(name) else { return nil }
        func settled(_ outcome: TreeItemResult) -> TreeStep<TreeBlob> {
            .settled(
                TreeTransferEntry(name: blob.name, path: "", size: blob.properties.contentLength, outcome))
        }
        if isMarker { return settled(.skipped(.directory)) }
        do {
            return .item(TreeBlob(blob: blob, parts: try paths.path(of: name)))
        } catch {
            return settled(.failed(error))
        }
    }
}

/// Downloads the blobs of one tree.
private struct TreeDownload: Sendable {
    let container: BlobContainerClient
    let directory: String
    let options: TreeTransferOptions
    let download: BlobDownloadOptions

    func path(of item: TreeBlob) -> String {
        directory + "/" + item.parts.joined(separator: "/")
    }

    func transfer(_ item: TreeBlob) async throws -> TreeItemResult {
        let path = path(of: item)
        let existing = try await BlockingIO.run { try FileStatus(of: path, followsLinks: false) }
        if existing?.kind == .directory {
            throw AzureError(code: .fileError, message: "The directory '\(path)' is in the way of a file.")
        }
        let properties = item.blob.properties
        let digest = properties.httpHeaders.contentMD5
        let decision = OverwriteDecision(
            options.overwrite,
            source: TreeItemState(size: properties.contentLength, modified: properties.lastModified),
            target: existing?.state, hasDigest: digest != nil && existing?.kind == .file)
        switch decision {
        case .skip(let reason): return .skipped(reason)
        case .compareDigests:
            if try await LocalFileSystem.md5(of: path) == digest {
                return .skipped(.same)
            }
        case .transfer: break
        }
        guard !options.isDryRun else { return .planned }
        var download = download
        // That of the whole tree counts files that are done.
        download.progress = nil
        let options = download
        try options.transfer.check()
        let blob = container.blob(item.blob.name)
        _ = try await withDeadline(
            options.transfer.deadline, for: "A download", timeSource: container.connection.timeSource
        ) { [directory] in
            try await blob.downloadNow(options) { try LocalFileSystem.place(of: item.parts, below: directory) }
        }
        return .done
    }
}
