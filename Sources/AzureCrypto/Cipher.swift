import COpenSSL

/// The AES-256 ciphers, looked up once. OpenSSL allows their use from any thread.
enum Cipher {
    nonisolated(unsafe) static let gcm = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)
    nonisolated(unsafe) static let cbc = EVP_CIPHER_fetch(nil, "AES-256-CBC", nil)

    /// The key wrap of RFC 3394, by the number of bytes of the key that wraps.
    nonisolated(unsafe) static let wraps: [Int: OpaquePointer] = {
        var wraps: [Int: OpaquePointer] = [:]
        for (bytes, name) in [(16, "AES-128-WRAP"), (24, "AES-192-WRAP"), (32, "AES-256-WRAP")] {
            wraps[bytes] = EVP_CIPHER_fetch(nil, name, nil)
        }
        return wraps
    }()

    /// A context that is freed after the work with it.
    static func withContext<Result>(_ body: (OpaquePointer) throws -> Result) rethrows -> Result {
        guard let context = EVP_CIPHER_CTX_new() else {
            preconditionFailure("OpenSSL cannot make a cipher context.")
        }
        defer { EVP_CIPHER_CTX_free(context) }
        return try body(context)
    }
}

/// Bytes that nobody can predict, from the system's generator through OpenSSL.
///
/// - Parameter count: How many bytes.
package func secureRandomBytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
        // A key that could be guessed would be worse than an end of the program.
        precondition(
            RAND_priv_bytes(bytes.baseAddress, Int32(count)) == 1, "OpenSSL has no source of random bytes.")
        initialized = count
    }
}
