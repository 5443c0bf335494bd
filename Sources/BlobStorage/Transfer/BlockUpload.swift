import AzureCore
import Foundation

/// Stages the blocks of one upload, a bounded number at a time.
struct BlockUpload: Sendable {
    let blob: BlockBlobClient
    let options: BlobUploadOptions
    /// In front of the numbers of the blocks, so that two uploads to one blob do not mix.
    private let prefix = UUID().uuidString

    init(blob: BlockBlobClient, options: BlobUploadOptions) {
        self.blob = blob
        self.options = options
    }

    /// Names of one length, in order.
    func id(_ index: Int) -> String {
        let number = String(index)
        return "\(prefix)-\(String(repeating: "0", count: 6 - number.count))\(number)"
    }

    private enum Step: Sendable {
        /// What the source gave; nil at its end.
        case read(HTTPBody?)
        /// A block of so many bytes is there.
        case staged(Int64)
    }

    /// Stages all blocks of a source and returns their names.
    ///
    /// Reading is a task beside the others, so that a block that fails ends the upload although the source has nothing
    /// to give for now.
    func stage(_ source: BlockSource) async throws -> [String] {
        try await withThrowingTaskGroup(of: Step.self) { group in
            var (count, underWay, done) = (0, 0, Int64(0))
            var (isReading, isAtEnd) = (false, false)
            while true {
                if !isAtEnd, !isReading, underWay < options.transfer.concurrency {
                    isReading = true
                    group.addTask { .read(try await source.next()) }
                }
                switch try await group.next() {
                case .read(let body?)?:
                    guard count < Limits.blocks else { throw tooManyBlocks }
                    let id = id(count)
                    group.addTask {
                        try await stage(body, id: id)
                        return .staged(body.length ?? 0)
                    }
                    (isReading, count, underWay) = (false, count + 1, underWay + 1)
                case .read(nil)?: (isReading, isAtEnd) = (false, true)
                case .staged(let length)?:
                    underWay -= 1
                    done += length
                    options.progress?(done)
                case nil: return (0..<count).map(id)
                }
            }
        }
    }

    private var tooManyBlocks: AzureError {
        .invalidArgument(
            "The stream needs more than \(Limits.blocks) blocks, which grow from \(options.transfer.partSize) bytes; "
                + "choose a larger part size.")
    }

    private func stage(_ body: HTTPBody, id: String) async throws {
        let conditions = BlobAccessConditions(leaseID: options.conditions.leaseID)
        _ = try await body.sendVerified(options.transfer.validation) { body, checksum in
            try await blob.stageBlock(
                id: id, body,
                options: BlobUpdateOptions(
                    conditions: conditions, encryption: options.encryption, call: options.call),
                checksum: checksum)
        }
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
        // A part of a file is read here: its checksum goes out before it does.
        let data = try await collect(upTo: .max)
        let checksum = ContentChecksum.of(data, for: validation)
        var tries = 1
        while true {
            do {
                return try await send(HTTPBody(data), checksum)
            } catch let error as AzureError
                where tries < TransferValidation.maxTries && error.code.meansDamagedOnTheWay
            {
                tries += 1
            }
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
    func next() async throws -> HTTPBody? {
        switch origin {
        case .plan(let plan, let part):
            guard taken < plan.count else { return nil }
            defer { taken += 1 }
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
