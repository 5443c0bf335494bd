import AzureCore
import AzureCrypto
import Foundation

/// Encrypts a stream region by region. One region is in memory.
struct EncryptedRegions: AsyncSequence, Sendable {
    typealias Element = Data
    typealias Failure = any Error

    let content: HTTPByteStream
    let cipher: AESGCM
    let layout = RegionLayout.standard

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(parts: PartReader(content, size: Int(layout.dataSize)), cipher: cipher)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        var parts: PartReader
        let cipher: AESGCM
        private var region: Int64 = 0

        init(parts: PartReader, cipher: AESGCM) {
            self.parts = parts
            self.cipher = cipher
        }

        mutating func next() async throws -> Data? {
            guard let part = try await parts.next() else { return nil }
            defer { region += 1 }
            return cipher.seal(part, nonce: RegionNonces.nonce(region))
        }
    }
}

/// Decrypts regions, and hands out the content of a region only when all of it is known to be genuine.
struct DecryptedRegions: AsyncSequence, Sendable {
    typealias Element = Data
    typealias Failure = any Error

    let blob: BlobClient
    let regions: HTTPByteStream
    let cipher: AESGCM
    let layout: RegionLayout
    /// The range of the content to hand out. The stream begins with the region that holds its first byte.
    let content: Range<Int64>

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(self)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        private let source: DecryptedRegions
        private var parts: PartReader
        private var nonces = RegionNonces()
        private var region: Int64
        private var position: Int64

        init(_ source: DecryptedRegions) {
            self.source = source
            parts = PartReader(source.regions, size: Int(source.layout.regionSize))
            region = source.content.lowerBound / source.layout.dataSize
            position = source.content.lowerBound
        }

        mutating func next() async throws -> Data? {
            guard position < source.content.upperBound else { return nil }
            guard let part = try await parts.next() else { throw failure("is missing") }
            let start = region * source.layout.dataSize
            guard nonces.accept(part.prefix(AESGCM.nonceSize), of: region) else {
                throw failure("is not where it was written")
            }
            guard let plain = source.cipher.open(part) else { throw failure("was changed or cut off") }
            // `start` is a place in the content, so that differences to its end cannot overflow; sums could.
            let size = Swift.min(source.content.upperBound - start, source.layout.dataSize)
            let end = start + size
            guard Int64(plain.count) >= size else { throw failure("was cut off") }
            let wanted = plain.dropFirst(Int(position - start)).prefix(Int(end - position))
            position = end
            region += 1
            return wanted
        }

        private func failure(_ what: String) -> AzureError {
            .encryption(
                .decryptionFailed,
                "The part of the blob that begins at byte \(region * source.layout.regionSize) \(what). Nothing of it "
                    + "was handed out; what came before is genuine.", of: source.blob)
        }
    }
}
