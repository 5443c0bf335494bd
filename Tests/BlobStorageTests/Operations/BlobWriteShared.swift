import AzureCore
import BlobStorage
import Foundation

/// What the cases of writing blobs share.
extension OperationCase {
    static let blobPath = "/pictures/cats/tom.jpg"
    static let md5 = Data(repeating: 1, count: 16)
    static let md5Text = "AQEBAQEBAQEBAQEBAQEBAQ=="
    static let crc64 = Data(repeating: 2, count: 8)
    static let crc64Text = "AgICAgICAgI="

    static func customerKey(_ byte: UInt8 = 0) -> CustomerProvidedKey {
        // Of the right length, so it cannot fail.
        try! CustomerProvidedKey(aes256: Data(repeating: byte, count: 32))
    }

    static let customerKeyHeaders = [
        "x-ms-encryption-key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "x-ms-encryption-key-sha256": "Zmh6rfhivXdsj8GLjp+OIAiXFIVu4jOzkCpZHQ1fKSU=",
        "x-ms-encryption-algorithm": "AES256",
    ]
    static let scopeHeaders = ["x-ms-encryption-scope": "scope"]

    static let httpHeaders = BlobHTTPHeaders(
        contentType: "text/plain", contentEncoding: "br", contentLanguage: "de", contentDisposition: "inline",
        cacheControl: "no-store", contentMD5: md5)
    static let httpHeaderFields = [
        "x-ms-blob-content-type": "text/plain", "x-ms-blob-content-encoding": "br",
        "x-ms-blob-content-language": "de", "x-ms-blob-content-disposition": "inline",
        "x-ms-blob-cache-control": "no-store", "x-ms-blob-content-md5": md5Text,
    ]

    static let immutability = BlobProperties.Immutability(
        policy: ImmutabilityPolicy(expiresOn: date, mode: .unlocked), hasLegalHold: true)
    static let immutabilityHeaders = [
        "x-ms-immutability-policy-until-date": dateText, "x-ms-immutability-policy-mode": "Unlocked",
        "x-ms-legal-hold": "true",
    ]

    static let createOptions = BlobCreateOptions(
        httpHeaders: httpHeaders, metadata: ["Owner": "me"], tags: ["a b": "c", "d": "e/f"],
        immutability: immutability, conditions: blobConditions, encryption: BlobEncryption(customerKey: customerKey()),
        call: call)
    static let createHeaders = all(
        httpHeaderFields, immutabilityHeaders, blobConditionHeaders, customerKeyHeaders,
        ["x-ms-meta-Owner": "me", "x-ms-tags": "a%20b=c&d=e%2Ff"])

    static let source = BlobCopySource(
        url: "https://other.example/c/b?sig=s",
        conditions: BlobSourceConditions(
            ifMatch: "\"0x3\"", ifNoneMatch: "\"0x4\"", ifModifiedSince: .init(date), ifUnmodifiedSince: .init(date)))
    static let sourceHeaders = [
        "x-ms-copy-source": "https://other.example/c/b?sig=s", "x-ms-source-if-match": "\"0x3\"",
        "x-ms-source-if-none-match": "\"0x4\"", "x-ms-source-if-modified-since": dateText,
        "x-ms-source-if-unmodified-since": dateText,
    ]

    static let tokenHeaders = [
        "x-ms-copy-source-authorization": "Bearer token", "x-ms-file-request-intent": "backup",
    ]
    static let sourceKeyHeaders = [
        "x-ms-source-encryption-key": "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
        "x-ms-source-encryption-key-sha256": "cs1uhCLEB/ttCYaQ8RMLfe1+wvf14dML2dUh8BU2N5M=",
        "x-ms-source-encryption-algorithm": "AES256",
    ]

    /// A source with everything that reading a part of it can have.
    static func rangedSource(
        _ range: BlobRange, _ checksum: ContentChecksum
    ) -> BlobCopySource {
        var source = Self.source
        source.range = range
        source.bearerToken = "token"
        source.fileRequestIntent = .backup
        source.customerKey = customerKey(1)
        source.checksum = checksum
        return source
    }

    static let bytesHeaders = ["Content-Type": "application/octet-stream"]
    /// A structured body of so many bytes; the answer has to say that it was understood.
    static func structuredHeaders(_ length: Int) -> [String: String] {
        all(bytesHeaders, structuredAnswerHeaders, ["x-ms-structured-content-length": "\(length)"])
    }
    static let structuredAnswerHeaders = ["x-ms-structured-body": "XSM/1.0; properties=crc64"]

    /// Bytes as the table compares them.
    ///
    /// - Parameters:
    ///   - base64: What comes first.
    ///   - content: What comes then.
    ///   - trailer: What comes last, in base64.
    static func text(base64: String, content: String = "", trailer: String = "") -> String {
        let data = [Data(base64Encoded: base64), Data(content.utf8), Data(base64Encoded: trailer)]
        return String(decoding: data.reduce(Data()) { $0 + ($1 ?? Data()) }, as: UTF8.self)
    }

    /// What the answers to writes have besides the common header fields.
    static let writeAnswerHeaders = [
        "Content-MD5": md5Text, "x-ms-content-crc64": crc64Text, "x-ms-version-id": "v2",
        "x-ms-request-server-encrypted": "true", "x-ms-encryption-key-sha256": "sha", "x-ms-encryption-scope": "scope",
        "x-ms-blob-sequence-number": "9",
    ]

    static func writeResult(_ path: String = "") -> [String: String] {
        all(
            commonResult("\(path)response."),
            [
                "\(path)etag": "\"0x8D\"", "\(path)lastModified": "2026-01-02T03:04:05Z", "\(path)versionID": "v2",
                "\(path)contentMD5": md5Text, "\(path)contentCRC64": crc64Text, "\(path)isServerEncrypted": "true",
                "\(path)encryptionKeySHA256": "sha", "\(path)encryptionScope": "scope", "\(path)sequenceNumber": "9",
            ])
    }

    /// All of these together.
    static func all(_ parts: [String: String]...) -> [String: String] {
        parts.reduce(into: [:]) { $0.merge($1) { $1 } }
    }
}
