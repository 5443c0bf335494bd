import AzureCore
import HTTPTypes

public import struct Foundation.Data

/// A checksum of content, which the service compares with what arrives.
///
/// When it differs the operation fails, with ``AzureCore/AzureErrorCode/md5Mismatch`` for an MD5, and nothing is
/// written.
public enum ContentChecksum: Sendable, Hashable {
    /// An MD5: 16 bytes.
    case md5(Data)
    /// A CRC-64/NVME: 8 bytes, the least significant first.
    case crc64(Data)

    /// Adds this to a request whose body has the content.
    func apply(to fields: inout HTTPFields) throws {
        switch self {
        case .md5(let digest):
            try Checks.md5(digest)
            fields.set(.contentMD5, base64: digest)
        case .crc64(let checksum):
            try Checks.crc64(checksum)
            fields.set(.contentCRC64, base64: checksum)
        }
    }

    /// Adds this to a request whose content the service fetches.
    func applyToSource(_ fields: inout HTTPFields) throws {
        switch self {
        case .md5(let digest):
            try Checks.md5(digest)
            fields.set(.sourceContentMD5, base64: digest)
        case .crc64(let checksum):
            try Checks.crc64(checksum)
            fields.set(.sourceContentCRC64, base64: checksum)
        }
    }
}
