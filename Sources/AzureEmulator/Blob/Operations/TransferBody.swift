import AzureCore
import AzureCrypto
import Foundation

/// The digests that a request says its content has.
struct TransferChecks: Sendable {
    let md5: Data?
    let crc64: Data?

    /// Reads the digests of a request.
    ///
    /// - Parameter prefix: What stands in front of the names `md5` and `crc64`, for content that comes from elsewhere.
    init(_ request: EmulatorRequest, prefix: String? = nil) throws {
        let md5Name = prefix.map { $0 + "md5" } ?? "Content-MD5"
        let crc64Name = prefix.map { $0 + "crc64" } ?? "x-ms-content-crc64"
        md5 = try request.header(md5Name).map { text in
            guard let digest = Data(base64Encoded: text), digest.count == 16 else { throw BlobServiceError.invalidMd5 }
            return digest
        }
        crc64 = try request.header(crc64Name).map { text in
            guard let checksum = Data(base64Encoded: text), checksum.count == 8 else {
                throw BlobServiceError.invalidHeader(crc64Name, text)
            }
            return checksum
        }
        guard md5 == nil || crc64 == nil else {
            throw BlobServiceError.invalidHeader(crc64Name, crc64?.base64EncodedString() ?? "")
        }
    }

    /// The digests that an answer tells: the CRC-64, and the MD5 when the request has one. Older versions of the service
    /// have only the MD5.
    func fields(md5 arrived: Data, crc64 arrivedCRC64: CRC64, version: String) -> [(String, String)] {
        let isOld = version < "2019-02-02"
        return (isOld || md5 != nil ? [("Content-MD5", arrived.base64EncodedString())] : [])
            + (isOld ? [] : [("x-ms-content-crc64", arrivedCRC64.data.base64EncodedString())])
    }

    func compare(_ body: Data) throws {
        try compare(md5: Data(Digest.of(body, .md5)), crc64: CRC64(of: body))
    }

    func compare(md5 arrived: Data, crc64 arrivedCRC64: CRC64) throws {
        guard (md5 ?? arrived) == arrived else { throw BlobServiceError.md5Mismatch }
        guard (crc64 ?? arrivedCRC64.data) == arrivedCRC64.data else { throw BlobServiceError.crc64Mismatch }
    }
}

/// The content that a request brings, and what it says of it.
struct TransferBody: Sendable {
    /// How long the content is.
    let length: Int64
    private let stream: HTTPByteStream
    private let checks: TransferChecks
    private let isStructured: Bool

    /// Content that comes from elsewhere.
    init(_ stream: HTTPByteStream, length: Int64, checks: TransferChecks) {
        self.length = length
        self.stream = stream
        self.checks = checks
        isStructured = false
    }

    init(_ request: EmulatorRequest) throws {
        let size = request.contentLength ?? 0
        checks = try TransferChecks(request)
        guard let format = request.header("x-ms-structured-body") else {
            (length, stream, isStructured) = (size, request.body, false)
            return
        }
        guard format == StructuredMessage.format else {
            throw BlobServiceError.invalidHeader("x-ms-structured-body", format)
        }
        guard let text = request.header("x-ms-structured-content-length") else {
            throw BlobServiceError.missingHeader("x-ms-structured-content-length")
        }
        guard let length = Int64(digits: text), length <= size else {
            throw BlobServiceError.invalidHeader("x-ms-structured-content-length", text)
        }
        self.length = length
        stream = StructuredMessage.content(of: request.body, size: size, content: length)
        isStructured = true
    }

    /// Takes the content in.
    ///
    /// - Throws: A ``BlobServiceError`` when it is not as long as announced, or has other digests.
    func receive(_ receiver: ContentReceiver) async throws -> ContentReceiver.Received {
        let received = try await receiver.receive(stream, length: length)
        try checks.compare(md5: received.md5, crc64: received.crc64)
        return received
    }

    /// What the answer to a write of a part says of the content.
    ///
    /// - Parameter version: The version of the service that answers.
    func fields(of received: ContentReceiver.Received, version: String) -> [(String, String)] {
        checks.fields(md5: received.md5, crc64: received.crc64, version: version) + structuredFields
    }

    /// What the answer to a write of a whole blob says of the content: both digests.
    func allFields(of received: ContentReceiver.Received) -> [(String, String)] {
        [
            ("Content-MD5", received.md5.base64EncodedString()),
            ("x-ms-content-crc64", received.crc64.data.base64EncodedString()),
        ] + structuredFields
    }

    private var structuredFields: [(String, String)] {
        isStructured ? [("x-ms-structured-body", StructuredMessage.format)] : []
    }
}
