import AzureCore
import AzureCrypto
import Foundation
import HTTPTypes
import StorageCore

/// The result of a resumable download.
public struct ResumableDownloadResult: Sendable, Hashable {
    /// The properties of the blob.
    public var properties: BlobProperties
    /// Whether an earlier transfer was resumed.
    public var resumption: TransferResumption
}

extension BlobClient {
    /// Downloads the blob into a file so that a later call can resume it after an error, a cancellation, or the end of
    /// the process.
    ///
    /// What has arrived stands in a hidden file beside the target, with a journal of a few lines, until all is there;
    /// then the file gets its name and replaces one that has it, unless ``BlobDownloadOptions/overwrite`` is false. The
    /// journal can stand elsewhere. The next call with the same blob and target compares what is there with the checksums
    /// in the journal, and asks for the rest, if the blob still is of the same version. Otherwise it begins anew and
    /// says so.
    ///
    /// - Parameters:
    ///   - path: The path of the file. Its directory must exist.
    ///   - journal: The path of the journal. The default is a hidden file beside the file, named for the blob.
    ///   - options: Conditions and more, but no range. Each part under way is in memory.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Returns: The properties of the blob, and whether an earlier download was resumed.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/fileError`` when the file or the journal cannot
    ///   be written, or another transfer holds it; ``AzureCore/AzureErrorCode/conditionNotMet`` when the blob changes
    ///   meanwhile.
    ///
    /// REST operations: Get Blob Properties, and Get Blob once for each part.
    @discardableResult
    public func downloadResumably(
        to path: String, journal: String? = nil, options: BlobDownloadOptions = BlobDownloadOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> ResumableDownloadResult {
        try await options.followed(by: following) { options in
            let partial = JournalFile.partialName(beside: path, blob: address, journal: journal)
            let journal = journal ?? JournalFile.path(beside: path, .download, blob: address)
            return try await downloadResumably(journal: journal, partial: partial, options) {
                try await LocalFileSystem.check(path, mayReplace: options.overwrite)
            } to: {
                try FilePlace(path)
            }
        }
    }

    /// Downloads into a file with a journal.
    ///
    /// - Parameters:
    ///   - journal: The path of the journal.
    ///   - partial: The name of the file for what has arrived, in the directory where the file is to stand.
    ///   - options: As of the public call.
    ///   - check: Looks at the place before anything is asked for.
    ///   - place: Opens the directory where the file is to stand; blocks.
    func downloadResumably(
        journal: String, partial: String, _ options: BlobDownloadOptions,
        check: @escaping @Sendable () async throws -> Void = {}, to place: @escaping @Sendable () throws -> FilePlace
    ) async throws -> ResumableDownloadResult {
        try options.transfer.check()
        var options = options
        options.transfer = connection.limited(options.transfer)
        guard options.range == nil else {
            throw AzureError.invalidArgument("A range of a blob cannot be downloaded resumably; leave it out.")
        }
        guard !options.decompresses else {
            throw AzureError.invalidArgument(
                "A download that is decompressed on the way has no parts to go on with; download it whole, or as it is."
            )
        }
        return try await withDeadline(
            options.transfer.deadline, for: "The download of '\(name)'", timeSource: connection.timeSource
        ) { [options] in
            try await check()
            return try await downloadWithJournal(journal, partial, options, to: place)
        }
    }

    private func downloadWithJournal(
        _ journal: String, _ partial: String, _ options: BlobDownloadOptions,
        to place: @escaping @Sendable () throws -> FilePlace
    ) async throws -> ResumableDownloadResult {
        let head = try await head(
            BlobPropertiesOptions(conditions: options.conditions, customerKey: options.customerKey, call: options.call))
        let properties = BlobProperties(head)
        guard let etag = properties.etag, head.headerFields.length(.contentLength) != nil else {
            throw AzureError(
                service: .blob, code: .invalidResponse,
                message: "The service does not say which version of the blob there is, or how long it is.",
                operation: "Blob.Download", resource: address, requestID: head.headerFields[.requestID])
        }
        let subject = TransferJournal.Subject(
            kind: .download, blob: address, size: properties.contentLength, source: etag.rawValue)
        let download = try await ResumableDownload(
            blob: self, journal: journal, partial: partial, place: place, subject: subject, etag: etag,
            options: options)
        let time = options.keepsModificationTime ? FileTime(properties) : nil
        return ResumableDownloadResult(properties: properties, resumption: try await download.run(modified: time))
    }
}

/// One download with a journal.
private struct ResumableDownload: Sendable {
    private let blob: BlobClient
    private let place: FilePlace
    private let subject: TransferJournal.Subject
    private let options: BlobDownloadOptions
    private let etag: ETag
    private let file: JournalFile
    private let target: LocalFile

