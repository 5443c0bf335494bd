public import AzureCore

/// Signs in as an app that environment variables describe.
///
/// `AZURE_TENANT_ID` and `AZURE_CLIENT_ID` with `AZURE_CLIENT_SECRET`, or with `AZURE_CLIENT_CERTIFICATE_PATH` and, where
/// needed, `AZURE_CLIENT_CERTIFICATE_PASSWORD` and `AZURE_CLIENT_SEND_CERTIFICATE_CHAIN`.
public struct EnvironmentCredential: TokenCredential {
    static let name = "EnvironmentCredential"
    private let options: CredentialOptions
    private let tenantID: String
    private let clientID: String

    /// Creates a credential.
    ///
    /// - Throws: An `AzureError` with `credentialUnavailable` that names the variables that are missing.
    public init(options: CredentialOptions = CredentialOptions()) throws {
        let environment = options.environment
        var missing = ["AZURE_TENANT_ID", "AZURE_CLIENT_ID"].filter { environment[$0] == nil }
        if environment["AZURE_CLIENT_SECRET"] == nil, environment["AZURE_CLIENT_CERTIFICATE_PATH"] == nil {
            missing.append("AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH")
        }
        guard missing.isEmpty, let tenant = environment["AZURE_TENANT_ID"], let client = environment["AZURE_CLIENT_ID"]
        else { throw AzureError.unavailable(Self.name, "Not set: \(missing.joined(separator: ", ")).") }
        self.options = options
        tenantID = tenant
        clientID = client
    }

    /// Gets a token: `POST /{tenant}/oauth2/v2.0/token`.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        let environment = options.environment
        if let secret = environment["AZURE_CLIENT_SECRET"] {
            return try await ClientSecretCredential(
                tenantID: tenantID, clientID: clientID, clientSecret: secret, options: options
            ).token(for: request)
        }
        let path = environment["AZURE_CLIENT_CERTIFICATE_PATH"] ?? ""
        let chain = environment["AZURE_CLIENT_SEND_CERTIFICATE_CHAIN"]?.lowercased()
        return try await ClientCertificateCredential(
            tenantID: tenantID, clientID: clientID, certificate: try await options.readFile(path, 1 << 20),
            password: environment["AZURE_CLIENT_CERTIFICATE_PASSWORD"],
            sendsCertificateChain: chain == "1" || chain == "true", options: options
        ).token(for: request)
    }
}
