import AzureCrypto

import struct Foundation.Data

/// A key that came in base64, ready to sign. Descriptions do not contain it.
struct SigningKey: Sendable {
    private let hmac: HMACSHA256

    /// Nil when the text is not base64 or stands for nothing.
    init?(base64: String) {
        // Foundation overlooks padding in excess, which means that the key was not copied as it is.
        guard let bytes = Data(base64Encoded: base64), !bytes.isEmpty, bytes.base64EncodedString() == base64 else {
            return nil
        }
        hmac = HMACSHA256(key: bytes)
    }

    /// The signature of the UTF-8 bytes of a text, in base64.
    func sign(_ text: String) -> String {
        Data(hmac.authenticationCode(for: text.utf8)).base64EncodedString()
    }
}
