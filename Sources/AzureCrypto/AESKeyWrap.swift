import COpenSSL

/// AES key wrap (RFC 3394): protects a key with another one, and notices every change.
package struct AESKeyWrap: Sendable {
    /// How many bytes the key may have that wraps.
    package static let keySizes: Set<Int> = [16, 24, 32]
    /// How many bytes a wrapped key has more than the key itself.
    package static let overhead = 8

    private let key: [UInt8]

    /// Prepares the key that wraps.
    ///
    /// - Parameter key: 16, 24 or 32 bytes.
    package init(key: some Sequence<UInt8>) {
        self.key = Array(key)
        precondition(Self.keySizes.contains(self.key.count), "A key for AES has 16, 24 or 32 bytes.")
    }

    /// Wraps a key.
    ///
    /// - Parameter content: The key: a multiple of 8 bytes, at least 16; nil comes back for any other length.
    package func wrap(_ content: [UInt8]) -> [UInt8]? {
        guard content.count >= 16, content.count % 8 == 0 else { return nil }
        return run(content, encrypts: true)
    }

    /// Unwraps a key.
    ///
    /// - Parameter wrapped: What ``wrap(_:)`` made.
    /// - Returns: The key; nil when anything was changed, or another key wrapped it.
    package func unwrap(_ wrapped: [UInt8]) -> [UInt8]? {
        guard wrapped.count >= 24, wrapped.count % 8 == 0 else { return nil }
        return run(wrapped, encrypts: false)
    }

    private func run(_ input: [UInt8], encrypts: Bool) -> [UInt8]? {
        Cipher.withContext { context in
            EVP_CIPHER_CTX_set_flags(context, Int32(EVP_CIPHER_CTX_FLAG_WRAP_ALLOW))
            guard EVP_CipherInit_ex2(context, Cipher.wraps[key.count], key, nil, encrypts ? 1 : 0, nil) == 1 else {
                preconditionFailure("OpenSSL does not offer AES key wrap.")
            }
            var output = [UInt8](repeating: 0, count: input.count + 2 * Self.overhead)
            var count: Int32 = 0
            guard EVP_CipherUpdate(context, &output, &count, input, Int32(input.count)) == 1, count > 0 else {
                ERR_clear_error()
                return nil
            }
            return Array(output.prefix(Int(count)))
        }
    }
}

extension AESKeyWrap: CustomReflectable, CustomStringConvertible {
    package var description: String { "AESKeyWrap" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
