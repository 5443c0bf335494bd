import AzureCore
import AzureCrypto
import Foundation

/// Takes in the body of a request: small ones into memory, large ones into a file, and computes its digests on the way.
struct ContentReceiver: Sendable {
    /// A body that has arrived.
    struct Received: Sendable {
        let piece: ContentPiece
        let md5: Data
        let crc64: CRC64
    }

    /// The most bytes of a body that are kept in memory.
    static let memoryLimit: Int64 = 1024 * 1024

    let spool: SpoolFile

    /// Takes in a body.
    ///
    /// - Throws: A ``BlobServiceError`` when it does not have the announced length; what the stream throws.
    func receive(_ body: HTTPByteStream, length: Int64) async throws -> Received {
        length <= Self.memoryLimit
            ? try await receiveIntoMemory(body, length: length) : try await receiveIntoFile(body, length: length)
    }

    private func receiveIntoMemory(_ body: HTTPByteStream, length: Int64) async throws -> Received {
        var data = Data()
        data.reserveCapacity(Int(length))
        for try await chunk in body {
            guard Int64(data.count + chunk.count) <= length else { throw BlobServiceError.bodyLengthMismatch }
            data.append(chunk)
        }
        guard Int64(data.count) == length else { throw BlobServiceError.bodyLengthMismatch }
        return Received(piece: ContentPiece(data), md5: Data(Digest.of(data, .md5)), crc64: CRC64(of: data))
    }

    private func receiveIntoFile(_ body: HTTPByteStream, length: Int64) async throws -> Received {
        let region = try await spool.reserve(length)
        var digest = Digest(.md5)
        var checksum = CRC64()
        var pending = Data()
        var written: Int64 = 0
        func flush() async throws {
            let (data, position) = (pending, written)
            pending = Data()
            written += Int64(data.count)
            try await BlockingIO.run { try region.write(data, at: position) }
        }
        for try await chunk in body {
            guard written + Int64(pending.count + chunk.count) <= length else {
                throw BlobServiceError.bodyLengthMismatch
            }
            digest.update(chunk)
            checksum.update(chunk)
            pending.append(chunk)
            guard pending.count >= Int(Self.memoryLimit) else { continue }
            try await flush()
            // Content that is at hand, as that of a source in the account, never suspends by itself.
            try Task.checkCancellation()
            await Task.yield()
        }
        try await flush()
        guard written == length else { throw BlobServiceError.bodyLengthMismatch }
        return Received(piece: ContentPiece(region, length: length), md5: Data(digest.finish()), crc64: checksum)
    }
}
