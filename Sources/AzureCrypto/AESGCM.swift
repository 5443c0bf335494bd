import COpenSSL

package import struct Foundation.Data

/// AES-256 in Galois/counter mode: encrypts, and notices every change of what it encrypted.
///
/// Never use one nonce for two messages under one key.
package struct AESGCM: Sendable {
    /// How many bytes a key has.
    package static let keySize = 32
    /// How many bytes a nonce has.
    package static let nonceSize = 12
    /// How many bytes the tag has that follows what was encrypted.
    package static let tagSize = 16

    private let key: [UInt8]

    /// Prepares a key.
    ///
    /// - Parameter key: 32 bytes.
    package init(key: some Sequence<UInt8>) {
        self.key = Array(key)
        precondition(self.key.count == Self.keySize, "A key for AES-256 has 32 bytes.")
    }

    /// Encrypts a message.
    ///
    /// - Parameters:
    ///   - message: The bytes.
    ///   - nonce: 12 bytes, never used before with this key.
    /// - Returns: Nonce, encrypted bytes and tag, in this order.
    package func seal(_ message: Data, nonce: [UInt8]) -> Data {
        precondition(nonce.count == Self.nonceSize, "A nonce has 12 bytes.")
        var sealed = Data(count: Self.nonceSize + message.count + Self.tagSize)
        sealed.replaceSubrange(0..<Self.nonceSize, with: nonce)
        let isSealed = sealed.withUnsafeMutableBytes { output in
            message.withUnsafeBytes { input in
                Cipher.withContext { context in
                    let bytes = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    guard let bytes, EVP_EncryptInit_ex2(context, Cipher.gcm, key, nonce, nil) == 1 else {
                        return false
                    }
                    var count: Int32 = 0
                    let body = bytes + Self.nonceSize
                    return Self.update(context, EVP_EncryptUpdate, body, input)
                        && EVP_EncryptFinal_ex(context, body + input.count, &count) == 1
                        && EVP_CIPHER_CTX_ctrl(
                            context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagSize), body + input.count) == 1
                }
            }
        }
        // Nothing but a lack of memory gets here, and bytes that are not encrypted must not leave.
        precondition(isSealed, "OpenSSL could not encrypt.")
        return sealed
    }

    /// Decrypts what ``seal(_:nonce:)`` made.
    ///
    /// - Parameter sealed: Nonce, encrypted bytes and tag.
    /// - Returns: The message; nil when anything in it was changed, or the key is another one.
    package func open(_ sealed: Data) -> Data? {
        guard sealed.count >= Self.nonceSize + Self.tagSize else { return nil }
        var message = Data(count: sealed.count - Self.nonceSize - Self.tagSize)
        let isOpen = message.withUnsafeMutableBytes { output in
            sealed.withUnsafeBytes { input in
                Cipher.withContext { context in
                    let nonce = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    guard EVP_DecryptInit_ex2(context, Cipher.gcm, key, nonce, nil) == 1 else { return false }
                    let body = UnsafeRawBufferPointer(rebasing: input.dropFirst(Self.nonceSize).dropLast(Self.tagSize))
                    var tag = Array(input.suffix(Self.tagSize))
                    var end = [UInt8](repeating: 0, count: 16)
                    var count: Int32 = 0
                    let bytes = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    return (body.isEmpty || Self.update(context, EVP_DecryptUpdate, bytes, body))
                        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagSize), &tag) == 1
                        && EVP_DecryptFinal_ex(context, &end, &count) == 1
                }
            }
        }
        // What was decrypted before the tag turned out to be wrong is thrown away here, unseen.
        return isOpen ? message : nil
    }

    private typealias Update = (
        OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int32>?, UnsafePointer<UInt8>?, Int32
    ) -> Int32

    /// Adds bytes in pieces that OpenSSL can count.
    private static func update(
        _ context: OpaquePointer, _ update: Update, _ output: UnsafeMutablePointer<UInt8>?,
        _ input: UnsafeRawBufferPointer
    ) -> Bool {
        let bytes = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let piece = 1 << 30
        for start in stride(from: 0, to: input.count, by: piece) {
            let size = min(piece, input.count - start)
            var count: Int32 = 0
            guard update(context, output.map { $0 + start }, &count, bytes.map { $0 + start }, Int32(size)) == 1,
                count == Int32(size)
            else { return false }
        }
        return true
    }
}

extension AESGCM: CustomReflectable, CustomStringConvertible {
    package var description: String { "AESGCM" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
