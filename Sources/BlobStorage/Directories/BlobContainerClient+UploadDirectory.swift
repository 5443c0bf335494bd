import AzureCore
import AzureCrypto
import Foundation

extension BlobContainerClient {
    /// Uploads a directory and all below it; a blob gets the path of its file as its name.
    ///
    /// A file that is written to while it is sent fails, and no blob is made of it. A name that the service would
    /// change, so that two files could become one blob, fails as well. Empty directories are ignored, and so are
    /// journals and unfinished files of transfers. Memory does not grow with the tree, except for the report, see
    /// ``TreeTransferOptions/keepsEntries``, and the names where ``TreeTransferOptions/deletesExtra`` is on.
    ///
    /// - Parameters:
    ///   - directory: The directory.
    ///   - prefix: The prefix of the names, such as `backup/`. The default is nothing. Where extra blobs are deleted it
    ///     ends with a slash.
    ///   - upload: Options of each upload. Whether a blob is replaced is decided by the options of the tree alone.
    ///   - options: What to transfer, when to replace existing files or blobs, and the concurrency.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Returns: What was transferred, skipped, failed, and deleted. Check ``TreeTransferReport/isSuccess``: a failure
    ///   of one file is not thrown.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/fileError`` when the directory itself cannot
    ///   be read, ``AzureCore/AzureErrorCode/invalidArgument`` for an invalid pattern or option. Where extra blobs are
    ///   deleted, what their list throws, which needs a permission of its own and comes after the transfer.
    ///
    /// REST operations: Get Blob Properties unless everything is replaced; Put Blob, or Put Block and Put Block List;
    /// List Blobs and Delete Blob where extra blobs are deleted.
    public func uploadDirectory(
        _ directory: String, prefix: String = "", upload: BlobUploadOptions = BlobUploadOptions(),
        options: TreeTransferOptions = TreeTransferOptions(),
        following: (@Sendable (TreeTransferProgress) async -> Void)? = nil
    ) async throws -> TreeTransferReport {
        try await TreeMeter.followed(by: following, timeSource: connection.timeSource) {
            try await DirectoryWalk(
                directory, selection: try TreeSelection(options), followsLinks: options.followsSymbolicLinks
            ).count()
        } _: { meter in
            try await uploadDirectory(directory, prefix: prefix, upload, options, meter)
        }
    }

    private func uploadDirectory(
        _ directory: String, prefix: String, _ upload: BlobUploadOptions, _ options: TreeTransferOptions,
        _ meter: TreeMeter?
    ) async throws -> TreeTransferReport {
        let selection = try TreeSelection(options)
        try options.checkDeletion(below: prefix)
        try upload.checkTree()
        let walk = try await DirectoryWalk(
            directory, selection: selection, followsLinks: options.followsSymbolicLinks)
        let files = TreeUpload(
            container: self, options: options, upload: upload, journals: try await TreeJournals(options))
        // What is in the directory, where extra blobs are to be found.
        var names = options.deletesExtra ? Set<[UInt8]>() : nil
        func next() async throws -> TreeStep<DirectoryWalk.File>? {
            let step = try await walk.next()
            switch step {
            case .settled(var entry):
                names?.insert(Array(entry.name.utf8))
                entry.name = prefix + entry.name
                return .settled(entry)
            case .item(let file): names?.insert(Array(file.name.utf8))
            case nil: break
            }
            return step
        }
        let transfer = TreeTransfer(options: options, meter: meter)
        let report = try await transfer.run(next: next) { file, progress in
            let name = prefix + file.name
            let outcome = try await TreeTransfer.outcome { try await files.transfer(file, to: name, progress) }
            return TreeTransferEntry(name: name, path: file.path, size: file.state.size, outcome)
        }
        guard let names, report.isSuccess else { return report }
        let extra = ExtraBlobs(
            container: self, left: prefix, selection: selection, names: names, isDryRun: options.isDryRun,
            call: upload.call, leaseID: upload.conditions.leaseID)
        return try await extra.delete(transfer, report)
    }
}

extension BlobUploadOptions {
    /// Refuses what can only be meant for one blob.
    fileprivate func checkTree() throws {
        guard !conditions.asksForVersion else {
            throw AzureError.invalidArgument(
                "Conditions about a version mean nothing for a whole tree; choose when to replace what is there.")
        }
        guard httpHeaders.contentMD5 == nil else {
            throw AzureError.invalidArgument("A tree has no one MD5; ask for storesMD5.")
        }
    }
}

