#if DEBUG
import AzureCore
import AzureTesting
import Foundation

@testable import AzureAuth

extension FuzzTarget {
    /// What tells credentials who they are: answers with tokens, challenges of services, output of developers' tools.
    static let credentials: [FuzzTarget] = [tokenAnswer, bearerChallenge]

    /// Answers to a credential, whose name is the first part.
    private static let tokenAnswer = FuzzTarget.asynchronous(
        "token-answer",
        words: Array(credentialsByName.keys).sorted() + [
            "\u{1E}", "200\n\n", "400\n\n", "401\n", "WWW-Authenticate: Basic realm=/keys/a.key", "Retry-After: ",
            "\"access_token\":\"", "\"expires_in\":", "\"expires_on\":", "\"refresh_in\":", "\"refresh_token\":\"r\"",
            "\"device_code\":\"d\"", "\"user_code\":\"u\"", "\"verification_uri\":\"v\"", "\"interval\":",
            "\"error\":\"",
            "authorization_pending", "slow_down", "invalid_grant", "AADSTS", "\"accessToken\":\"", "\"expiresOn\":\"",
            "1e300", "-1e300", "06/20/2019 02:57:58 +00:00",
        ],
        seeds: [
            "secret\u{1E}200\n\n{\"access_token\":\"t\",\"expires_in\":3600,\"refresh_in\":\"1800\"}",
            "secret\u{1E}400\n\n{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: No.\","
                + "\"error_codes\":[7000215],\"correlation_id\":\"c\"}",
            "device\u{1E}200\n\n{\"device_code\":\"d\",\"user_code\":\"u\",\"verification_uri\":\"v\",\"interval\":5,"
                + "\"expires_in\":900}\u{1E}400\n\n{\"error\":\"authorization_pending\"}\u{1E}400\n\n{\"error\":\"slow_down\"}"
                + "\u{1E}200\n\n{\"access_token\":\"t\",\"expires_in\":\"60\",\"refresh_token\":\"r\"}",
            "imds\u{1E}200\n\n{\"access_token\":\"t\",\"expires_on\":\"1767326645\"}",
            "imds\u{1E}200\n\n{\"access_token\":\"t\",\"expires_on\":\"06/20/2027 02:57:58 PM +00:00\"}",
            "arc\u{1E}401\nWWW-Authenticate: Basic realm=/keys/a.key\n\n\u{1E}200\n\n{\"access_token\":\"t\","
                + "\"expires_in\":\"9\"}",
            "az\u{1E}200\n\n{\"accessToken\":\"t\",\"expires_on\":1767326645,\"expiresOn\":\"2026-01-02 04:04:05.000000\"}",
            "azd\u{1E}200\n\n{\"token\":\"t\",\"expiresOn\":\"2026-01-02T04:04:05Z\"}",
            "azd\u{1E}1\n\nERROR: not logged in, run azd auth login {\"accessToken\":\"eyJabcdefghijklmnop\"}",
        ]
    ) { input in
        let script = AnswerScript(input)
        guard let make = credentialsByName[script.name] else { return }
        var options = CredentialOptions()
        options.transport = script.pipeline.transport
        options.timeSource = script.clock.timeSource
        options.disablesInstanceDiscovery = true
        options.arcDirectory = "/keys"
        options.readFile = { path, _ in
            try require(
                path.hasPrefix("/keys/") && !path.dropFirst(6).utf8.contains(UInt8(ascii: "/")), "It reads \(path).")
            return Data("key".utf8)
        }
        // The first answer stands for what a program writes, with its status for the program's.
        let answer = input.parts.dropFirst().first.map { MessageText($0) }
        options.runProgram = { _ in
            CredentialProgram.Output(
                status: answer?.firstLine.hasPrefix("200") == true ? 0 : 1, output: answer?.body ?? Data(),
                errors: String(decoding: answer?.body ?? Data(), as: UTF8.self))
        }
        let credential = try make(options)
        let request = TokenRequest(scopes: ["https://storage.azure.com/.default"])
        guard let token = try await accepting({ try await credential.token(for: request) }) else { return }
        try require(!token.token.isEmpty, "A token is empty.")
        try require(!"\(token)".contains(token.token) || token.token.utf8.count < 4, "A token shows: \(token)")
        try require(token.refreshOn.map { $0 <= token.expiresOn } ?? true, "\(token) is refreshed after its end.")
        // The cache reckons with whatever times there are.
        var cache = TokenCacheState()
        let now = script.clock.timeSource.now()
        cache.refreshed(token, now: now, jitter: 1)
        _ = cache.request(now: now)
    }

    private static let credentialsByName: [String: @Sendable (CredentialOptions) throws -> any TokenCredential] = [
        "secret": { try ClientSecretCredential(tenantID: "t", clientID: "c", clientSecret: "s", options: $0) },
        "device": { try DeviceCodeCredential(clientID: "c", options: $0) { _ in } },
        "imds": { ManagedIdentityCredential(options: with([:], $0)) },
        "arc": {
            let variables = [
                "IDENTITY_ENDPOINT": "http://localhost:40342/x", "IMDS_ENDPOINT": "http://localhost:40342",
            ]
            return ManagedIdentityCredential(options: with(variables, $0))
        },
        "az": { try AzureCLICredential(options: $0) }, "azd": { try AzureDeveloperCLICredential(options: $0) },
        "powershell": { try AzurePowerShellCredential(options: $0) },
    ]

    private static func with(_ variables: [String: String], _ options: CredentialOptions) -> CredentialOptions {
        var options = options
        options.environment = CredentialEnvironment(variables)
        return options
    }

    private static let bearerChallenge = FuzzTarget(
        "bearer-challenge",
        words: [
            "Bearer ", "Basic ", "authorization_uri=", "authorization=", "error=\"insufficient_claims\"", "claims=\"",
            "\"", ",", "=", "https://login.microsoftonline.com/", "/oauth2/authorize", "-_", "==",
        ],
        seeds: [
            "Bearer authorization_uri=https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/oauth2/authorize"
                + " resource_id=https://storage.azure.com",
            "Basic realm=\"a\", Bearer realm=\"\", error=\"insufficient_claims\", claims=\"eyJhIjoxfQ\"",
        ]
    ) { input in
        guard let challenge = BearerChallenge(input.text) else { return }
        if let tenant = challenge.tenantID { try EntraAuthority.checkTenant(tenant) }
        try require((challenge.claims?.utf8.count ?? 0) <= input.count, "The claims are longer than the challenge.")
    }
}
#endif