    init(
        blob: BlobClient, journal: String, partial: String, place: @escaping @Sendable () throws -> FilePlace,
        subject: TransferJournal.Subject, etag: ETag, options: BlobDownloadOptions
    ) async throws {
        self.blob = blob
        self.subject = subject
        self.options = options
        self.etag = etag
        // Whoever holds the journal holds what has arrived: another journal is one of another file.
        file = try await JournalFile(journal)
        (self.place, target) = try await BlockingIO.run {
            let place = try place()
            return (place, try LocalFile(partial, .write(mode: 0o666), in: place.directory))
        }
    }

    func run(modified time: FileTime?) async throws -> TransferResumption {
        defer { file.release() }
        let (journal, done, resumption) = try await begin()
        let transfer = ResumableTransfer(
            journal: journal, file: file, concurrency: options.transfer.concurrency, progress: options.progress,
            timeSource: blob.connection.timeSource)
        try await transfer.run(without: done) { [self] _, offset, length, refusals in
            try await fetch(offset, length, refusals)
        }
        try await BlockingIO.run { [target, place, subject, replaces = options.overwrite] in
            try target.truncate(to: subject.size)
            try target.checkWrites()
            if let time { try target.setModified(seconds: time.seconds, nanoseconds: time.nanoseconds) }
            try place.take(target, replacing: replaces)
        }
        try await file.remove()
        return resumption
    }

    /// Finds out what is there already.
    private func begin() async throws -> (TransferJournal, Set<Int>, TransferResumption) {
        func startOver(_ resumption: TransferResumption) async throws -> (TransferJournal, Set<Int>, TransferResumption)
        {
            let journal = TransferJournal(subject, partSize: Int64(options.transfer.partSize))
            try await file.begin(journal)
            try await BlockingIO.run { [target] in try target.truncate(to: 0) }
            return (journal, [], resumption)
        }
        guard let text = try await file.read() else { return try await startOver(.fresh) }
        guard let journal = TransferJournal(text), journal.subject.kind == .download,
            journal.subject.blob == subject.blob
        else { return try await startOver(.startedOver(.journalDamaged)) }
        guard journal.subject == subject else { return try await startOver(.startedOver(.sourceChanged)) }
        guard !journal.parts.isEmpty else { return (journal, [], .fresh) }
        let done = try await ResumableTransfer.verified(journal.parts, of: journal.plan, in: target)
        guard !done.isEmpty else { return try await startOver(.startedOver(.targetLost)) }
        return (journal, done, .resumed(bytes: ResumableTransfer.bytes(done, of: journal.plan)))
    }

    private func fetch(_ offset: Int64, _ length: Int64, _ refusals: Refusals) async throws -> UInt64 {
        var part = options
        part.range = BlobRange(offset: offset, length: length)
        part.conditions = BlobAccessConditions(
            ifMatch: etag, ifTags: options.conditions.ifTags, leaseID: options.conditions.leaseID)
        part.progress = nil
        part.call = options.call.noting(refusals)
        part.transfer.partSize = Int(length)
        part.transfer.deadline = nil
        let data = try await blob.downloadNow(upTo: Int(length), part) { [subject, etag] download in
            try download.checkVersion(etag)
            guard download.blobLength == subject.size, download.plan.length == length else {
                throw AzureError(
                    service: .blob, code: .invalidResponse,
                    message: "\(length) bytes of a blob of \(subject.size) were asked for, and the service answered "
                        + "with \(download.plan.length) of \(download.blobLength).",
                    operation: "Blob.Download", resource: download.blob.address)
            }
        }
        try await BlockingIO.run { [target] in try target.write(data, at: offset) }
        return CRC64(of: data).value
    }
}
