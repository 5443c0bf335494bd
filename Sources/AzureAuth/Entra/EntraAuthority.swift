import AzureCore

/// Where to sign in: a host of Microsoft Entra ID.
struct EntraAuthority: Sendable {
    let endpoint: AzureEndpoint

    /// Hosts that need no asking about.
    static let known: Set<String> = [
        "login.microsoftonline.com", "login.microsoft.com", "login.windows.net", "sts.windows.net",
        "login.chinacloudapi.cn", "login.partner.microsoftonline.cn", "login.microsoftonline.us",
        "login-us.microsoftonline.com", "login.usgovcloudapi.net",
    ]

    /// Reads the host from the options, else the variable, else takes the public cloud.
    ///
    /// - Throws: An `AzureError` with `invalidArgument` unless it is `https`, or `http` on this machine where allowed.
    init(_ options: CredentialOptions) throws {
        let text =
            options.authorityHost ?? options.environment["AZURE_AUTHORITY_HOST"] ?? AzureCloud.public.authorityHost
        endpoint = try AzureEndpoint(text.contains("://") ? text : "https://\(text)")
        try Self.checkScheme(endpoint, what: "The authority", options)
    }

    /// Refuses to send secrets in the clear.
    static func checkScheme(_ endpoint: AzureEndpoint, what: String, _ options: CredentialOptions) throws {
        guard endpoint.scheme != "https" else { return }
        let isLoopback = ["127.0.0.1", "localhost", "[::1]"].contains(endpoint.host)
        guard isLoopback, options.allowsInsecureLoopback else {
            throw AzureError.invalidArgument(
                "\(what) \(endpoint) must be https"
                    + (isLoopback ? "; for tests on this machine set allowsInsecureLoopback." : "."))
        }
    }

    var isKnown: Bool { Self.known.contains(endpoint.authority) }

    /// The address that gives tokens of a tenant.
    func tokenURL(_ tenant: String) -> String { "\(endpoint)/\(tenant)/oauth2/v2.0/token" }

    /// Whether a text can be a tenant's id or domain.
    static func isTenant(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 255
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    static func checkTenant(_ text: String) throws {
        guard isTenant(text) else {
            throw AzureError.invalidArgument(
                "The tenant must be an id or a domain: letters, digits, '-' and '.' only.")
        }
    }

    /// The tenant to ask: the credential's own, unless a service named another one that is allowed.
    static func tenant(
        own: String, asked: String?, _ credential: String, _ options: CredentialOptions
    ) throws -> String {
        guard let asked, !asked.isEmpty, asked.lowercased() != own.lowercased(), own.lowercased() != "adfs" else {
            return own
        }
        try checkTenant(asked)
        let allowed = options.additionallyAllowedTenants
        guard own.isEmpty || allowed.contains("*") || allowed.contains(where: { $0.lowercased() == asked.lowercased() })
        else {
            throw AzureError.signIn(
                credential,
                "It may not ask for tokens of tenant \(asked). Add that to additionallyAllowedTenants, "
                    + "or \"*\" for all.")
        }
        return asked
    }
}
