import AzureCore
import HTTPTypes

/// The validation of content in uploads and downloads.
public struct TransferValidation: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case none
        case crc64
        case structuredBody
        case md5
        case rangeCRC64
    }

    let kind: Kind

    /// How often a part is tried that arrives damaged.
    static let maxTries = 3

    /// No validation beyond TCP and TLS.
    public static let none = TransferValidation(kind: .none)
    /// A CRC-64/NVME with every part. The service refuses parts of an upload that arrived otherwise, and sends
    /// downloads as structured bodies, whose checksums are compared here. Where it does not know structured bodies the
    /// download goes on without, and says so in its result.
    public static let crc64 = TransferValidation(kind: .crc64)
    /// As ``crc64``, with structured bodies in both directions.
    public static let structuredBody = TransferValidation(kind: .structuredBody)
    /// An MD5 with every part, for services that know nothing better; it costs as much time as a whole download.
    /// Parts have 4 MiB at most in downloads.
    public static let md5 = TransferValidation(kind: .md5)
    /// As ``crc64``, with the checksum of a download in a header field, for services that know no structured bodies.
    /// Parts have 4 MiB at most in downloads.
    public static let rangeCRC64 = TransferValidation(kind: .rangeCRC64)

    /// The largest part of which the service computes a checksum for a header field.
    private static let maxRange = 4 * 1024 * 1024

    /// How large the parts of a download can be.
    func partSize(atMost size: Int) -> Int {
        [.md5, .rangeCRC64].contains(kind) ? min(size, Self.maxRange) : size
    }

    /// Asks for checksums in the answer to a download.
    func ask(in fields: inout HTTPFields, isRange: Bool) {
        switch kind {
        case .none: break
        case .crc64, .structuredBody: fields[.structuredBody] = StructuredBody.name
        // Of a whole blob the service sends the MD5 that is stored with it.
        case .md5: if isRange { fields[.rangeGetContentMD5] = "true" }
        case .rangeCRC64: if isRange { fields[.rangeGetContentCRC64] = "true" }
        }
    }

    /// Which checksums come with the answer to a download; `none` when there are none.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidResponse`` when they are of an unknown sort.
    func found(in fields: HTTPFields) throws -> TransferValidation {
        guard let name = fields.value(.structuredBody) else {
            return PartChecksum(self, fields) == nil ? .none : self
        }
        guard name == StructuredBody.name else {
            throw AzureError(
                service: .blob, code: .invalidResponse,
                message: "The service sent a structured body of a sort that is not known here: '\(name)'.")
        }
        return self
    }
}
