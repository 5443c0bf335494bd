import AzureCore
import Foundation
import StorageCore

/// Stages the blocks of one upload, a bounded number at a time.
struct BlockUpload: Sendable {
    let blob: BlockBlobClient
    let options: BlobUploadOptions
    /// In front of the numbers of the blocks, so that two uploads to one blob do not mix.
    private let prefix = UUID().uuidString

    init(blob: BlockBlobClient, options: BlobUploadOptions) {
        var options = options
        options.call = options.call.withoutDate
        self.blob = blob
        self.options = options
    }

    /// Names of one length, in order.
    func id(_ index: Int) -> BlockID {
        BlockID(prefix: prefix, number: index)
    }

    /// Stages all blocks of a source and returns their names.
    ///
    /// - Parameters:
    ///   - concurrency: How many blocks are under way.
    ///   - meter: Counts the bytes.
    func stage(_ source: BlockSource, _ concurrency: TransferConcurrency, _ meter: TransferMeter) async throws
        -> [BlockID]
    {
        var count = 0
        let parts = PartTransfer(concurrency: concurrency, timeSource: blob.blob.connection.timeSource)
        try await parts.run {
            try await source.next()
        } transfer: { block, refusals in
            guard block.index < Limits.blocks else { throw tooManyBlocks }
            try await stage(block.body, id: id(block.index), refusals)
            let length = block.body.length ?? 0
            meter.add(length)
            return ((), bytes: length)
        } settle: { _ in
            count += 1
        }
        return (0..<count).map(id)
    }

    /// Makes the blob of its blocks.
    func commit(_ ids: [BlockID]) async throws -> BlobInfo {
        try await blob.commitBlockList(ids, options: options)
    }

    private var tooManyBlocks: AzureError {
        .invalidArgument(
            "The stream needs more than \(Limits.blocks) blocks, which grow from \(options.transfer.partSize) bytes; "
                + "choose a larger part size.")
    }

    private func stage(_ body: HTTPBody, id: BlockID, _ refusals: Refusals) async throws {
        let conditions = BlobAccessConditions(leaseID: options.conditions.leaseID)
        let call = options.call.limited(by: options.transfer, of: blob.blob.connection).noting(refusals)
        _ = try await body.sendVerified(options.transfer.validation) { body, checksum in
            try await blob.stageBlock(
                id: id, body,
                checksum: checksum,
                options: BlobUpdateOptions(conditions: conditions, encryption: options.encryption, call: call))
        }
    }
}

extension CallOptions {
    /// When failed tries are made again: the call's own choice, or else that of the client.
    func retry(of connection: BlobConnection) -> RetryOptions {
        retry ?? connection.options.pipeline.retry
    }

    /// The same for a part of a transfer: it may stand still no longer than the call, or else the client, and the
    /// transfer allow, and its body goes no faster than the transfer may.
    func limited(by transfer: BlobTransferOptions, of connection: BlobConnection) -> CallOptions {
        var call = self
        let own = idleTimeout ?? connection.options.pipeline.transportOptions.idleTimeout
        call.idleTimeout = min(own, transfer.stallTimeout)
        call.bandwidth = transfer.bandwidth
        return call
    }

    /// The same, with tries noted that the service refused.
    func noting(_ refusals: Refusals) -> CallOptions {
        var call = self
        call.refusals = refusals
        return call
    }
}

extension HTTPBody {
    /// Sends a part of an upload with its checksum, and again when the service found that it arrived otherwise.
    ///
    /// - Parameters:
    ///   - validation: Which checksum.
    ///   - send: Sends the part.
    func sendVerified<Result>(
        _ validation: TransferValidation, _ send: (HTTPBody, ContentChecksum?) async throws -> Result
    ) async throws -> Result {
        guard validation != .none else { return try await send(self, nil) }
        return try await TransferValidation.again { try await send(self, try await checksum(validation)) }
    }
}

extension TransferValidation {
    /// Sends something, and again when the service found that it arrived otherwise.
    static func again<Result>(_ send: () async throws -> Result) async throws -> Result {
        for _ in 1..<maxTries {
            do {
                return try await send()
            } catch let error as AzureError where error.code.meansDamagedOnTheWay {
                try Task.checkCancellation()
            }
        }
        return try await send()
    }
}

extension HTTPBody {
    /// The checksum, which goes out before the bytes. A file is read twice for it, so that none of it is kept in memory.
    private func checksum(_ validation: TransferValidation) async throws -> ContentChecksum? {
        guard case .file(let range) = content else {
            return ContentChecksum.of(try await collect(upTo: .max), for: validation)
        }
        return try await BlockingIO.run {
            try (range.source?.file ?? LocalFile(range.path, .read))
                .contentChecksum(at: range.offset, length: range.length, for: validation)
        }
    }
}

extension AzureErrorCode {
    /// Whether bytes were not the same at both ends.
    var meansDamagedOnTheWay: Bool {
        [.md5Mismatch, .crc64Mismatch, .checksumMismatch].contains(self)
    }
}

/// Gives the contents of blocks, in order.
actor BlockSource {
    /// One block.
    struct Block: Sendable {
        let index: Int
        let body: HTTPBody
    }

    private enum Origin {
        case plan(TransferPlan, part: @Sendable (Int64, Int64) -> HTTPBody)
        case stream
    }

    private let origin: Origin
    private var taken = 0
    /// The first parts of a stream, and then the others.
    private var first: ArraySlice<Data> = []
    private var rest: PartReader?

    /// The parts of a plan.
    init(_ plan: TransferPlan, part: @escaping @Sendable (Int64, Int64) -> HTTPBody) {
        origin = .plan(plan, part: part)
    }

    /// The parts of a stream, of which the first have been read already.
    init(startingWith first: [Data], then rest: sending PartReader) {
        origin = .stream
        self.first = first[...]
        self.rest = rest
    }

    /// The next one; nil at the end. To be called by one task at a time.
    func next() async throws -> Block? {
        guard let body = try await body() else { return nil }
        defer { taken += 1 }
        return Block(index: taken, body: body)
    }

    private func body() async throws -> HTTPBody? {
        switch origin {
        case .plan(let plan, let part):
            guard taken < plan.count else { return nil }
            let (offset, length) = plan[taken]
            return part(offset, length)
        case .stream:
            if let data = first.popFirst() { return HTTPBody(data) }
            guard var reader = rest.take() else { return nil }
            let data = try await reader.next()
            rest = reader
            return data.map { HTTPBody($0) }
        }
    }
}
