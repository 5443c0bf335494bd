import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureAuth

/// Witness for the requests: azure-identity 1.25 and msal 1.39, and the documentation of each source.
@Suite("Managed identities", .timeLimit(.minutes(5)))
struct ManagedIdentityTests {
    private let clock = ManualClock(date: vectorDate, advancesBySleeping: true)
    private var end: Int { Int(vectorDate.timeIntervalSince1970) + 3600 }

    private func credential(
        _ server: any HTTPTransport, _ variables: [String: String] = [:],
        _ identity: ManagedIdentityID = .systemAssigned
    ) -> ManagedIdentityCredential {
        ManagedIdentityCredential(identity, options: fakeOptions(server, variables, clock: clock))
    }

    @Test("The metadata service is asked with its header, and a long token is renewed at half its life")
    func imds() async throws {
        let server = FakeManagedIdentity(.imds, expiresOn: end)
        let token = try await credential(server, [:], .resourceID("/subscriptions/s")).token(for: storageRequest)
        #expect(token.expiresOn == vectorDate.addingTimeInterval(86400))
        #expect(token.refreshOn == vectorDate.addingTimeInterval(43200))
        #expect(server.requests[0].head.authority == "169.254.169.254")
        #expect(
            server.requests[0].path == "/metadata/identity/oauth2/token?api-version=2018-02-01"
                + "&resource=https%3A%2F%2Fstorage.azure.com&msi_res_id=%2Fsubscriptions%2Fs")
    }

    @Test("While the metadata service is updated it is asked for 70 seconds and more")
    func gone() async throws {
        let server = FakeManagedIdentity(.imds, expiresOn: end)
        server.failNext(
            MockResponse(410), MockResponse(410), MockResponse(410), MockResponse(410), MockResponse(410))
        _ = try await credential(server).token(for: storageRequest)
        #expect(clock.sleeps.reduce(.zero, +) >= .seconds(70))
        #expect(server.requests.count == 6)
    }

    @Test("In a chain a machine without a metadata service is found out with one request of a second")
    func probe() async throws {
        let transport = ClosureTransport { request, _, options in
            #expect(options.idleTimeout == .seconds(1))
            #expect(request.headerFields[HTTPField.Name("Metadata")!] == nil)
            throw HTTPTransportError(.timedOut, "Nothing.")
        }
        let credential = ManagedIdentityCredential(
            .systemAssigned, fakeOptions(transport, clock: clock), probes: true)
        #expect(await caught(from: credential)?.code == .credentialUnavailable)
        #expect(clock.sleeps.isEmpty)
    }

    @Test("No identity, a proxy's page and a proxy's refusal mean that there is none", arguments: [0, 1, 2])
    func unavailable(_ index: Int) async throws {
        let answers = [
            MockResponse(400, body: #"{"error":"invalid_request","error_description":"Identity not found"}"#),
            MockResponse(200, headers: ["Content-Type": "text/html"], body: "<html/>"),
            MockResponse(403, body: "connecting to 169.254.169.254:80: unreachable"),
        ]
        #expect(await caught(from: credential(MockTransport([answers[index]])))?.code == .credentialUnavailable)
    }

    @Test("App Service is asked with its header and its name for resource ids")
    func appService() async throws {
        let server = FakeManagedIdentity(.appService(header: "h"), expiresOn: end)
        let variables = ["IDENTITY_ENDPOINT": "http://127.0.0.1:41056/msi/token", "IDENTITY_HEADER": "h"]
        let token = try await credential(server, variables, .resourceID("/s")).token(for: storageRequest)
        #expect(token.expiresOn == vectorDate.addingTimeInterval(3600))
        #expect(server.requests[0].path.hasSuffix("&mi_res_id=%2Fs"))
    }

    @Test("Azure Arc's challenge is answered with the key in its file, and with no other file")
    func arc() async throws {
        try await withDirectory { directory in
            try Data("the-key".utf8).write(to: directory.appendingPathComponent("one.key"))
            let variables = [
                "IDENTITY_ENDPOINT": "http://localhost:40342/x", "IMDS_ENDPOINT": "http://localhost:40342",
            ]
            func ask(_ file: String) async -> Result<AccessToken, any Error> {
                var options = fakeOptions(
                    FakeManagedIdentity(.arc(keyFile: file, key: "the-key"), expiresOn: end), variables, clock: clock)
                options.arcDirectory = directory.path
                let credential = ManagedIdentityCredential(options: options)
                do { return .success(try await credential.token(for: storageRequest)) } catch { return .failure(error) }
            }
            #expect(try await ask("\(directory.path)/one.key").get().token == "managed-token")
            try Data(repeating: 65, count: 4097).write(to: directory.appendingPathComponent("large.key"))
            // A slash is one with a combining mark behind it, too; Swift shows both as one character.
            let below = directory.appendingPathComponent("sub")
            try FileManager.default.createDirectory(at: below, withIntermediateDirectories: false)
            try Data("the-key".utf8).write(to: URL(fileURLWithPath: "\(below.path)/\u{301}one.key"))
            for file in [
                "/etc/passwd", "/etc/x.key", "one", "../x.key", "sub/one.key", "large.key", "missing.key",
                "sub/\u{301}one.key",
            ] {
                let path = file.hasPrefix("/") ? file : "\(directory.path)/\(file)"
                await #expect(throws: AzureError.self) { try await ask(path).get() }
            }
        }
    }

    @Test("Service Fabric gets a transport that trusts its thumbprint, and a thumbprint that is none is refused")
    func serviceFabric() async throws {
        let server = FakeManagedIdentity(.serviceFabric(header: "h"), expiresOn: end)
        var variables = [
            "IDENTITY_ENDPOINT": "https://localhost:2377/metadata/identity/oauth2/token", "IDENTITY_HEADER": "h",
            "IDENTITY_SERVER_THUMBPRINT": String(repeating: "AB:", count: 19) + "AB",
        ]
        func make() -> ManagedIdentityCredential {
            ManagedIdentityCredential(options: fakeOptions(MockTransport(), variables, clock: clock)) { thumbprint in
                #expect(thumbprint == String(repeating: "ab", count: 20))
                return server
            }
        }
        #expect(try await make().token(for: storageRequest).token == "managed-token")
        variables["IDENTITY_SERVER_THUMBPRINT"] = "short"
        #expect(await caught(from: make())?.code == .invalidArgument)
    }

    @Test("Azure Machine Learning and Cloud Shell are asked in their own ways")
    func others() async throws {
        let machine = FakeManagedIdentity(.machineLearning(secret: "s"), expiresOn: end)
        let variables = ["MSI_ENDPOINT": "http://localhost:1/token", "MSI_SECRET": "s"]
        _ = try await credential(machine, variables, .clientID("id")).token(for: storageRequest)
        #expect(machine.requests[0].path.contains("clientid=id"))
        let shell = FakeManagedIdentity(.cloudShell, expiresOn: end)
        _ = try await credential(shell, ["MSI_ENDPOINT": "http://localhost:1/token"]).token(for: storageRequest)
        #expect(shell.requests[0].text == "resource=https%3A%2F%2Fstorage.azure.com")
    }

    @Test("A source that cannot be asked for an identity is not asked at all")
    func unsupported() async throws {
        let transport = MockTransport()
        let variables = [
            ["MSI_ENDPOINT": "http://localhost:1"],
            ["IDENTITY_ENDPOINT": "http://localhost:1", "IMDS_ENDPOINT": "http://localhost:1"],
        ]
        for environment in variables {
            #expect(await caught(from: credential(transport, environment, .clientID("x")))?.code == .invalidArgument)
        }
        #expect(transport.requests.isEmpty)
    }

    @Test("The resource of Batch keeps the slash that is part of its name")
    func batchResource() throws {
        let request = TokenRequest(scopes: ["https://batch.core.windows.net//.default"])
        #expect(try resourceName(of: request, "x") == "https://batch.core.windows.net/")
    }

    @Test(
        "Ends of tokens are read in every form that is sent",
        arguments: [
            ("06/20/2019 02:57:58 +00:00", 1_560_999_478.0), ("1/16/2020 5:24:12 AM +00:00", 1_579_152_252.0),
            ("1/16/2020 12:24:12 AM +00:00", 1_579_134_252.0),
        ])
    func moments(_ text: String, _ seconds: Double) {
        #expect(TokenAnswer.moment(text) == seconds)
        #expect(TokenAnswer.moment("99/99/2019 1:1:1 +00:00") == nil)
    }
}
