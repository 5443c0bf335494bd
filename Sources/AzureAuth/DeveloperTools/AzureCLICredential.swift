public import AzureCore
import Foundation

/// Signs in as whoever has signed in to the Azure CLI: runs `az account get-access-token`.
public struct AzureCLICredential: TokenCredential {
    private let tool: DeveloperTool
    private let tenantID: String
    private let subscription: String?

    /// Creates a credential.
    ///
    /// - Parameters:
    ///   - tenantID: The tenant; nil for that of the CLI's account.
    ///   - subscription: The id or name of a subscription whose account is meant; nil for the current one.
    ///   - timeout: How long the CLI may take. The default is 10 seconds.
    ///   - options: Time, variables (`PATH` among them), allowed tenants.
    /// - Throws: An `AzureError` with `invalidArgument` when a name has characters that it cannot have.
    public init(
        tenantID: String? = nil, subscription: String? = nil, timeout: Duration = .seconds(10),
        options: CredentialOptions = CredentialOptions()
    ) throws {
        let tool = DeveloperTool(
            credential: "AzureCLICredential", program: "az", signIn: "az login", options: options, timeout: timeout)
        if let tenantID { try EntraAuthority.checkTenant(tenantID) }
        self.tenantID = tenantID ?? ""
        self.tool = tool
        self.subscription = try subscription.map { try tool.checked($0, "subscription", spaces: true) }
    }

    /// Gets a token. The CLI keeps it; it cannot answer claims.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        if let claims = request.claims {
            throw AzureError.unavailable(
                tool.credential,
                "The CLI must sign in again to satisfy the service: "
                    + "az login --claims-challenge \(Data(claims.utf8).base64EncodedString())")
        }
        let resource = try tool.checked(try resourceName(of: request, tool.credential), "scope")
        var arguments = ["account", "get-access-token", "--output", "json", "--resource", resource]
        let tenant = try EntraAuthority.tenant(own: tenantID, asked: request.tenantID, tool.credential, tool.options)
        if !tenant.isEmpty { arguments += ["--tenant", tenant] }
        if let subscription { arguments += ["--subscription", subscription] }
        let output = try await tool.run(arguments)
        guard let json = try? JSONSerialization.jsonObject(with: output) as? [String: Any],
            let token = json["accessToken"] as? String, !token.isEmpty, let end = Self.end(json)
        else { throw tool.unreadable() }
        return AccessToken(token: token, expiresOn: end)
    }

    /// Seconds since 1970; older versions write only the time of the machine's time zone.
    private static func end(_ json: [String: Any]) -> Date? {
        if let seconds = TokenAnswer.seconds(json["expires_on"]) { return Date(timeIntervalSince1970: seconds) }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.dateFormat = "yyyy-MM-dd HH:mm:ss.SSSSSS"
        return (json["expiresOn"] as? String).flatMap(format.date)
    }
}
