public import AzureCore
import HTTPTypes

/// Signs in as a user who types a code at a page, on any device.
public struct DeviceCodeCredential: TokenCredential {
    /// What to tell the user.
    public struct Prompt: Sendable, Hashable {
        /// The code to type.
        public let userCode: String
        /// The page to type it at.
        public let verificationURI: String
        /// Both in a sentence, in the service's words.
        public let message: String
    }

    private static let name = "DeviceCodeCredential"
    /// What the service uses when it says nothing: five seconds (RFC 8628).
    private static let usualInterval = 5.0

    private let client: EntraClient
    private let store = RefreshTokenStore()
    private let prompt: @Sendable (Prompt) async throws -> Void

    /// Creates a credential.
    ///
    /// - Parameters:
    ///   - tenantID: The tenant. The default is `organizations`, which means that of the user.
    ///   - clientID: The app that the user signs in to.
    ///   - options: Authority, transport, time.
    ///   - prompt: Tells the user, on a terminal for example.
    public init(
        tenantID: String = "organizations", clientID: String, options: CredentialOptions = CredentialOptions(),
        prompt: @escaping @Sendable (Prompt) async throws -> Void
    ) throws {
        client = try EntraClient(Self.name, tenantID: tenantID, clientID: clientID, options)
        self.prompt = prompt
    }

    /// Gets a token, from `POST /{tenant}/oauth2/v2.0/devicecode` and `/token`. After the first the user is asked again
    /// only when what the service gave to renew it is no longer good.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        var request = request
        if !request.scopes.isEmpty { request.scopes.append("offline_access") }
        if let refresh = await store.token {
            do {
                let grant = [("grant_type", "refresh_token"), ("refresh_token", refresh.value)]
                return await store.keep(try await client.token(for: request, grant: grant))
            } catch let error as AzureError where error.message.contains("invalid_grant") {
                await store.forget()
            }
        }
        return await store.keep(try await askUser(request))
    }

    private func askUser(_ request: TokenRequest) async throws -> TokenAnswer {
        let form = [("client_id", client.clientID), ("scope", request.scopes.joined(separator: " "))]
        let (status, json) = try await client.post("devicecode", form, for: request)
        guard status.code == 200, let device = json["device_code"] as? String, let user = json["user_code"] as? String,
            let page = json["verification_uri"] as? String
        else {
            throw EntraFailure(json)?.error(Self.name, status: status)
                ?? AzureError.signIn(Self.name, "The service gave no code.", status: status)
        }
        try await prompt(
            Prompt(
                userCode: user, verificationURI: page,
                message: json["message"] as? String ?? "Open \(page) and enter the code \(user)."))
        let life = min(max(TokenAnswer.seconds(json["expires_in"]) ?? 900, 0), 3600)
        let interval = min(max(TokenAnswer.seconds(json["interval"]) ?? Self.usualInterval, 1), 60)
        return try await poll(request, device, interval: interval, life: life)
    }

    private func poll(
        _ request: TokenRequest, _ device: String, interval: Double, life: Double
    ) async throws -> TokenAnswer {
        let time = client.options.timeSource
        let end = time.uptime() + .seconds(life)
        var interval = interval
        let grant = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", device),
        ]
        while time.uptime() < end {
            try await time.sleep(.seconds(interval))
            do {
                return try await client.token(for: request, grant: grant)
            } catch let error as AzureError where error.message.contains("authorization_pending") {
                continue
            } catch let error as AzureError where error.message.contains("slow_down") {
                interval += Self.usualInterval
            }
        }
        throw AzureError.signIn(Self.name, "Nobody has entered the code in time.")
    }
}
