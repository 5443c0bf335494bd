import AzureCore
import AzureCrypto
import Foundation

/// Decrypts what version 1.0 wrote: one chain of blocks of 16 bytes with padding at its end.
struct DecryptedBlocks: AsyncSequence, Sendable {
    typealias Element = Data
    typealias Failure = any Error

    let blob: BlobClient
    let blocks: HTTPByteStream
    let cipher: AESCBC
    /// The initialization vector; nil when the stream begins with the block before the first.
    let vector: Data?
    /// How many bytes to leave out at the start, and how many to hand out at most.
    let skipped: Int
    let limit: Int64
    /// Whether the stream ends with the padding.
    let isPadded: Bool

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(self)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        private static let partSize = 1024 * 1024

        private let source: DecryptedBlocks
        private var parts: PartReader
        private var vector: Data?
        private var ahead: Data?
        private var skipped: Int
        private var left: Int64

        init(_ source: DecryptedBlocks) {
            self.source = source
            parts = PartReader(source.blocks, size: Self.partSize)
            vector = source.vector
            skipped = source.skipped
            left = source.limit
        }

        mutating func next() async throws -> Data? {
            guard left > 0, let part = try await nextPart() else { return nil }
            guard part.count % AESCBC.blockSize == 0 else { throw DecryptedBlocks.cutOff(source.blob) }
            let isFirst = vector == nil
            let blocks = isFirst ? part.dropFirst(AESCBC.blockSize) : part
            var plain = source.cipher.decrypt(blocks, vector: vector ?? part.prefix(AESCBC.blockSize))
            vector = Data(part.suffix(AESCBC.blockSize))
            ahead = try await parts.next()
            if ahead == nil, source.isPadded { plain = try withoutPadding(plain) }
            let wanted = plain.dropFirst(skipped).prefix(Int(clamping: left))
            skipped = 0
            left -= Int64(wanted.count)
            return wanted
        }

        private mutating func nextPart() async throws -> Data? {
            if let part = ahead {
                ahead = nil
                return part
            }
            return try await parts.next()
        }

        /// Takes away 1 to 16 bytes that all are their own number.
        private func withoutPadding(_ plain: Data) throws -> Data {
            guard let count = plain.last, (1...16).contains(count), plain.suffix(Int(count)).allSatisfy({ $0 == count })
            else {
                throw AzureError.encryption(
                    .decryptionFailed, "The end of the blob was changed or cut off, or the key is another one.",
                    of: source.blob)
            }
            return plain.dropLast(Int(count))
        }
    }

    /// The error of a blob that has no whole blocks.
    static func cutOff(_ blob: BlobClient) -> AzureError {
        .encryption(.decryptionFailed, "The blob was cut off: it does not end with a whole block.", of: blob)
    }
}
