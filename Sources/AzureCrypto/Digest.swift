import COpenSSL

/// A message digest, computed piece by piece or at once.
package struct Digest: ~Copyable {
    /// Which digest.
    package enum Algorithm: Sendable {
        /// MD5, which the services use as a checksum, never as a protection.
        case md5
        /// SHA-256.
        case sha256
    }

    /// Algorithms are looked up once: a lookup costs as much as the digest of a short message. OpenSSL allows their
    /// use from any thread.
    nonisolated(unsafe) private static let sha256 = EVP_MD_fetch(nil, "SHA256", nil)
    /// Asked for by name even where OpenSSL is told to offer only approved algorithms, since it protects nothing.
    nonisolated(unsafe) private static let md5 = EVP_MD_fetch(nil, "MD5", "-fips")

    private let context: OpaquePointer

    /// Begins a digest.
    package init(_ algorithm: Algorithm) {
        let digest =
            switch algorithm {
            case .md5: Self.md5
            case .sha256: Self.sha256
            }
        guard let digest, let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, digest, nil) == 1 else {
            preconditionFailure("OpenSSL does not offer \(algorithm): is libcrypto 3 whole?")
        }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Adds bytes.
    package mutating func update(_ bytes: some Sequence<UInt8>) {
        if bytes.withContiguousStorageIfAvailable({ add(UnsafeRawBufferPointer($0)) }) == nil {
            Array(bytes).withUnsafeBytes { add($0) }
        }
    }

    private func add(_ bytes: UnsafeRawBufferPointer) {
        let isAdded = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        // Nothing but a lack of memory gets here, and a digest of part of the bytes would be a lie.
        precondition(isAdded == 1, "OpenSSL could not go on with a digest.")
    }

    /// Ends the digest.
    package consuming func finish() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { digest, count in
            var length: UInt32 = 0
            precondition(
                EVP_DigestFinal_ex(context, digest.baseAddress, &length) == 1, "OpenSSL could not end a digest.")
            count = Int(length)
        }
    }

    /// The digest of bytes that are all there.
    package static func of(_ bytes: some Sequence<UInt8>, _ algorithm: Algorithm) -> [UInt8] {
        var digest = Digest(algorithm)
        digest.update(bytes)
        return digest.finish()
    }
}

/// Compares secrets in a time that does not depend on where they differ. Their lengths are no secret.
package func isEqualInConstantTime(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    return CRYPTO_memcmp(Array(left), Array(right), left.count) == 0
}
