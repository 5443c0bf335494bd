import AzureCore
import HTTPTypes

import struct Foundation.Data
import class Foundation.JSONSerialization

/// The OAuth client that the credentials share.
struct EntraClient: Sendable {
    let credential: String
    let tenantID: String
    let clientID: String
    let options: CredentialOptions
    let authority: EntraAuthority
    private let discovery: InstanceDiscovery

    init(_ credential: String, tenantID: String, clientID: String, _ options: CredentialOptions) throws {
        try EntraAuthority.checkTenant(tenantID)
        guard !clientID.isEmpty else { throw AzureError.invalidArgument("\(credential): the client id is empty.") }
        self.credential = credential
        self.tenantID = tenantID
        self.clientID = clientID
        self.options = options
        authority = try EntraAuthority(options)
        discovery = InstanceDiscovery(authority, options)
    }

    var http: CredentialHTTP { CredentialHTTP(credential, options) }

    /// The address that gives tokens for a request; assertions name it as their audience.
    func tokenURL(for request: TokenRequest) throws -> String {
        authority.tokenURL(try tenant(for: request))
    }

    func tenant(for request: TokenRequest) throws -> String {
        try EntraAuthority.tenant(own: tenantID, asked: request.tenantID, credential, options)
    }

    /// Asks for a token with the fields of a grant.
    func token(for request: TokenRequest, grant: [(String, String)]) async throws -> TokenAnswer {
        guard !request.scopes.isEmpty else { throw AzureError.invalidArgument("\(credential): no scope is given.") }
        var form = [("client_id", clientID), ("scope", request.scopes.joined(separator: " "))] + grant
        if let claims = request.claims { form.append(("claims", try merged(claims))) }
        let (status, json) = try await post("token", form, for: request)
        let now = options.timeSource.now()
        if status.code == 200, let answer = TokenAnswer(json, now: now) { return answer }
        throw EntraFailure(json)?.error(credential, status: status)
            ?? AzureError.signIn(
                credential, "The answer of \(authority.endpoint.authority) has no token.", status: status)
    }

    /// Posts to an address of the tenant.
    ///
    /// - Throws: An `AzureError` with `signInFailed` when what comes back is no JSON.
    func post(
        _ path: String, _ form: [(String, String)], for request: TokenRequest
    ) async throws -> (HTTPResponse.Status, [String: Any]) {
        let tenant = try tenant(for: request)
        try await discovery.check(credential)
        let message = authority.endpoint.request(.post, path: "/\(tenant)/oauth2/v2.0/\(path)")
        let answer = try await http.send(
            message, form: formEncoded(form), retry: CredentialRetry(limit: options.maxRetries))
        guard let json = answer.json else {
            let type = answer.head.headerFields[.contentType] ?? "no type"
            throw AzureError.signIn(
                credential,
                "\(authority.endpoint.authority) answered with \(type) in place of JSON; "
                    + "is a proxy or a sign-in page in between?", status: answer.status)
        }
        return (answer.status, json)
    }

    /// The claims of a challenge, and that this client can handle such challenges.
    private func merged(_ claims: String) throws -> String {
        guard var json = try? JSONSerialization.jsonObject(with: Data(claims.utf8)) as? [String: Any] else {
            throw AzureError.invalidArgument("\(credential): the claims are no JSON object.")
        }
        var token = json["access_token"] as? [String: Any] ?? [:]
        token["xms_cc"] = ["values": ["CP1"]]
        json["access_token"] = token
        return String(decoding: try JSONSerialization.data(withJSONObject: json, options: .sortedKeys), as: UTF8.self)
    }
}

/// Asks the public cloud whether it knows an authority, before secrets are sent there.
actor InstanceDiscovery {
    private let authority: EntraAuthority
    private let options: CredentialOptions
    private var isTrusted: Bool

    init(_ authority: EntraAuthority, _ options: CredentialOptions) {
        self.authority = authority
        self.options = options
        isTrusted = options.disablesInstanceDiscovery || authority.isKnown
    }

    /// Returns when the authority may be used. What is found is kept, a failure is not.
    func check(_ credential: String) async throws {
        guard !isTrusted else { return }
        let known = try AzureEndpoint(AzureCloud.public.authorityHost)
        let request = known.request(
            .get, path: "/common/discovery/instance",
            query: [
                ("api-version", "1.1"),
                ("authorization_endpoint", "\(authority.endpoint)/common/oauth2/v2.0/authorize"),
            ])
        let answer = try await CredentialHTTP(credential, options)
            .send(request, retry: CredentialRetry(limit: options.maxRetries))
        guard let json = answer.json, answer.status.code == 200, json["tenant_discovery_endpoint"] is String else {
            throw AzureError.signIn(
                credential,
                "The public cloud does not know the authority \(authority.endpoint). If you trust it, "
                    + "as that of a private cloud or a test, set disablesInstanceDiscovery.", status: answer.status)
        }
        isTrusted = true
    }
}
