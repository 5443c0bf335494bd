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

    /// Where large bodies go.
    enum Place: Sendable {
        /// A file that ends with the process.
        case spool(SpoolFile)
        /// Files that outlast it.
        case directory(ContentDirectory)

        /// The most bytes of a body that are kept in memory.
        var memoryLimit: Int64 {
            switch self {
            case .spool: 1024 * 1024
            case .directory: ContentDirectory.inlineLimit
            }
        }
    }

    /// How much of a body is written at a time.
    private static let writeSize = 1024 * 1024

    let place: Place

    init(_ place: Place) {
        self.place = place
    }

    /// Takes in a body.
    ///
    /// - Throws: A ``BlobServiceError`` when it does not have the announced length; what the stream throws.
    func receive(_ body: HTTPByteStream, length: Int64) async throws -> Received {
        length <= place.memoryLimit
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
        let file = try await file(length)
        var digest = Digest(.md5)
        var checksum = CRC64()
        var pending = Data()
        var written: Int64 = 0
        func flush() async throws {
            let (data, position) = (pending, written)
            pending = Data()
            written += Int64(data.count)
            try await BlockingIO.run { try file.write(data, at: position) }
        }
        for try await chunk in body {
            guard written + Int64(pending.count + chunk.count) <= length else {
                throw BlobServiceError.bodyLengthMismatch
            }
            digest.update(chunk)
            checksum.update(chunk)
            pending.append(chunk)
            guard pending.count >= Self.writeSize else { continue }
            try await flush()
            // Content that is at hand, as that of a source in the account, never suspends by itself.
            try Task.checkCancellation()
            await Task.yield()
        }
        try await flush()
        guard written == length else { throw BlobServiceError.bodyLengthMismatch }
        try await BlockingIO.run { try file.sync() }
        return Received(piece: file.piece(length), md5: Data(digest.finish()), crc64: checksum)
    }

    /// A place for a body.
    private func file(_ length: Int64) async throws -> BodyFile {
        switch place {
        case .spool(let spool): return .region(try await spool.reserve(length))
        case .directory(let directory):
            return try await BlockingIO.run {
                let file = try directory.makeFile()
                try file.reserve(length)
                return .file(file)
            }
        }
    }
}

/// What the body of a request is written to.
private enum BodyFile: Sendable {
    case region(SpoolRegion)
    case file(ContentFile)

    func write(_ data: Data, at position: Int64) throws {
        switch self {
        case .region(let region): try region.write(data, at: position)
        case .file(let file): try file.write(data, at: position)
        }
    }

    func sync() throws {
        if case .file(let file) = self { try file.sync() }
    }

    func piece(_ length: Int64) -> ContentPiece {
        switch self {
        case .region(let region): ContentPiece(region, length: length)
        case .file(let file): ContentPiece(file, length: length)
        }
    }
}
