import AzureCore
import AzureCrypto
import Foundation

/// The result of a resumable upload.
public struct ResumableUploadResult: Sendable, Hashable {
    /// The blob.
    public var info: BlobInfo
    /// Whether an earlier transfer was resumed.
    public var resumption: TransferResumption
}

extension BlobClient {
    /// Uploads a file so that a later call can resume it after an error, a cancellation, or the end of the process.
    ///
    /// A journal of a few lines stands beside the file until the upload is done. The next call with the same file and
    /// blob reads it, asks the service which blocks are there, compares the parts of the file with the checksums in the
    /// journal, and sends only what is missing. A file that was changed since is uploaded from the beginning; one that is
    /// changed while it is sent is an error, and no blob is made of it.
    /// The service keeps blocks that no blob is made of for a week. Files up to
    /// ``BlobTransferOptions/singleShotLimit`` are sent with one request, without a journal.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - journal: The path of the journal. The default is a hidden file beside the file, named for the blob.
    ///   - options: Overwriting, header fields, metadata, conditions and more. Each part under way is in memory.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Returns: The blob, and whether an earlier upload was resumed. With a shared access signature without the read
    ///   permission an upload cannot be resumed, and the result says so.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/fileError`` when the file cannot be read or is
    ///   changed meanwhile, the journal cannot be written, or another transfer holds it;
    ///   ``AzureCore/AzureErrorCode/blobAlreadyExists`` when the blob exists and may not be overwritten.
    ///
    /// REST operations: Put Block and Put Block List, Get Block List to resume; Put Blob for a small file.
    @discardableResult
    public func uploadResumably(
        file path: String, journal: String? = nil, options: BlobUploadOptions = BlobUploadOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> ResumableUploadResult {
        try await options.followed(by: following) { try await uploadResumably(file: path, journal: journal, $0) }
    }

    private func uploadResumably(
        file path: String, journal: String?, _ options: BlobUploadOptions
    ) async throws -> ResumableUploadResult {
        try checkResumable(options)
        return try await uploadResumably(
            try await LocalFileSystem.source(path),
            journal: journal ?? JournalFile.path(beside: path, .upload, blob: address), options)
    }

    /// Uploads a file that is open, with a journal.
    func uploadResumably(
        _ source: FileSource, journal: String, _ options: BlobUploadOptions
    ) async throws -> ResumableUploadResult {
        try checkResumable(options)
        var options = options
        options.transfer = connection.limited(options.transfer)
        guard source.state.size > Int64(options.transfer.singleShotLimit) else {
            return ResumableUploadResult(info: try await upload(source, options), resumption: .fresh)
        }
        let upload = try await ResumableUpload(
            blob: blockBlob, source: source, journal: journal, options: options)
        return try await withDeadline(
            options.transfer.deadline, for: "The upload of '\(name)'", timeSource: connection.timeSource
        ) {
            try await upload.run()
        }
    }

    private func checkResumable(_ options: BlobUploadOptions) throws {
        try options.transfer.check()
        guard options.compression == nil else {
            throw AzureError.invalidArgument(
                "An upload that is compressed on the way has no parts to go on with; upload it whole, or as it is.")
        }
    }
}

/// One upload with a journal.
private struct ResumableUpload: Sendable {
    let blob: BlockBlobClient
    let options: BlobUploadOptions
    private let source: FileSource
    private let subject: TransferJournal.Subject
    private let file: JournalFile

    init(
        blob: BlockBlobClient, source: FileSource, journal: String, options: BlobUploadOptions
    ) async throws {
        var options = options
        options.call = options.call.withoutDate
        self.blob = blob
        self.options = options
        self.source = source
        subject = TransferJournal.Subject(
            kind: .upload, blob: blob.blob.address, size: source.state.size, source: source.state.fingerprint)
        file = try await JournalFile(journal)
    }

    func run() async throws -> ResumableUploadResult {
        defer { file.release() }
        let (journal, staged, resumption) = try await begin()
        let transfer = ResumableTransfer(
            journal: journal, file: file, concurrency: options.transfer.concurrency, progress: options.progress,
            timeSource: blob.blob.connection.timeSource)
        try await transfer.run(without: staged) { [self] index, offset, length, refusals in
            try await stage(journal.blockID(index), offset, length, refusals)
        }
        try await BlockingIO.run { [source] in try source.checkUnchanged() }
        let ids = (0..<journal.plan.count).map { journal.blockID($0) }
        let info = try await commit(ids, journal)
        try await file.remove()
        return ResumableUploadResult(info: info, resumption: resumption)
    }

