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

    /// Stages all parts of a plan and returns the names of the blocks.
    func stage(_ plan: TransferPlan, part: @escaping @Sendable (Int64, Int64) -> HTTPBody) async throws -> [String] {
        var next = 0
        return try await stage {
            guard next < plan.count else { return nil }
            defer { next += 1 }
            let (offset, length) = plan[next]
            return part(offset, length)
        }
    }

    /// Stages parts of a stream and returns the names of the blocks.
    func stage(startingWith first: [Data], then rest: PartReader) async throws -> [String] {
        var first = first
        var rest = rest
        return try await stage {
            if !first.isEmpty { return HTTPBody(first.removeFirst()) }
            return try await rest.next().map { HTTPBody($0) }
        }
    }

    private func stage(_ nextBody: () async throws -> HTTPBody?) async throws -> [String] {
        try await withThrowingTaskGroup(of: Int64.self) { group in
            var count = 0
            var done: Int64 = 0
            while let body = try await nextBody() {
                guard count < Limits.blocks else {
                    throw AzureError.invalidArgument(
                        "The stream needs more than \(Limits.blocks) blocks, which grow from "
                            + "\(options.transfer.partSize) bytes; choose a larger part size.")
                }
                if count >= options.transfer.concurrency, let length = try await group.next() {
                    done += length
                    options.progress?(done)
                }
                let id = id(count)
                group.addTask {
                    try await stage(body, id: id)
                    return body.length ?? 0
                }
                count += 1
            }
            for try await length in group {
                done += length
                options.progress?(done)
            }
            return (0..<count).map(id)
        }
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
