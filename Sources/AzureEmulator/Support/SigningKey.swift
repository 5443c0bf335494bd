import AzureCore
import AzureCrypto

import struct Foundation.Data

/// An account's key, and the signatures that are made with it.
package struct SigningKey: Sendable {
    private let hmac: HMACSHA256

    /// Reads a key in base64.
    ///
    /// - Throws: An `AzureError` with `invalidArgument` when it is not base64, or empty.
    package init(base64: String) throws {
        guard let key = Data(base64Encoded: base64), !key.isEmpty else {
            throw AzureError.invalidArgument("The account key of the emulator is not base64.")
        }
        hmac = HMACSHA256(key: key)
    }

    /// The signature of a text, in base64.
    package func sign(_ text: String) -> String {
        Data(hmac.authenticationCode(for: text.utf8)).base64EncodedString()
    }

    /// Whether a signature is that of a text.
    package func isSignature(_ signature: String, of text: String) -> Bool {
        isEqualInConstantTime(Array(sign(text).utf8), Array(signature.utf8))
    }
}
