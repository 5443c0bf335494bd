import COpenSSL

import struct Foundation.Data

extension SigningIdentity {
    /// What was read: whoever has it frees it.
    struct Parts {
        var key: OpaquePointer
        var certificates: [OpaquePointer]
    }

    /// Certificates beyond these are not looked at.
    private static let mostCertificates = 32

    /// Reads a PEM text: a private key and certificates in any order.
    static func pem(_ data: Data, password: String) throws(Failure) -> Parts {
        let key = withBIO(data) { bio in
            // With no password at all OpenSSL would ask for one at the terminal.
            var password = Array(password.utf8CString)
            return PEM_read_bio_PrivateKey(bio, nil, nil, &password)
        }
        ERR_clear_error()
        guard let key else { throw .noPrivateKey }
        let certificates = withBIO(data) { bio in
            var found: [OpaquePointer] = []
            var none: [CChar] = [0]
            while found.count < mostCertificates, let next = PEM_read_bio_X509(bio, nil, nil, &none) {
                found.append(next)
            }
            return found
        }
        ERR_clear_error()
        return Parts(key: key, certificates: certificates ?? [])
    }

    /// Reads a PKCS#12 file.
    static func pkcs12(_ data: Data, password: String) throws(Failure) -> Parts {
        guard let file = withBIO(data, { d2i_PKCS12_bio($0, nil) }) else {
            ERR_clear_error()
            throw .unknownFormat
        }
        defer { PKCS12_free(file) }
        var (key, certificate, others): (OpaquePointer?, OpaquePointer?, OpaquePointer?) = (nil, nil, nil)
        guard PKCS12_parse(file, password, &key, &certificate, &others) == 1 else {
            defer { ERR_clear_error() }
            throw PKCS12_verify_mac(file, password, -1) == 1 ? .unsupportedEncryption : .wrongPassword
        }
        defer { OPENSSL_sk_free(others) }
        var certificates = certificate.map { [$0] } ?? []
        for index in 0..<max(0, OPENSSL_sk_num(others)) {
            guard let other = OPENSSL_sk_value(others, index).map({ OpaquePointer($0) }) else { continue }
            certificates.append(other)
        }
        guard let key else {
            for certificate in certificates { X509_free(certificate) }
            throw .noPrivateKey
        }
        return Parts(key: key, certificates: certificates)
    }

    private static func withBIO<Result>(_ data: Data, _ body: (OpaquePointer) -> Result?) -> Result? {
        // A file of that size is no certificate, and the count must fit a C int.
        guard data.count <= 1 << 20 else { return nil }
        let bytes = Array(data)
        return bytes.withUnsafeBytes { buffer in
            guard let bio = BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count)) else { return nil }
            defer { BIO_free(bio) }
            return body(bio)
        }
    }
}
