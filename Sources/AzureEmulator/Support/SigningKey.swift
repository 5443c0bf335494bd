import AzureCore
import AzureCrypto

import struct Foundation.Data

/// An account's key, and the signatures that are made with it.
package struct SigningKey: Sendable {
    private let hmac: HMACSHA256
    /// A second key of the account, with which others may have signed.
    private let other: HMACSHA256?

    /// Reads a key in base64.
    ///
    /// - Parameter second: Another key that signatures may be made with.
    /// - Throws: An `AzureError` with `invalidArgument` when it is not base64, or empty.
    package init(base64: String, orBase64 second: String? = nil) throws {
        hmac = try Self.hmac(base64)
        other = try second.map(Self.hmac)
    }

    private static func hmac(_ base64: String) throws -> HMACSHA256 {
        guard let key = Data(base64Encoded: base64), !key.isEmpty else {
            throw AzureError.invalidArgument("The account key of the emulator is not base64.")
        }
        return HMACSHA256(key: key)
    }

    /// The signature of a text, in base64, with the first key.
    package func sign(_ text: String) -> String { Self.sign(text, hmac) }

    /// Whether a signature is that of a text, by either key.
    package func isSignature(_ signature: String, of text: String) -> Bool {
        ([hmac] + (other.map { [$0] } ?? [])).contains {
            isEqualInConstantTime(Array(Self.sign(text, $0).utf8), Array(signature.utf8))
        }
    }

    private static func sign(_ text: String, _ hmac: HMACSHA256) -> String {
        Data(hmac.authenticationCode(for: text.utf8)).base64EncodedString()
    }
}
