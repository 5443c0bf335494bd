import AzureCore
import AzureCrypto
import HTTPTypes
import StorageCore

import struct Foundation.Data

/// The checksum that a header field of an answer has for its whole content, and that of the content so far.
///
/// A class, because digests cannot be copied.
final class PartChecksum {
    private let expected: Data
    /// Nil when it is the CRC-64 that is computed, and at the end.
    private var md5: Digest?
    private var crc64 = CRC64()

    /// Begins with no content.
    ///
    /// - Returns: Nil when the answer has no such checksum, or nobody asked for one.
    init?(_ validation: TransferValidation, _ fields: HTTPFields) {
        guard let expected = validation.rangeChecksum(in: fields), fields.value(.contentRange) != nil else {
            return nil
        }
        self.expected = expected
        md5 = validation == .md5 ? Digest(.md5) : nil
    }

    /// Adds content.
    func update(_ content: Data) {
        if md5 == nil { crc64.update(content) } else { md5?.update(content) }
    }

    /// Compares when all content has been added. To be called once.
    func isRight() -> Bool {
        guard let digest = md5.take() else { return crc64.data == expected }
        return Data(digest.finish()) == expected
    }
}

extension TransferValidation {
    /// The checksum of a part in its header fields, where that is what was asked for.
    fileprivate func rangeChecksum(in fields: HTTPFields) -> Data? {
        switch kind {
        case .md5: fields.base64(.contentMD5)
        case .rangeCRC64: fields.base64(.contentCRC64)
        case .none, .crc64, .structuredBody: nil
        }
    }
}
