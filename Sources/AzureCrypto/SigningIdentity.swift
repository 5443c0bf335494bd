import COpenSSL

package import struct Foundation.Data

/// A private key and its certificate, to sign as whom the certificate names. It cannot be printed.
package final class SigningIdentity: Sendable {
    /// How it signs, by the names of JSON Web Algorithms (RFC 7518).
    package enum Algorithm: String, Sendable {
        /// RSA with PSS padding and SHA-256.
        case ps256 = "PS256"
        /// ECDSA on P-256 with SHA-256.
        case es256 = "ES256"
        /// ECDSA on P-384 with SHA-384.
        case es384 = "ES384"
    }

    /// Why there is no identity in some bytes.
    package enum Failure: Error, Sendable, Equatable {
        /// No private key could be read: it is missing or damaged, or the password is wrong.
        case noPrivateKey
        /// Neither PEM nor PKCS#12.
        case unknownFormat
        /// The password of the PKCS#12 file is wrong, or it is damaged.
        case wrongPassword
        /// It is encrypted in a way that this libcrypto offers no more.
        case unsupportedEncryption
        /// No certificate fits the private key.
        case noCertificate
        /// The key is neither RSA of 2048 bits and more nor on P-256 or P-384.
        case unsupportedKey
        /// OpenSSL could not sign.
        case notSigned
    }

    /// A key of OpenSSL, which allows to sign with it from any thread.
    private struct Key: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// The certificate that fits the key, in DER, and after it the others as they came.
    package let certificates: [Data]
    package let algorithm: Algorithm
    private let key: Key

    /// Reads a key and its certificates.
    ///
    /// - Parameters:
    ///   - data: PEM, or a PKCS#12 file.
    ///   - password: What it is encrypted with, if it is.
    package init(_ data: Data, password: String?) throws(Failure) {
        let parts =
            data.range(of: Data("-----BEGIN".utf8)) == nil
            ? try Self.pkcs12(data, password: password ?? "") : try Self.pem(data, password: password ?? "")
        defer { for certificate in parts.certificates { X509_free(certificate) } }
        do throws(Failure) {
            algorithm = try Self.algorithm(of: parts.key)
            guard let own = parts.certificates.firstIndex(where: { X509_check_private_key($0, parts.key) == 1 }) else {
                // The queue of errors belongs to the thread; the next reader would find what is not its own.
                ERR_clear_error()
                throw Failure.noCertificate
            }
            var ordered = parts.certificates
            ordered.insert(ordered.remove(at: own), at: 0)
            certificates = ordered.compactMap(Self.der)
            ERR_clear_error()
            key = Key(pointer: parts.key)
        } catch {
            EVP_PKEY_free(parts.key)
            throw error
        }
    }

    deinit {
        EVP_PKEY_free(key.pointer)
    }

    /// Signs a message, in the form that JSON Web Signatures have.
    package func signature(of message: Data) throws(Failure) -> Data {
        guard let context = EVP_MD_CTX_new() else { throw .notSigned }
        defer { EVP_MD_CTX_free(context) }
        var parameters: OpaquePointer?
        let digest = algorithm == .es384 ? EVP_sha384() : EVP_sha256()
        guard EVP_DigestSignInit(context, &parameters, digest, nil, key.pointer) == 1 else { throw .notSigned }
        if algorithm == .ps256 {
            guard EVP_PKEY_CTX_set_rsa_padding(parameters, Int32(RSA_PKCS1_PSS_PADDING)) == 1,
                // The salt is as long as the digest, as PS256 has it.
                EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, -1) == 1
            else { throw .notSigned }
        }
        let bytes = Array(message)
        var count = 0
        guard EVP_DigestSign(context, nil, &count, bytes, bytes.count) == 1 else { throw .notSigned }
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1 else { throw .notSigned }
        let result = Data(signature.prefix(count))
        return algorithm == .ps256 ? result : try Self.fixedLength(result, half: algorithm == .es384 ? 48 : 32)
    }

    /// The two numbers of an ECDSA signature one after the other, as JSON Web Signatures want them, out of their DER.
    private static func fixedLength(_ der: Data, half: Int) throws(Failure) -> Data {
        let bytes = Array(der)
        let parsed = bytes.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_ECDSA_SIG(nil, &start, buffer.count)
        }
        guard let parsed else { throw .notSigned }
        defer { ECDSA_SIG_free(parsed) }
        var (r, s): (OpaquePointer?, OpaquePointer?) = (nil, nil)
        ECDSA_SIG_get0(parsed, &r, &s)
        var left = [UInt8](repeating: 0, count: half)
        var right = left
        guard BN_bn2binpad(r, &left, Int32(half)) == half, BN_bn2binpad(s, &right, Int32(half)) == half else {
            throw .notSigned
        }
        return Data(left + right)
    }

    private static func algorithm(of key: OpaquePointer) throws(Failure) -> Algorithm {
        let bits = EVP_PKEY_get_bits(key)
        if EVP_PKEY_is_a(key, "RSA") == 1, bits >= 2048 { return .ps256 }
        if EVP_PKEY_is_a(key, "EC") == 1, bits == 256 { return .es256 }
        if EVP_PKEY_is_a(key, "EC") == 1, bits == 384 { return .es384 }
        throw .unsupportedKey
    }

    private static func der(_ certificate: OpaquePointer) -> Data? {
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509(certificate, &bytes)
        guard count > 0, let bytes else { return nil }
        defer { CRYPTO_free(bytes, nil, 0) }
        return Data(bytes: bytes, count: Int(count))
    }
}

extension SigningIdentity: CustomReflectable, CustomStringConvertible {
    package var description: String { "SigningIdentity(\(algorithm.rawValue))" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