/// Uploads the files of one tree.
private struct TreeUpload: Sendable {
    let container: BlobContainerClient
    let options: TreeTransferOptions
    let upload: BlobUploadOptions
    let journals: TreeJournals?

    func transfer(
        _ file: DirectoryWalk.File, to name: String, _ progress: TransferProgress?
    ) async throws -> TreeItemResult {
        let blob = container.blob(name)
        try Checks.blobName(name)
        guard var upload = try await prepared(file, to: name) else { return .skipped(.byCaller) }
        let existing = try await existing(blob)
        let digest = existing?.httpHeaders.contentMD5
        let decision = OverwriteDecision(
            options.overwrite, source: file.state,
            target: existing.map { TreeItemState($0, keepingTimes: options.keepsModificationTimes) },
            hasDigest: digest != nil)
        func skipped(_ reason: SkipReason) async -> TreeItemResult {
            if !options.isDryRun { await journals?.discard(.upload, path: file.path, blob: blob.address) }
            return .skipped(reason)
        }
        switch decision {
        case .skip(let reason): return await skipped(reason)
        case .compareDigests:
            if try await LocalFileSystem.md5(of: file.path) == digest { return await skipped(.same) }
        case .transfer: break
        }
        guard !options.isDryRun else { return .planned }
        upload.progress = progress
        upload.overwrite = existing != nil || options.overwrite == .always
        // What was decided holds for this version only.
        upload.conditions.ifMatch = existing?.etag
        // The bytes whose digest is stored are those that are sent, as is the time.
        let source = try await LocalFileSystem.source(file.path, followsLinks: options.followsSymbolicLinks)
        if options.storesMD5 { upload.httpHeaders.contentMD5 = try await LocalFileSystem.md5(of: source) }
        if options.keepsModificationTimes { upload.metadata.keep(FileTime(source.state)) }
        do {
            try await send(source, file.path, to: blob, upload)
        } catch AzureErrorCode.blobAlreadyExists where options.overwrite == .never {
            return .skipped(.exists)
        }
        return .done
    }

    /// The options for one file, as the caller wants them; nil when it is to be skipped.
    private func prepared(_ file: DirectoryWalk.File, to name: String) async throws -> BlobUploadOptions? {
        var upload = upload
        if options.setsContentTypes, upload.httpHeaders.contentType == nil {
            upload.httpHeaders.contentType = BlobContentType.forName(name)
        }
        return try await upload.chosen(
            by: options.beforeEach, name: name, path: file.path, size: file.size, modified: file.state.modified)
    }

    private func send(
        _ source: FileSource, _ path: String, to blob: BlobClient, _ upload: BlobUploadOptions
    ) async throws {
        guard let journals, upload.compression == nil else {
            _ = try await blob.upload(source, upload)
            return
        }
        let journal = journals.path(.upload, path: path, blob: blob.address)
        _ = try await blob.uploadResumably(source, journal: journal, upload)
    }

    /// What is there; nil for nothing, or when that does not matter.
    private func existing(_ blob: BlobClient) async throws -> BlobProperties? {
        guard options.overwrite != .always else { return nil }
        do {
            return try await blob.properties(
                options: BlobPropertiesOptions(
                    customerKey: upload.encryption.customerKey, call: upload.call.withoutDate))
        } catch let error as AzureError where error.meansAbsent {
            return nil
        } catch AzureErrorCode.accessDenied where options.overwrite == .never && !options.isDryRun {
            // Who may write and not read still replaces nothing: the upload itself asks for that.
            return nil
        }
    }
}

extension LocalFileSystem {
    /// The MD5 of a file.
    static func md5(of path: String) async throws -> Data {
        try await md5(of: try await source(path))
    }

    /// The MD5 of a file that is open.
    static func md5(of source: FileSource) async throws -> Data {
        let body = HTTPBody(file: .init(source, offset: 0, length: source.state.size))
        var digest = Digest(.md5)
        for try await chunk in body.chunks(ofSize: 1024 * 1024) { digest.update(chunk) }
        return Data(digest.finish())
    }
}
