public import AzureCore
import Foundation

/// Signs in as whoever has signed in to the Azure Developer CLI: runs `azd auth token`.
public struct AzureDeveloperCLICredential: TokenCredential {
    private let tool: DeveloperTool
    private let tenantID: String

    /// Creates a credential.
    ///
    /// - Parameters:
    ///   - tenantID: The tenant; nil for that of the account.
    ///   - timeout: How long the program may take. The default is 10 seconds.
    ///   - options: Time, variables (`PATH` among them), allowed tenants.
    /// - Throws: An `AzureError` with `invalidArgument` when the tenant is invalid.
    public init(
        tenantID: String? = nil, timeout: Duration = .seconds(10), options: CredentialOptions = CredentialOptions()
    ) throws {
        tool = DeveloperTool(
            credential: "AzureDeveloperCLICredential", program: "azd", signIn: "azd auth login", options: options,
            timeout: timeout)
        if let tenantID { try EntraAuthority.checkTenant(tenantID) }
        self.tenantID = tenantID ?? ""
    }

    /// Gets a token. Claims of a challenge are passed on, which azd understands from version 1.18.1.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        var arguments = ["auth", "token", "--output", "json", "--no-prompt"]
        guard !request.scopes.isEmpty else {
            throw AzureError.invalidArgument("\(tool.credential): no scope is given.")
        }
        for scope in request.scopes { arguments += ["--scope", try tool.checked(scope, "scope")] }
        let tenant = try EntraAuthority.tenant(own: tenantID, asked: request.tenantID, tool.credential, tool.options)
        if !tenant.isEmpty { arguments += ["--tenant-id", tenant] }
        if let claims = request.claims { arguments += ["--claims", Data(claims.utf8).base64EncodedString()] }
        let output = try await tool.run(arguments)
        guard let json = try? JSONSerialization.jsonObject(with: output) as? [String: Any],
            let token = json["token"] as? String, !token.isEmpty,
            let end = (json["expiresOn"] as? String).flatMap({ ISO8601Date.parse($0) })
        else { throw tool.unreadable() }
        return AccessToken(token: token, expiresOn: end)
    }
}
