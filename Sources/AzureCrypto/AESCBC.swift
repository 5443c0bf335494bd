import COpenSSL

package import struct Foundation.Data

/// AES-256 in cipher block chaining mode, for reading what older clients wrote. It does not notice changes.
package struct AESCBC: Sendable {
    /// How many bytes a block has, and the initialization vector.
    package static let blockSize = 16

    private let key: [UInt8]

    /// Prepares a key.
    ///
    /// - Parameter key: 32 bytes.
    package init(key: some Sequence<UInt8>) {
        self.key = Array(key)
        precondition(self.key.count == 32, "A key for AES-256 has 32 bytes.")
    }

    /// Decrypts whole blocks; padding stays.
    ///
    /// - Parameters:
    ///   - blocks: The encrypted bytes, a multiple of 16.
    ///   - vector: The initialization vector, or the encrypted block before these.
    package func decrypt(_ blocks: Data, vector: Data) -> Data {
        precondition(blocks.count % Self.blockSize == 0 && vector.count == Self.blockSize, "No whole blocks.")
        guard !blocks.isEmpty else { return Data() }
        var message = Data(count: blocks.count)
        let isDone = message.withUnsafeMutableBytes { output in
            blocks.withUnsafeBytes { input in
                Cipher.withContext { context in
                    var count: Int32 = 0
                    guard EVP_DecryptInit_ex2(context, Cipher.cbc, key, Array(vector), nil) == 1,
                        EVP_CIPHER_CTX_set_padding(context, 0) == 1,
                        EVP_DecryptUpdate(
                            context, output.baseAddress?.assumingMemoryBound(to: UInt8.self), &count,
                            input.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(input.count)) == 1
                    else { return false }
                    return Int(count) == input.count
                }
            }
        }
        precondition(isDone, "OpenSSL could not decrypt.")
        return message
    }
}

extension AESCBC: CustomReflectable, CustomStringConvertible {
    package var description: String { "AESCBC" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
