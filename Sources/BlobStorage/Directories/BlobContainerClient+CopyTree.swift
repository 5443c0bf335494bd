public import AzureCore
import Foundation

/// Options for copying the blobs of a container into another one.
public struct TreeCopyOptions: Sendable {
    /// The access tier of the copies. The default is that of the account.
    public var accessTier: AccessTier?
    /// The maximum size of a blob that is copied with one request. The default is 256 MiB, the most is 5,000 MiB. The
    /// service answers when all is copied, so that a larger limit needs a longer ``AzureCore/CallOptions/idleTimeout``.
    public var singleShotLimit: Int64
    /// The size of a part of a larger blob in bytes, at most 4,000 MiB. The default is 64 MiB; larger parts are used when
    /// a blob would have more than 50,000 of them.
    public var partSize: Int
    /// The number of concurrent parts of a blob. The default is 8.
    public var concurrency: TransferConcurrency
    /// How long the signatures are valid by which the service reads the source, where the source's client has the
    /// account's key. The default is a day, which each blob has from when its copy begins.
    public var signatureLifetime: Duration
    /// Options of each call.
    public var call: CallOptions

    /// Creates options.
    public init(
        accessTier: AccessTier? = nil, singleShotLimit: Int64 = 256 * 1024 * 1024, partSize: Int = 64 * 1024 * 1024,
        concurrency: TransferConcurrency = 8, signatureLifetime: Duration = .seconds(24 * 60 * 60),
        call: CallOptions = CallOptions()
    ) {
        self.accessTier = accessTier
        self.singleShotLimit = singleShotLimit
        self.partSize = partSize
        self.concurrency = concurrency
        self.signatureLifetime = signatureLifetime
        self.call = call
    }

    func check() throws {
        guard (0...Limits.putBlob).contains(singleShotLimit) else {
            throw AzureError.invalidArgument("A single-shot limit of \(singleShotLimit) bytes is not possible.")
        }
        guard signatureLifetime > .zero else {
            throw AzureError.invalidArgument("A signature cannot be valid for \(signatureLifetime).")
        }
        try BlobTransferOptions(partSize: partSize, concurrency: concurrency).check()
    }
}

extension BlobContainerClient {
    /// Copies the blobs of another container, also of another account, into this one. The service reads and writes the
    /// content; none of it comes here.
    ///
    /// A blob keeps its header fields and metadata. Its source is read by the credential of the source's client: a
    /// shared access signature of its own, one that is made with the account's key, or a token, which is sent over
    /// https only. Page and append blobs fail, because a copy would be a block blob; see
    /// ``BlobClient/startCopy(from:options:)``. What was decided about a blob holds for that version only, at both ends.
    ///
    /// - Parameters:
    ///   - source: The container to copy from. Its client needs to list and to read.
    ///   - prefix: The prefix of the names in the source. The default is nothing.
    ///   - targetPrefix: What takes the place of the part of `prefix` up to its last slash in the names of the copies.
    ///     The default is nil: the names are the same.
    ///   - copy: Sizes, tier, and how long signatures are valid.
    ///   - options: What to copy, when to replace existing blobs, and the concurrency. Those about files mean nothing.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Returns: What was copied, skipped, and failed, by the names of the copies. Check
    ///   ``TreeTransferReport/isSuccess``: a failure of one blob is not thrown.
    /// - Throws: An ``AzureCore/AzureError``: what the list of the blobs throws,
    ///   ``AzureCore/AzureErrorCode/invalidArgument`` for an invalid pattern or option, or, within one container, for
    ///   copies whose prefix is a part of that of their sources or the other way round.
    ///
    /// REST operations: List Blobs; Get Blob Properties unless everything is replaced; Put Blob From URL, or Put Block
    /// From URL and Put Block List.
    public func copyTree(
        from source: BlobContainerClient, prefix: String = "", to targetPrefix: String? = nil,
        copy: TreeCopyOptions = TreeCopyOptions(), options: TreeTransferOptions = TreeTransferOptions(),
        following: (@Sendable (TreeTransferProgress) async -> Void)? = nil
    ) async throws -> TreeTransferReport {
        try await TreeMeter.followed(by: following, timeSource: connection.timeSource) {
            try await TreeNames.count(
                source.listTree(prefix, copy.call), prefix: prefix, selection: try TreeSelection(options))
        } _: { meter in
            try await copyTree(from: source, prefix: prefix, to: targetPrefix, copy, options, meter)
        }
    }

    private func copyTree(
        from source: BlobContainerClient, prefix: String, to targetPrefix: String?, _ copy: TreeCopyOptions,
        _ options: TreeTransferOptions, _ meter: TreeMeter?
    ) async throws -> TreeTransferReport {
        let selection = try TreeSelection(options)
        try copy.check()
        let (left, beginning) = TreeNames.split(prefix)
        let target = targetPrefix ?? left
        try options.checkDeletion(below: target)
        try checkCopy(of: prefix, in: source, to: target + beginning)
        var blobs = source.listTree(prefix, copy.call).makeAsyncIterator()
        let copies = TreeCopy(source: source, container: self, options: options, copy: copy)
        var names = options.deletesExtra ? Set<[UInt8]>() : nil
        func next() async throws -> TreeStep<TreeCopy.Item>? {
            while let blob = try await blobs.next() {
                let name = blob.name(behind: left.utf8.count)
                guard selection.contains(name) else { continue }
                names?.insert(Array(name.utf8))
                return .item(TreeCopy.Item(blob: blob, name: target + name))
            }
            return nil
        }
        let transfer = TreeTransfer(options: options, meter: meter)
        let report = try await transfer.run(next: next) { item, progress in
            let outcome = try await TreeTransfer.outcome { try await copies.transfer(item, progress) }
            return TreeTransferEntry(name: item.name, path: "", size: item.size, outcome)
        }
        guard let names, report.isSuccess else { return report }
        let extra = ExtraBlobs(
            container: self, left: target, beginning: beginning, selection: selection, names: names,
            isDryRun: options.isDryRun, call: copy.call, leaseID: nil)
        return try await extra.delete(transfer, report)
    }

    /// Refuses a copy within one container whose copies would be sources as well, or whose sources could be deleted as extra.
    private func checkCopy(of prefix: String, in source: BlobContainerClient, to copies: String) throws {
        guard url == source.url, copies.utf8.starts(with: prefix.utf8) || prefix.utf8.starts(with: copies.utf8) else {
            return
        }
        throw AzureError.invalidArgument(
            "The blobs '\(prefix)…' of the container '\(name)' cannot be copied to '\(copies)…' in it, because one is a "
                + "part of the other; choose another container, or a prefix beside that of the sources.")
    }
}
