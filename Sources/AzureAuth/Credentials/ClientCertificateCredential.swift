public import AzureCore
import AzureCrypto
public import Foundation

/// Signs in as an app with a certificate: it signs an assertion with the certificate's private key.
///
/// RSA keys sign as PS256, keys on P-256 and P-384 as ES256 and ES384. The assertion names the certificate by its SHA-256
/// thumbprint (`x5t#S256`) and is good for ten minutes.
public struct ClientCertificateCredential: TokenCredential {
    private let client: EntraClient
    private let identity: SigningIdentity
    private let sendsChain: Bool

    /// Creates a credential.
    ///
    /// - Parameters:
    ///   - tenantID: The id or domain of the app's tenant.
    ///   - clientID: The id of the app.
    ///   - certificate: Certificate and private key, in PEM or as a PKCS#12 file.
    ///   - password: What the key is encrypted with, if it is.
    ///   - sendsCertificateChain: Whether the certificates go along (`x5c`), which apps need that trust a subject name and
    ///     issuer. The default is false.
    ///   - options: Authority, transport, time.
    /// - Throws: An `AzureError` with `invalidArgument` that says what is wrong with the certificate, the password or
    ///   another argument.
    public init(
        tenantID: String, clientID: String, certificate: Data, password: String? = nil,
        sendsCertificateChain: Bool = false, options: CredentialOptions = CredentialOptions()
    ) throws {
        client = try EntraClient("ClientCertificateCredential", tenantID: tenantID, clientID: clientID, options)
        do {
            identity = try SigningIdentity(certificate, password: password)
        } catch {
            throw AzureError.invalidArgument("ClientCertificateCredential: \(Self.explain(error))")
        }
        sendsChain = sendsCertificateChain
    }

    /// Gets a token: `POST /{tenant}/oauth2/v2.0/token`.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        let assertion = try assertion(audience: try client.tokenURL(for: request))
        let grant = ClientAssertionCredential.grant + [("client_assertion", assertion)]
        return try await client.token(for: request, grant: grant).token
    }

    /// A signed JSON Web Token for one address.
    func assertion(audience: String) throws -> String {
        let now = Int(client.options.timeSource.now().timeIntervalSince1970)
        var header: [String: Any] = ["alg": identity.algorithm.rawValue, "typ": "JWT"]
        header["x5t#S256"] = Data(Digest.of(identity.certificates[0], .sha256)).base64URL
        if sendsChain { header["x5c"] = identity.certificates.map { $0.base64EncodedString() } }
        let claims: [String: Any] = [
            "aud": audience, "iss": client.clientID, "sub": client.clientID, "jti": UUID().uuidString.lowercased(),
            // A minute back, for clocks that differ.
            "nbf": now - 60, "iat": now, "exp": now + 600,
        ]
        let message = try [header, claims].map {
            try JSONSerialization.data(withJSONObject: $0, options: [.sortedKeys, .withoutEscapingSlashes]).base64URL
        }.joined(separator: ".")
        do {
            return "\(message).\(try identity.signature(of: Data(message.utf8)).base64URL)"
        } catch {
            throw AzureError.signIn(client.credential, "The assertion could not be signed.", underlying: error)
        }
    }

    private static func explain(_ failure: SigningIdentity.Failure) -> String {
        switch failure {
        case .noPrivateKey: "no private key could be read: it is missing or damaged, or the password is wrong."
        case .unknownFormat: "the certificate is neither PEM nor PKCS#12."
        case .wrongPassword: "the password of the PKCS#12 file is wrong, or the file is damaged."
        case .unsupportedEncryption:
            "the PKCS#12 file is encrypted in a way that OpenSSL 3 offers no more; export it again with AES."
        case .noCertificate: "no certificate fits the private key."
        case .unsupportedKey: "the key must be RSA with at least 2048 bits, or EC on P-256 or P-384."
        case .notSigned: "the key cannot sign."
        }
    }
}

extension Data {
    /// Base64 for URLs, without padding (RFC 7515).
    var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
