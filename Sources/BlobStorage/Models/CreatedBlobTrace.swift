import AzureCore
import HTTPTypes
import StorageCore

import struct Foundation.Date

/// What a request that makes a blob or a container leaves on it besides the content: time, type, header fields,
/// metadata.
struct CreatedBlobTrace {
    /// Whether what was found can be that of the request.
    enum Verdict: Sendable, Hashable {
        /// It is as the request would have made it.
        case alike
        /// The request cannot have made it.
        case foreign
        /// It cannot be told, and why.
        case unknown(String)
    }

    /// When a call began, by the clock of the service.
    struct Time: Sendable, Hashable {
        /// The time of an answer.
        var now: Date
        /// The seconds from the beginning of the call to that answer.
        var elapsed: Double

        /// The service shows times in whole seconds, and its machines do not agree to the last fraction of one.
        private static let allowance = 2.0

        /// The earliest time that what the call has made can show.
        var earliest: Date { now.addingTimeInterval(-elapsed - Self.allowance) }
    }

    private static let counterparts: [(sent: HTTPField.Name, found: HTTPField.Name)] = [
        (.blobType, .blobType), (.blobContentLength, .contentLength), (.blobContentType, .contentType),
        (.blobContentLanguage, .contentLanguage), (.blobContentDisposition, .contentDisposition),
        (.blobCacheControl, .cacheControl), (.blobContentMD5, .contentMD5), (.encryptionScope, .encryptionScope),
        (.encryptionKeySHA256, .encryptionKeySHA256), (.publicAccess, .publicAccess),
        (.defaultEncryptionScope, .defaultEncryptionScope),
    ]

    private let sent: HTTPFields

    init(of sent: HTTPFields) {
        self.sent = sent
    }

    /// Compares with the properties of what was found.
    func verdict(on found: HTTPFields, since time: Time) -> Verdict {
        guard let made = found.timestamp(.creationTime)?.date ?? found.timestamp(.lastModified)?.date else {
            return .unknown("The service does not say when it was made.")
        }
        guard made >= time.earliest else { return .foreign }
        for (name, counterpart) in Self.counterparts {
            guard sent[name] == nil || sent[name] == found[counterpart] else { return .foreign }
        }
        let metadata = Self.metadata(of: sent)
        // A copy without metadata of its own has that of its source.
        let isCopied = metadata.isEmpty && sent[.copySource] != nil
        return isCopied || metadata == Self.metadata(of: found) ? .alike : .foreign
    }

    /// Names in small letters: the service ignores their case, and transports may change it.
    private static func metadata(of fields: HTTPFields) -> [String: String] {
        let values = fields.values(withPrefix: MetadataFields.prefix)
        return Dictionary(values.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
    }
}
