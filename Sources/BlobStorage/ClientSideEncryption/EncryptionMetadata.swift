import AzureCore
import Foundation

/// What is stored with an encrypted blob so that it can be decrypted: JSON in the metadata `encryptiondata`.
struct EncryptionMetadata: Sendable, Hashable {
    /// The name of the metadata.
    static let name = "encryptiondata"

    /// The versions of the format.
    enum Version: String, Sendable {
        /// AES-CBC, read only.
        case v1 = "1.0"
        /// AES-GCM in regions of 4 MiB.
        case v2 = "2.0"
        /// AES-GCM in regions of any size, read only.
        case v2Sized = "2.1"

        var algorithm: String { self == .v1 ? "AES_CBC_256" : "AES_GCM_256" }

        /// What stands before the blob's key when it is wrapped, so that nobody can pass it off as one of another
        /// version.
        var keyPrefix: Data {
            self == .v1 ? Data() : Data(rawValue.utf8) + Data(count: 8 - rawValue.utf8.count)
        }
    }

    var version: Version
    var keyID: String
    var wrappedKey: Data
    var wrapAlgorithm: String
    /// The initialization vector of version 1.0.
    var vector: Data?
    /// The sizes of a region, in all other versions.
    var layout: RegionLayout?
    /// The size of the content before it was encrypted, where the writer knew it. Other clients do not look at it.
    var contentLength: Int64?

    var info: BlobEncryptionInfo {
        BlobEncryptionInfo(version: version.rawValue, keyID: keyID, wrapAlgorithm: wrapAlgorithm)
    }

    /// The JSON, with the members in the order in which the official clients write them.
    var json: String {
        var text = "{\"WrappedContentKey\":{\"KeyId\":\(Self.quoted(keyID)),"
        text += "\"EncryptedKey\":\"\(wrappedKey.base64EncodedString())\","
        text += "\"Algorithm\":\(Self.quoted(wrapAlgorithm))},"
        text += "\"EncryptionAgent\":{\"Protocol\":\"\(version.rawValue)\","
        text += "\"EncryptionAlgorithm\":\"\(version.algorithm)\"},"
        if let vector { text += "\"ContentEncryptionIV\":\"\(vector.base64EncodedString())\"," }
        if let layout {
            text += "\"EncryptedRegionInfo\":{\"DataLength\":\(layout.dataSize),\"NonceLength\":\(layout.nonceSize)},"
        }
        text += "\"KeyWrappingMetadata\":{\"EncryptionLibrary\":\"azure-swift\""
        if let contentLength { text += ",\"ContentLength\":\"\(contentLength)\"" }
        return text + "},\"EncryptionMode\":\"FullBlob\"}"
    }

    /// A JSON string of ASCII alone, as a header field needs it.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for unit in text.utf16 {
            switch unit {
            case 0x22, 0x5C: result += "\\" + String(UnicodeScalar(UInt8(unit)))
            case 0x20...0x7E: result += String(UnicodeScalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result + "\""
    }
}

// MARK: - Reading

extension EncryptionMetadata {
    /// Reads the metadata of a blob.
    ///
    /// - Throws: An ``AzureError``: `notClientEncrypted` when there is none, `invalidEncryptionMetadata` when it cannot
    ///   be right.
    init(_ metadata: BlobMetadata, maximumRegionSize: Int, of blob: BlobClient) throws {
        guard let text = metadata.first(where: { $0.key.lowercased() == Self.name })?.value else {
            throw AzureError.encryption(
                .notClientEncrypted,
                "The blob has no metadata '\(Self.name)': it was not encrypted by a client, or the metadata was lost. "
                    + "Read it without encryption if that is what you expect.", of: blob)
        }
        func fail(_ reason: String) -> AzureError {
            .encryption(
                .invalidEncryptionMetadata, "The blob's metadata '\(Self.name)' cannot be used: \(reason).", of: blob)
        }
        let stored: Stored
        do {
            stored = try JSONDecoder().decode(Stored.self, from: Data(text.utf8))
        } catch {
            throw fail("it is not the JSON of an encrypted blob")
        }
        guard let version = Version(rawValue: stored.agent.version) else {
            throw fail("its version is '\(stored.agent.version)'; 2.0, 2.1 and 1.0 are known")
        }
        guard stored.agent.algorithm == version.algorithm else {
            throw fail("version \(version.rawValue) does not have the algorithm '\(stored.agent.algorithm)'")
        }
        guard let wrappedKey = Data(base64Encoded: stored.key.wrapped), !wrappedKey.isEmpty else {
            throw fail("it has no key in base64")
        }
        self.version = version
        self.wrappedKey = wrappedKey
        keyID = stored.key.id
        wrapAlgorithm = stored.key.algorithm
        if version == .v1 {
            guard let vector = stored.vector.flatMap({ Data(base64Encoded: $0) }), vector.count == 16 else {
                throw fail("it has no initialization vector of 16 bytes")
            }
            self.vector = vector
        } else {
            guard let region = stored.region else { throw fail("it does not say how large regions are") }
            guard region.nonceSize == RegionLayout.standard.nonceSize else {
                throw fail("nonces of \(region.nonceSize) bytes are not known")
            }
            let most = min(Int64(maximumRegionSize), RegionLayout.maxDataSize)
            guard region.dataSize > 0, region.dataSize <= most else {
                throw fail("its regions have \(region.dataSize) bytes, and 1 to \(most) are accepted")
            }
            layout = RegionLayout(dataSize: region.dataSize)
            contentLength = stored.keyWrapping?.values["ContentLength"].flatMap { Int64($0) }
        }
    }

    /// The JSON as it is stored.
    private struct Stored: Decodable {
        struct Key: Decodable {
            var id: String
            var wrapped: String
            var algorithm: String

            enum CodingKeys: String, CodingKey {
                case id = "KeyId"
                case wrapped = "EncryptedKey"
                case algorithm = "Algorithm"
            }
        }
        struct Agent: Decodable {
            var version: String
            var algorithm: String

            enum CodingKeys: String, CodingKey {
                case version = "Protocol"
                case algorithm = "EncryptionAlgorithm"
            }
        }
        struct Region: Decodable {
            var dataSize: Int64
            var nonceSize: Int

            enum CodingKeys: String, CodingKey {
                case dataSize = "DataLength"
                case nonceSize = "NonceLength"
            }
        }
        /// What writers add as they like; only texts are of interest.
        struct KeyWrapping: Decodable {
            var values: [String: String]

            init(from decoder: any Decoder) throws {
                values = (try? decoder.singleValueContainer().decode([String: String].self)) ?? [:]
            }
        }

        var key: Key
        var agent: Agent
        var vector: String?
        var region: Region?
        var keyWrapping: KeyWrapping?

        enum CodingKeys: String, CodingKey {
            case key = "WrappedContentKey"
            case agent = "EncryptionAgent"
            case vector = "ContentEncryptionIV"
            case region = "EncryptedRegionInfo"
            case keyWrapping = "KeyWrappingMetadata"
        }
    }
}
