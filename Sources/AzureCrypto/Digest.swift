import COpenSSL

/// A message digest, computed piece by piece or at once.
package struct Digest: ~Copyable {
    /// Which digest.
    package enum Algorithm: Sendable {
        case md5
        case sha256
    }

    private let context: OpaquePointer

    /// Begins a digest.
    package init(_ algorithm: Algorithm) {
        guard let context = EVP_MD_CTX_new() else {
            preconditionFailure("OpenSSL cannot make a digest context: is libcrypto 3 installed?")
        }
        let digest =
            switch algorithm {
            case .md5: EVP_md5()
            case .sha256: EVP_sha256()
            }
        precondition(EVP_DigestInit_ex(context, digest, nil) == 1, "OpenSSL does not offer \(algorithm).")
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Adds bytes.
    package mutating func update(_ bytes: some Sequence<UInt8>) {
        let isDone = bytes.withContiguousStorageIfAvailable { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        if isDone == nil {
            let copy = Array(bytes)
            EVP_DigestUpdate(context, copy, copy.count)
        }
    }

    /// Ends the digest.
    package consuming func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        EVP_DigestFinal_ex(context, &digest, &count)
        return Array(digest.prefix(Int(count)))
    }

    /// The digest of bytes that are all there.
    package static func of(_ bytes: some Sequence<UInt8>, _ algorithm: Algorithm) -> [UInt8] {
        var digest = Digest(algorithm)
        digest.update(bytes)
        return digest.finish()
    }
}

/// Compares secrets in a time that does not depend on where they differ.
package func isEqualInConstantTime(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    return CRYPTO_memcmp(Array(left), Array(right), left.count) == 0
}
