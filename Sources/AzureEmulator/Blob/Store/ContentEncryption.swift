import AzureCore
import AzureCrypto
import HTTPTypes

import struct Foundation.Data

/// What the content of a blob is encrypted with, or what a request says about that. The emulator encrypts nothing; it
/// only keeps to the rules.
struct ContentEncryption: Sendable, Hashable {
    /// The SHA-256 of the client's key in base64.
    var keyHash: String?
    var scope: String?

    init(keyHash: String? = nil, scope: String? = nil) {
        self.keyHash = keyHash
        self.scope = scope
    }

    /// Reads the header fields of a request.
    ///
    /// - Parameter prefix: What stands behind `x-ms-`, for those about the source of a copy.
    init(_ request: EmulatorRequest, prefix: String = "") throws {
        let names = ["key", "key-sha256", "algorithm"].map { "x-ms-\(prefix)encryption-\($0)" }
        let values = names.map(request.header)
        scope = request.header("x-ms-\(prefix)encryption-scope")
        guard values.contains(where: { $0 != nil }) else { return }
        for (name, value) in zip(names, values) where value == nil { throw BlobServiceError.missingHeader(name) }
        guard request.head.scheme == "https", scope == nil else {
            // The key itself is not repeated in the answer.
            throw BlobServiceError.invalidHeader(names[0], "")
        }
        guard let key = Data(base64Encoded: values[0] ?? ""), key.count == 32 else {
            throw BlobServiceError.invalidHeader(names[0], "")
        }
        guard values[1] == Data(Digest.of(key, .sha256)).base64EncodedString() else {
            throw BlobServiceError.invalidHeader(names[1], values[1] ?? "")
        }
        guard values[2] == "AES256" else { throw BlobServiceError.invalidHeader(names[2], values[2] ?? "") }
        keyHash = values[1]
    }

    /// Checks that a request brings the key that content was written with.
    func check(_ request: ContentEncryption) throws {
        switch (keyHash, request.keyHash) {
        case (nil, nil): break
        case (_?, nil): throw BlobServiceError.usesCustomerKey
        case (nil, _?): throw BlobServiceError.usesNoCustomerKey
        case (let own, let given): if own != given { throw BlobServiceError.customerKeyMismatch }
        }
        if let given = request.scope, given != scope { throw BlobServiceError.customerKeyMismatch }
    }

    /// What content is written with in a container, by what a request says.
    func resolved(in container: ContainerEncryptionScope) throws -> ContentEncryption {
        if container.deniesOverride, keyHash != nil || scope.map({ $0 != container.name }) ?? false {
            throw BlobServiceError.forbiddenByEncryptionPolicy
        }
        guard keyHash == nil, scope == nil, container != .accountKey else { return self }
        return ContentEncryption(scope: container.name)
    }

    /// The fields of answers.
    var fields: [(String, String)] {
        (keyHash.map { [("x-ms-encryption-key-sha256", $0)] } ?? [])
            + (scope.map { [("x-ms-encryption-scope", $0)] } ?? [])
    }
}
