import AzureCore
import AzureCrypto
import Foundation

extension BlobContainerClient {
    /// Uploads a directory and all below it; a blob gets the path of its file as its name.
    ///
    /// A file that is written to while it is sent fails, and no blob is made of it. A name that the service would
    /// change, so that two files could become one blob, fails as well. Empty directories are ignored. Memory does not
    /// grow with the tree, except for the report; see ``TreeTransferOptions/keepsEntries``.
    ///
    /// - Parameters:
    ///   - directory: The directory.
    ///   - prefix: The prefix of the names, such as `backup/`. The default is nothing.
    ///   - upload: Options of each upload. Whether a blob is replaced is decided by the options of the tree alone.
    ///   - options: What to transfer, when to replace existing files or blobs, and the concurrency.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Returns: What was transferred, skipped, and failed. Check ``TreeTransferReport/isSuccess``: a failure of one
    ///   file is not thrown.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/fileError`` when the directory itself cannot
    ///   be read, ``AzureCore/AzureErrorCode/invalidArgument`` for an invalid pattern or option.
    ///
    /// REST operations: Get Blob Properties unless everything is replaced; Put Blob, or Put Block and Put Block List.
    public func uploadDirectory(
        _ directory: String, prefix: String = "", upload: BlobUploadOptions = BlobUploadOptions(),
        options: TreeTransferOptions = TreeTransferOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> TreeTransferReport {
        try await upload.followed(by: following) { upload in
            try await uploadDirectory(directory, prefix: prefix, upload, options)
        }
    }

    private func uploadDirectory(
        _ directory: String, prefix: String, _ upload: BlobUploadOptions, _ options: TreeTransferOptions
    ) async throws -> TreeTransferReport {
        let selection = try TreeSelection(options)
        guard !upload.conditions.asksForVersion else {
            throw AzureError.invalidArgument(
                "Conditions about a version mean nothing for a whole tree; choose when to replace what is there.")
        }
        guard upload.httpHeaders.contentMD5 == nil else {
            throw AzureError.invalidArgument("A tree has no one MD5; ask for storesMD5.")
        }
        let walk = try await DirectoryWalk(
            directory, selection: selection, followsLinks: options.followsSymbolicLinks)
        let files = TreeUpload(container: self, options: options, upload: upload)
        func next() async throws -> TreeStep<DirectoryWalk.File>? {
            let step = try await walk.next()
            guard case .settled(var entry) = step else { return step }
            entry.name = prefix + entry.name
            return .settled(entry)
        }
        let meter = TransferMeter(upload.progress, total: nil, timeSource: connection.timeSource)
        return try await TreeTransfer(options: options, meter: meter).run(next: next) { file in
            let name = prefix + file.name
            let outcome = try await TreeTransfer.outcome { try await files.transfer(file, to: name) }
            return TreeTransferEntry(name: name, path: file.path, size: file.state.size, outcome)
        }
    }
}

/// Uploads the files of one tree.
private struct TreeUpload: Sendable {
    let container: BlobContainerClient
    let options: TreeTransferOptions
    let upload: BlobUploadOptions

    func transfer(_ file: DirectoryWalk.File, to name: String) async throws -> TreeItemResult {
        let blob = container.blob(name)
        try Checks.blobName(name)
        let existing = try await existing(blob)
        let digest = existing?.httpHeaders.contentMD5
        let decision = OverwriteDecision(
            options.overwrite, source: file.state,
            target: existing.map { TreeItemState(size: $0.contentLength, modified: $0.lastModified) },
            hasDigest: digest != nil)
        switch decision {
        case .skip(let reason): return .skipped(reason)
        case .compareDigests:
            if try await LocalFileSystem.md5(of: file.path) == digest { return .skipped(.same) }
        case .transfer: break
        }
        guard !options.isDryRun else { return .planned }
        var upload = upload
        // That of the whole tree counts files that are done.
        upload.progress = nil
        upload.overwrite = existing != nil || options.overwrite == .always
        // What was decided holds for this version only.
        upload.conditions.ifMatch = existing?.etag
        // The bytes whose digest is stored are those that are sent.
        let source = try await LocalFileSystem.source(file.path, followsLinks: options.followsSymbolicLinks)
        if options.storesMD5 { upload.httpHeaders.contentMD5 = try await LocalFileSystem.md5(of: source) }
        do {
            _ = try await blob.upload(source, upload)
        } catch AzureErrorCode.blobAlreadyExists where options.overwrite == .never {
            return .skipped(.exists)
        }
        return .done
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
