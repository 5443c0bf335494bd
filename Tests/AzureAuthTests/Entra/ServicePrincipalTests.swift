import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureAuth

@Suite("Apps that sign in to Entra", .timeLimit(.minutes(5)))
struct ServicePrincipalTests {
    private let entra = FakeEntra(tenantID: "contoso", clientID: "app", clientSecret: "s3cr&t+=")
    private let clock = ManualClock(date: vectorDate, advancesBySleeping: true)

    private func credential(
        secret: String = "s3cr&t+=", change: (inout CredentialOptions) -> Void = { _ in }
    ) throws -> ClientSecretCredential {
        var options = fakeOptions(entra, clock: clock)
        change(&options)
        return try ClientSecretCredential(tenantID: "contoso", clientID: "app", clientSecret: secret, options: options)
    }

    // Witness: the documentation of the client credentials grant of the Microsoft identity platform.
    @Test("A secret goes out in the form of the client credentials grant")
    func secret() async throws {
        let token = try await credential().token(for: storageRequest)
        #expect(token.token == "fake-token-1")
        #expect(token.expiresOn == vectorDate.addingTimeInterval(3599))
        let request = try #require(entra.requests.first)
        #expect(request.head.authority == "login.microsoftonline.com")
        #expect(request.head.path == "/contoso/oauth2/v2.0/token")
        #expect(request.head.headerFields[.contentType] == "application/x-www-form-urlencoded")
        #expect(
            request.form == [
                "client_id": "app", "client_secret": "s3cr&t+=", "grant_type": "client_credentials",
                "scope": "https://storage.azure.com/.default",
            ])
    }

    @Test("A refusal says who was refused, Entra's code, the ids and what to do, and no secret")
    func refusal() async throws {
        let failure = try #require(try await caught(from: credential(secret: "wrong-secret")))
        #expect(failure.code == .signInFailed)
        #expect(failure.requestID == "00000000-0000-0000-0000-00000000000a")
        #expect(failure.details.contains(.init(key: "EntraCode", value: "AADSTS7000215")))
        #expect(failure.details.contains(.init(key: "CorrelationId", value: "00000000-0000-0000-0000-00000000000b")))
        #expect(failure.message.contains("ClientSecretCredential") && failure.message.contains("not its id"))
        #expect(!everythingPrinted(of: failure).contains("wrong-secret"))
        #expect(entra.requests.count == 1)
    }

    @Test("Throttling and outages are waited out as long as the service asks")
    func retries() async throws {
        entra.failNext(
            MockResponse(429, headers: ["Retry-After": "7"]), MockResponse(503),
            .failure(HTTPTransportError(.connectionLost, "Lost.")))
        #expect(try await credential().token(for: storageRequest).token == "fake-token-1")
        #expect(clock.sleeps == [.seconds(7), .milliseconds(1600), .milliseconds(3200)])
    }

    @Test("A redirect to another host is not followed, and HTML is called what it is")
    func strangeAnswers() async throws {
        entra.failNext(
            MockResponse(302, headers: ["Location": "https://evil.example/token?secret=x"]),
            MockResponse(200, headers: ["Content-Type": "text/html"], body: "<html>Sign in</html>"))
        let redirect = try #require(try await caught(from: credential()))
        #expect(redirect.message.contains("https://evil.example/token") && !redirect.message.contains("secret=x"))
        let page = try #require(try await caught(from: credential()))
        #expect(page.message.contains("text/html"))
        #expect(entra.requests.count == 2)
    }

    @Test("Secrets go over https only; loopback is let in by an explicit option")
    func httpsOnly() throws {
        for host in ["http://login.example", "http://127.0.0.1:1"] {
            #expect(throws: AzureError.self) { try credential { $0.authorityHost = host } }
        }
        #expect(throws: AzureError.self) {
            try credential {
                $0.authorityHost = "http://login.example"
                $0.allowsInsecureLoopback = true
            }
        }
        _ = try credential {
            $0.authorityHost = "http://127.0.0.1:1"
            $0.allowsInsecureLoopback = true
        }
    }

    @Test("An authority that the public cloud does not know gets no secret, unless instance discovery is off")
    func instanceDiscovery() async throws {
        let failure = try #require(try await caught(from: credential { $0.authorityHost = "https://login.private" }))
        #expect(failure.message.contains("disablesInstanceDiscovery"))
        #expect(entra.requests.map(\.head.authority) == ["login.microsoftonline.com"])
        #expect(entra.requests[0].form.isEmpty)
        let trusted = try credential {
            $0.authorityHost = "https://login.private"
            $0.disablesInstanceDiscovery = true
        }
        _ = try await trusted.token(for: storageRequest)
        #expect(entra.requests.last?.head.authority == "login.private")
    }

    @Test("Sovereign clouds come from the variable, and other tenants only where they are allowed")
    func tenants() async throws {
        let options = fakeOptions(entra, ["AZURE_AUTHORITY_HOST": "login.microsoftonline.us"])
        let secret = try ClientSecretCredential(
            tenantID: "contoso", clientID: "app", clientSecret: "s3cr&t+=", options: options)
        _ = try await secret.token(for: storageRequest)
        #expect(entra.requests[0].head.authority == "login.microsoftonline.us")
        var other = storageRequest
        other.tenantID = "fabrikam"
        let refused = try #require(try await caught(from: credential(), other))
        #expect(refused.message.contains("additionallyAllowedTenants"))
        #expect(entra.requests.count == 1)
        _ = try await caught(from: credential { $0.additionallyAllowedTenants = ["*"] }, other)
        #expect(entra.requests[1].head.path == "/fabrikam/oauth2/v2.0/token")
    }

    @Test("Claims of a challenge go along, with the capability to handle them")
    func claims() async throws {
        var request = storageRequest
        request.claims = #"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#
        _ = try await credential().token(for: request)
        #expect(
            entra.requests[0].form["claims"]
                == #"{"access_token":{"nbf":{"essential":true,"value":"1"},"xms_cc":{"values":["CP1"]}}}"#)
    }

    @Test("The token file of a workload is read for each token; missing and empty ones are said so")
    func workloadIdentity() async throws {
        let entra = FakeEntra(tenantID: "contoso", clientID: "app")
        try await withDirectory { directory in
            let file = directory.appendingPathComponent("token")
            let credential = try WorkloadIdentityCredential(
                options: fakeOptions(
                    entra,
                    [
                        "AZURE_TENANT_ID": "contoso", "AZURE_CLIENT_ID": "app",
                        "AZURE_FEDERATED_TOKEN_FILE": file.path,
                    ]))
            #expect(await caught(from: credential)?.code == .credentialUnavailable)
            try Data(" \n".utf8).write(to: file)
            #expect(await caught(from: credential)?.message.contains("is empty") == true)
            for text in ["first", "second"] {
                try Data("\(text)\n".utf8).write(to: file)
                _ = try await credential.token(for: storageRequest)
            }
            #expect(entra.requests.map { $0.form["client_assertion"] } == ["first", "second"])
            #expect(
                entra.requests[0].form["client_assertion_type"]
                    == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        }
    }

    // Witness: the request of azure-identity's AzurePipelinesCredential.
    @Test("A pipeline's service connection gives the assertion")
    func pipelines() async throws {
        let transport = MockTransport([
            MockResponse(200, body: #"{"oidcToken":"oidc"}"#),
            MockResponse(200, body: #"{"access_token":"t","expires_in":3600}"#),
        ])
        let credential = try AzurePipelinesCredential(
            tenantID: "contoso", clientID: "app", serviceConnectionID: "connection", systemAccessToken: "system",
            options: fakeOptions(transport, ["SYSTEM_OIDCREQUESTURI": "https://dev.azure.com/oidc"]))
        #expect(try await credential.token(for: storageRequest).token == "t")
        let first = transport.requests[0]
        #expect(first.path == "/oidc?api-version=7.1&serviceConnectionId=connection")
        #expect(first.header("Authorization") == "Bearer system" && first.header("X-TFS-FedAuthRedirect") == "Suppress")
        #expect(transport.requests[1].text.contains("client_assertion=oidc"))
    }

    @Test("On behalf of a user, the user's token is the assertion")
    func onBehalfOf() async throws {
        let credential = try OnBehalfOfCredential(
            tenantID: "contoso", clientID: "app", clientSecret: "s3cr&t+=", userAssertion: "user",
            options: fakeOptions(entra))
        _ = try await credential.token(for: storageRequest)
        let form = entra.requests[0].form
        #expect(form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer")
        #expect(form["requested_token_use"] == "on_behalf_of" && form["assertion"] == "user")
    }

    @Test("A user who types the code in time is signed in, and not asked again")
    func deviceCode() async throws {
        func pending(_ error: String) -> MockResponse { MockResponse(400, body: #"{"error":"\#(error)"}"#) }
        let transport = MockTransport([
            MockResponse(
                200,
                body:
                    #"{"device_code":"d","user_code":"U","verification_uri":"https://a","interval":5,"expires_in":900}"#
            ),
            pending("authorization_pending"), pending("slow_down"),
            MockResponse(200, body: #"{"access_token":"t1","expires_in":3600,"refresh_token":"r"}"#),
            MockResponse(200, body: #"{"access_token":"t2","expires_in":3600}"#),
        ])
        let credential = try DeviceCodeCredential(clientID: "app", options: fakeOptions(transport, clock: clock)) {
            #expect($0.userCode == "U" && $0.verificationURI == "https://a")
        }
        #expect(try await credential.token(for: storageRequest).token == "t1")
        #expect(clock.sleeps == [.seconds(5), .seconds(5), .seconds(10)])
        #expect(try await credential.token(for: storageRequest).token == "t2")
        #expect(transport.requests[4].text.contains("grant_type=refresh_token&refresh_token=r"))
    }

    // RFC 8628, 3.2: both are lengths of time. Whatever stands there, it is none that a clock cannot count.
    @Test(
        "A code that lives no time at all, or less, ends as one that nobody has entered",
        arguments: ["-1e300", "-1", "0"])
    func deviceCodeLife(life: String) async throws {
        let transport = MockTransport([
            MockResponse(
                200,
                body:
                    #"{"device_code":"d","user_code":"U","verification_uri":"v","interval":1e300,"expires_in":\#(life)}"#
            )
        ])
        let credential = try DeviceCodeCredential(clientID: "app", options: fakeOptions(transport, clock: clock)) { _ in
        }
        let error = await #expect(throws: AzureError.self) { try await credential.token(for: storageRequest) }
        #expect(error?.code == .signInFailed)
    }

    @Test("Printing credentials and their options shows no secret")
    func secrets() throws {
        let options = fakeOptions(entra, ["AZURE_CLIENT_SECRET": "in-the-environment"])
        let values: [Any] = [
            options, try credential(),
            try OnBehalfOfCredential(
                tenantID: "contoso", clientID: "app", clientSecret: "s3cr&t+=", userAssertion: "the-user",
                options: options),
            try AuthorizationCodeCredential(
                tenantID: "contoso", clientID: "app", authorizationCode: "the-code", redirectURI: "https://x",
                clientSecret: "s3cr&t+=", options: options),
        ]
        for value in values {
            let text = everythingPrinted(of: value)
            for secret in ["s3cr", "in-the-environment", "the-user", "the-code"] { #expect(!text.contains(secret)) }
        }
    }
}
