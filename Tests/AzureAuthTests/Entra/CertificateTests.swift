import AzureCore
import AzureCrypto
import AzureTesting
import Foundation
import PythonSupport
import Testing

@testable import AzureAuth

/// Certificates are made by the `openssl` command, which is where libcrypto comes from.
@Suite("Certificates that sign in", .timeLimit(.minutes(2)), .enabled(if: Certificates.isAvailable))
struct CertificateTests {
    private let entra = FakeEntra(tenantID: "contoso", clientID: "app")

    private func credential(
        _ certificate: Data, password: String? = nil, chain: Bool = false
    ) throws -> ClientCertificateCredential {
        try ClientCertificateCredential(
            tenantID: "contoso", clientID: "app", certificate: certificate, password: password,
            sendsCertificateChain: chain, options: fakeOptions(entra))
    }

    private func assertion(_ credential: ClientCertificateCredential) async throws -> String {
        _ = try await credential.token(for: storageRequest)
        return try #require(entra.requests.last?.form["client_assertion"])
    }

    private func part(_ index: Int, of token: String) throws -> [String: Any] {
        let text = token.split(separator: ".")[index].replacing("-", with: "+").replacing("_", with: "/")
        let padded = text + String(repeating: "=", count: (4 - text.count % 4) % 4)
        let data = try #require(Data(base64Encoded: String(padded)))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test(
        "PEM and PKCS#12 with RSA and EC keys sign an assertion that says what Entra wants",
        arguments: [
            ("rsa", "PS256"), ("p256", "ES256"), ("p384", "ES384"),
        ])
    func kinds(_ kind: String, _ algorithm: String) async throws {
        try await withDirectory { directory in
            let made = try Certificates(kind, in: directory)
            for credential in [
                try credential(made.pem), try credential(made.encryptedPEM, password: "pass"),
                try credential(made.pkcs12, password: "pass", chain: true),
            ] {
                let token = try await assertion(credential)
                let (header, claims) = (try part(0, of: token), try part(1, of: token))
                #expect(header["alg"] as? String == algorithm && header["x5t#S256"] as? String == made.thumbprint)
                #expect(claims["aud"] as? String == "https://login.microsoftonline.com/contoso/oauth2/v2.0/token")
                #expect(claims["iss"] as? String == "app" && claims["sub"] as? String == "app")
                let start = Int(vectorDate.timeIntervalSince1970)
                #expect(claims["exp"] as? Int == start + 600)
                #expect(claims["nbf"] as? Int == start - 60)
            }
            let last = try #require(entra.requests.last?.form["client_assertion"])
            #expect(try part(0, of: last)["x5c"] as? [String] == [made.der.base64EncodedString()])
        }
    }

    @Test("A wrong password, a damaged file, a missing key and a foreign key are told apart")
    func badInput() async throws {
        try await withDirectory { directory in
            let made = try Certificates("rsa", in: directory)
            let other = try Certificates("p256", in: directory)
            func message(_ data: Data, _ password: String? = nil) -> String {
                do {
                    _ = try credential(data, password: password)
                    return "none"
                } catch {
                    return (error as? AzureError)?.message ?? "\(error)"
                }
            }
            #expect(message(made.pkcs12, "wrong").contains("password of the PKCS#12 file is wrong"))
            #expect(message(made.encryptedPEM, "wrong").contains("no private key could be read"))
            #expect(message(made.encryptedPEM).contains("no private key could be read"))
            #expect(message(Data("garbage".utf8)).contains("neither PEM nor PKCS#12"))
            #expect(message(made.certificatePEM).contains("no private key could be read"))
            #expect(message(made.keyPEM + other.certificatePEM).contains("no certificate fits"))
            // Of several certificates the one that fits the key is taken.
            #expect(message(made.keyPEM + other.certificatePEM + made.certificatePEM) == "none")
            for count in stride(from: 0, to: made.pkcs12.count, by: 97) {
                _ = message(made.pkcs12.prefix(count), "pass")
            }
            #expect(!message(made.pkcs12, "wrong-secret").contains("wrong-secret"))
        }
    }

    @Test("PyJWT, an independent library, verifies the assertions", .enabled(if: Certificates.hasPyJWT))
    func independent() async throws {
        try await withDirectory { directory in
            for kind in ["rsa", "p256", "p384"] {
                let made = try Certificates(kind, in: directory)
                let token = try await assertion(try credential(made.pem))
                let file = directory.appendingPathComponent("public.pem")
                try made.certificatePEM.write(to: file)
                let (status, output) = try await PythonClient.run(
                    """
                    import sys, jwt
                    from cryptography import x509
                    key = x509.load_pem_x509_certificate(open(sys.argv[1], "rb").read()).public_key()
                    audience = "https://login.microsoftonline.com/contoso/oauth2/v2.0/token"
                    checks = {"verify_exp": False, "verify_nbf": False, "verify_iat": False}
                    claims = jwt.decode(sys.argv[2], key, algorithms=["PS256", "ES256", "ES384"], audience=audience,
                                        options=checks)
                    assert claims["iss"] == "app"
                    try:
                        jwt.decode(sys.argv[2][:-8] + "AAAAAAAA", key, algorithms=["PS256", "ES256", "ES384"],
                                   audience=audience, options=checks)
                        raise SystemExit("a false signature was accepted")
                    except jwt.InvalidSignatureError:
                        pass
                    """, [file.path, token])
                #expect(status == 0, "\(kind): \(output)")
            }
        }
    }
}
