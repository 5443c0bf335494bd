import AzureCore
import AzureCrypto
import HTTPTypes
import StorageCore

public import struct Foundation.Data

/// A checksum of content, which the service compares with what arrives.
///
/// When it differs the operation fails, with ``AzureCore/AzureErrorCode/md5Mismatch`` or
/// ``AzureCore/AzureErrorCode/crc64Mismatch``, and nothing is written.
public struct ContentChecksum: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case md5(Data), crc64(Data), structuredBody
    }

    let kind: Kind

    /// An MD5: 16 bytes.
    public static func md5(_ digest: Data) -> ContentChecksum { ContentChecksum(kind: .md5(digest)) }

    /// A CRC-64/NVME: 8 bytes, the least significant first.
    public static func crc64(_ checksum: Data) -> ContentChecksum { ContentChecksum(kind: .crc64(checksum)) }

    /// CRC-64 checksums inside the body, computed while it is sent; see ``TransferValidation/structuredBody``.
    public static let structuredBody = ContentChecksum(kind: .structuredBody)

    /// Gives a request its body, and says of it what the service has to know.
    static func apply(_ checksum: ContentChecksum?, _ body: HTTPBody, to request: inout BlobRequest) async throws {
        request.body = body
        request.headers[.contentType] = "application/octet-stream"
        switch checksum?.kind {
        case nil: break
        case .md5(let digest):
            try Checks.md5(digest)
            request.headers.set(.contentMD5, base64: digest)
        case .crc64(let checksum):
            try Checks.crc64(checksum)
            request.headers.set(.contentCRC64, base64: checksum)
        case .structuredBody:
            guard let length = body.length else {
                throw AzureError.invalidArgument("A structured body cannot be made of a stream of unknown length.")
            }
            request.headers[.structuredBody] = StructuredBody.name
            request.headers.set(.structuredContentLength, length)
            request.body = try await StructuredBody.encode(body, length: length)
        }
    }

    /// Computes the checksum of bytes.
    ///
    /// - Parameters:
    ///   - data: The bytes.
    ///   - crc: Their CRC-64/NVME, where it is known already.
    ///   - validation: Which checksum.
    static func of(_ data: Data, crc: CRC64? = nil, for validation: TransferValidation) -> ContentChecksum? {
        switch validation.kind {
        case .none: nil
        case .crc64, .rangeCRC64: .crc64((crc ?? CRC64(of: data)).data)
        case .structuredBody: .structuredBody
        case .md5: .md5(Data(Digest.of(data, .md5)))
        }
    }

    /// Adds this to a request whose content the service fetches.
    func applyToSource(_ fields: inout HTTPFields) throws {
        switch kind {
        case .md5(let digest):
            try Checks.md5(digest)
            fields.set(.sourceContentMD5, base64: digest)
        case .crc64(let checksum):
            try Checks.crc64(checksum)
            fields.set(.sourceContentCRC64, base64: checksum)
        case .structuredBody:
            throw AzureError.invalidArgument("What the service fetches itself has no structured body.")
        }
    }
}

extension BlobRequest {
    /// Lets the service compare a document with its checksum; documents are never structured bodies.
    mutating func setChecksum(of document: Data, for validation: TransferValidation) {
        switch validation.kind {
        case .none: break
        case .md5: headers.set(.contentMD5, base64: Data(Digest.of(document, .md5)))
        case .crc64, .rangeCRC64, .structuredBody: headers.set(.contentCRC64, base64: CRC64(of: document).data)
        }
    }
}
