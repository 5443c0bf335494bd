public import AzureCore
import Foundation

/// Signs in as whoever has signed in to Azure PowerShell: runs `Get-AzAccessToken` of the module Az.Accounts.
public struct AzurePowerShellCredential: TokenCredential {
    private let tool: DeveloperTool
    private let tenantID: String

    /// Creates a credential.
    ///
    /// - Parameters:
    ///   - tenantID: The tenant; nil for that of the account.
    ///   - timeout: How long PowerShell may take. The default is 10 seconds.
    ///   - options: Time, variables (`PATH` among them), allowed tenants.
    /// - Throws: An `AzureError` with `invalidArgument` when the tenant is invalid.
    public init(
        tenantID: String? = nil, timeout: Duration = .seconds(10), options: CredentialOptions = CredentialOptions()
    ) throws {
        tool = DeveloperTool(
            credential: "AzurePowerShellCredential", program: "pwsh", signIn: "Connect-AzAccount", options: options,
            timeout: timeout)
        if let tenantID { try EntraAuthority.checkTenant(tenantID) }
        self.tenantID = tenantID ?? ""
    }

    /// Gets a token. PowerShell cannot answer claims.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        if let claims = request.claims {
            throw AzureError.unavailable(
                tool.credential,
                "PowerShell must sign in again to satisfy the service: "
                    + "Connect-AzAccount -ClaimsChallenge \(Data(claims.utf8).base64EncodedString())")
        }
        let resource = try tool.checked(try resourceName(of: request, tool.credential), "scope")
        let tenant = try EntraAuthority.tenant(own: tenantID, asked: request.tenantID, tool.credential, tool.options)
        let script = Self.script(resource: resource, tenant: tenant)
        // UTF-16, as -EncodedCommand wants it.
        let encoded = Data(script.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
        let output = try await tool.run(
            ["-NoProfile", "-NonInteractive", "-EncodedCommand", encoded.base64EncodedString()])
        let lines = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
        if lines.contains(where: { $0.contains(Self.noModule) }) {
            throw AzureError.unavailable(
                tool.credential, "The module Az.Accounts is missing or older than 2.2.0: Install-Module Az.Accounts.")
        }
        guard let line = lines.first(where: { $0.hasPrefix("azureswift%") }) else { throw tool.unreadable() }
        let parts = line.split(separator: "%")
        guard parts.count == 3, let end = TokenAnswer.seconds(String(parts[2])) else { throw tool.unreadable() }
        return AccessToken(token: String(parts[1]), expiresOn: Date(timeIntervalSince1970: end))
    }

    private static let noModule = "no-az-accounts-module"

    /// Newer modules give the token as a secure string, which has to be opened.
    private static func script(resource: String, tenant: String) -> String {
        """
        $ErrorActionPreference = 'Stop'
        $module = Import-Module Az.Accounts -MinimumVersion 2.2.0 -PassThru -ErrorAction SilentlyContinue
        if (-not $module) { Write-Output '\(noModule)'; exit }
        $arguments = @{ ResourceUrl = '\(resource)'; WarningAction = 'Ignore' }
        \(tenant.isEmpty ? "" : "$arguments.TenantId = '\(tenant)'")
        if ($module.Version -ge [version]'2.17.0' -and $module.Version -lt [version]'5.0.0') {
            $arguments.AsSecureString = $true
        }
        $answer = Get-AzAccessToken @arguments
        $text = $answer.Token
        if ($text -is [System.Security.SecureString]) { $text = $text | ConvertFrom-SecureString -AsPlainText }
        Write-Output "azureswift%$text%$($answer.ExpiresOn.ToUnixTimeSeconds())"
        """
    }
}
