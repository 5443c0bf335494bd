import AzureCore
import AzureCrypto
import Foundation

/// How to decrypt one blob: which of its bytes are needed, and what becomes of them.
struct BlobDecryption: Sendable {
    private enum Scheme {
        case regions(AESGCM, RegionLayout, contentSize: Int64)
        case blocks(AESCBC, vector: Data)
    }

    let metadata: EncryptionMetadata
    private let blob: BlobClient
    /// The size of the blob, as it is stored.
    private let size: Int64
    /// Page blobs have no padding.
    private let isPadded: Bool
    private let scheme: Scheme

    /// Gets the key of the blob, and looks whether the blob can be whole.
    init(_ blob: BlobClient, _ properties: BlobProperties, _ encryption: ClientSideEncryption) async throws {
        metadata = try EncryptionMetadata(
            properties.metadata, maximumRegionSize: encryption.maximumRegionSize, of: blob)
        self.blob = blob
        size = properties.contentLength
        isPadded = properties.blobType != .pageBlob
        let key = try await metadata.contentKey(encryption.key(metadata.keyID, for: blob), of: blob)
        guard let layout = metadata.layout else {
            // Padding is there even when there is nothing else.
            guard size % Int64(AESCBC.blockSize) == 0, size > 0 || !isPadded else { throw DecryptedBlocks.cutOff(blob) }
            scheme = .blocks(AESCBC(key: key), vector: metadata.vector ?? Data())
            return
        }
        guard let contentSize = layout.contentSize(ofBlob: size),
            metadata.contentLength == nil || metadata.contentLength == contentSize
        else {
            let expected = metadata.contentLength.map { "; \($0) bytes were encrypted" } ?? ""
            throw AzureError.encryption(
                .decryptionFailed, "The blob was cut off or extended: its size of \(size) bytes cannot be\(expected).",
                of: blob)
        }
        scheme = .regions(AESGCM(key: key), layout, contentSize: contentSize)
    }

    /// The size of the content; nil where only its end tells.
    var contentSize: Int64? {
        if case .regions(_, _, let size) = scheme { return size }
        return nil
    }

    /// The range of the content that a range asks for, its end where it is known.
    ///
    /// - Throws: An ``AzureError`` with `invalidRange` for one behind the end, as from the service.
    private func content(_ range: BlobRange?) throws -> Range<Int64> {
        let end = contentSize ?? size
        guard let range else { return 0..<end }
        guard range.offset < end else {
            throw AzureError(
                service: .blob, code: .invalidRange,
                message: "The range begins at byte \(range.offset), and the content has \(end) bytes at most.",
                operation: "Blob.Decrypt", resource: blob.address)
        }
        return range.offset..<min(end, range.offset + min(range.length ?? .max, end - range.offset))
    }

    /// How many bytes of content a range has; nil where only its end tells.
    func length(of range: BlobRange?) throws -> Int64? {
        contentSize == nil ? nil : Int64(try content(range).count)
    }

    /// The bytes of the blob that are needed for a range of its content.
    func blobRange(for range: BlobRange) throws -> BlobRange {
        let content = try content(range)
        var needed: Range<Int64>
        switch scheme {
        case .regions(_, let layout, _):
            needed = layout.blobRange(of: content)
        case .blocks:
            let block = Int64(AESCBC.blockSize)
            // The block before is the initialization vector of the first.
            let start = max(0, content.lowerBound / block * block - block)
            needed = start..<Self.roundedUp(content.upperBound, block)
        }
        needed = needed.clamped(to: 0..<size)
        return BlobRange(needed)
    }

    /// The end of the block that a place is in, or ends.
    private static func roundedUp(_ place: Int64, _ block: Int64) -> Int64 {
        let rest = place % block
        guard rest > 0 else { return place }
        let (end, isBehind) = place.addingReportingOverflow(block - rest)
        return isBehind ? .max : end
    }

    /// The content in bytes of the blob.
    ///
    /// - Parameters:
    ///   - bytes: What ``blobRange(for:)`` said, or the whole blob.
    ///   - range: The same range of the content; nil for all of it.
    func content(of bytes: HTTPByteStream, _ range: BlobRange?) throws -> HTTPByteStream {
        let content = try content(range)
        switch scheme {
        case .regions(let cipher, let layout, _):
            return HTTPByteStream(
                DecryptedRegions(blob: blob, regions: bytes, cipher: cipher, layout: layout, content: content))
        case .blocks(let cipher, let vector):
            let block = Int64(AESCBC.blockSize)
            let reachesEnd = Self.roundedUp(content.upperBound, block) >= size
            return HTTPByteStream(
                DecryptedBlocks(
                    blob: blob, blocks: bytes, cipher: cipher, vector: content.lowerBound < block ? vector : nil,
                    skipped: Int(content.lowerBound % block), limit: Int64(content.count),
                    isPadded: isPadded && reachesEnd))
        }
    }
}

extension EncryptionMetadata {
    /// Makes a key for a new blob, and what is to be stored with it.
    static func make(for key: any KeyEncryptionKey, contentLength: Int64?) async throws -> (AESGCM, EncryptionMetadata)
    {
        let contentKey = secureRandomBytes(AESGCM.keySize)
        let version = Version.v2
        let wrapped = try await key.wrap(version.keyPrefix + contentKey)
        let metadata = EncryptionMetadata(
            version: version, keyID: key.id, wrappedKey: wrapped, wrapAlgorithm: key.wrapAlgorithm,
            layout: .standard, contentLength: contentLength)
        return (AESGCM(key: contentKey), metadata)
    }

    /// The key of the blob.
    func contentKey(_ key: any KeyEncryptionKey, of blob: BlobClient) async throws -> Data {
        let prefix = version.keyPrefix
        let content = try await key.unwrap(wrappedKey, algorithm: wrapAlgorithm)
        guard content.count == prefix.count + AESGCM.keySize, content.starts(with: prefix) else {
            throw AzureError.encryption(
                .invalidEncryptionMetadata,
                "The blob's key is not one of version \(version.rawValue): the version in the metadata was changed.",
                of: blob)
        }
        return Data(content.dropFirst(prefix.count))
    }
}