    /// Finds out what is there already.
    private func begin() async throws -> (TransferJournal, Set<Int>, TransferResumption) {
        func startOver(_ resumption: TransferResumption) async throws -> (TransferJournal, Set<Int>, TransferResumption)
        {
            let plan = try TransferPlan.upload(length: subject.size, partSize: options.transfer.partSize)
            let journal = TransferJournal(subject, partSize: plan.partSize)
            try await file.begin(journal)
            return (journal, [], resumption)
        }
        guard let text = try await file.read() else { return try await startOver(.fresh) }
        guard let journal = TransferJournal(text), journal.subject.kind == .upload, journal.subject.blob == subject.blob
        else { return try await startOver(.startedOver(.journalDamaged)) }
        guard journal.subject == subject else { return try await startOver(.startedOver(.sourceChanged)) }
        guard !journal.parts.isEmpty else { return (journal, [], .fresh) }
        let blocks: BlockBlobClient.BlockList
        do {
            blocks = try await list()
        } catch AzureErrorCode.accessDenied {
            return try await startOver(.startedOver(.cannotListBlocks))
        }
        let there = StagedBlocks(journal, blocks).parts
        let staged = try await ResumableTransfer.verified(
            journal.parts.filter { there.contains($0.key) }, of: journal.plan, in: source.file)
        guard !staged.isEmpty else { return try await startOver(.startedOver(.targetLost)) }
        return (journal, staged, .resumed(bytes: ResumableTransfer.bytes(staged, of: journal.plan)))
    }

    private func list() async throws -> BlockBlobClient.BlockList {
        do {
            return try await blob.blockList(
                .all,
                options: BlobPropertiesOptions(
                    conditions: BlobAccessConditions(leaseID: options.conditions.leaseID), call: options.call))
        } catch let error as AzureError where error.meansAbsent {
            return BlockBlobClient.BlockList()
        }
    }

    private func stage(
        _ id: BlockID, _ offset: Int64, _ length: Int64, _ refusals: Refusals
    ) async throws -> UInt64 {
        let data = try await BlockingIO.run { [source] in try source.file.read(at: offset, count: Int(length)) }
        guard data.count == Int(length) else {
            throw AzureError(
                code: .fileError, message: "The file '\(source.file.name)' became shorter while it was read.")
        }
        // The journal has it, too, whatever is sent.
        let crc = CRC64(of: data)
        let checksum = ContentChecksum.of(data, crc: crc, for: options.transfer.validation)
        _ = try await TransferValidation.again {
            try await blob.stageBlock(
                id: id, HTTPBody(data),
                checksum: checksum,
                options: BlobUpdateOptions(
                    conditions: BlobAccessConditions(leaseID: options.conditions.leaseID),
                    encryption: options.encryption,
                    call: options.call.limited(by: options.transfer, of: blob.blob.connection).noting(refusals)))
        }
        return crc.value
    }

    private func commit(_ ids: [BlockID], _ journal: TransferJournal) async throws -> BlobInfo {
        do {
            return try await blob.commitBlockList(ids, options: options)
        } catch let error as AzureError where error.code == .blobAlreadyExists || error.code == .conditionNotMet {
            // The process may have ended between the commit and the end of the journal; then the blob is ours.
            guard try await list().committed.map(\.id) == ids else { throw error }
            var options = options
            options.overwrite = true
            let properties = try await blob.blob.properties(
                options: BlobPropertiesOptions(customerKey: options.encryption.customerKey, call: options.call))
            options.conditions = BlobAccessConditions(ifMatch: properties.etag, leaseID: options.conditions.leaseID)
            return try await blob.commitBlockList(ids, options: options)
        }
    }
}

/// Which parts of an upload are at the service.
struct StagedBlocks: Sendable {
    let parts: Set<Int>

    /// - Parameters:
    ///   - journal: Names and sizes of the blocks.
    ///   - list: What the service has. Others may have staged blocks, too.
    init(_ journal: TransferJournal, _ list: BlockBlobClient.BlockList) {
        let plan = journal.plan
        let expected = Dictionary(uniqueKeysWithValues: (0..<plan.count).map { (journal.blockID($0), $0) })
        parts = Set(
            (list.uncommitted + list.committed).compactMap { block in
                expected[block.id].flatMap { plan[$0].length == block.size ? $0 : nil }
            })
    }
}

extension FileState {
    /// Changes when the file is written or replaced.
    fileprivate var fingerprint: String {
        "\(size)-\(device)-\(inode)-\(modifiedSeconds).\(modifiedNanoseconds)"
    }
}
