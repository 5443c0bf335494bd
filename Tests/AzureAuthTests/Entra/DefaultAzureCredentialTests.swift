import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import AzureAuth

@Suite("Chains of credentials", .timeLimit(.minutes(5)))
struct DefaultAzureCredentialTests {
    private func kinds(_ selection: String?, excluding: Set<DefaultAzureCredential.Kind> = []) throws -> [String] {
        let variables = selection.map { ["AZURE_TOKEN_CREDENTIALS": $0] } ?? [:]
        return try DefaultAzureCredential(excluding: excluding, options: fakeOptions(MockTransport(), variables))
            .kinds.map(\.rawValue)
    }

    @Test(
        "AZURE_TOKEN_CREDENTIALS chooses, exclusions narrow, and an unknown name is an error that names the known ones")
    func selection() throws {
        let prod = ["EnvironmentCredential", "WorkloadIdentityCredential", "ManagedIdentityCredential"]
        let dev = ["AzureCLICredential", "AzurePowerShellCredential", "AzureDeveloperCLICredential"]
        #expect(try kinds(nil) == prod + dev)
        #expect(try kinds("PROD ") == prod)
        #expect(try kinds("dev", excluding: [.azurePowerShell]) == [dev[0], dev[2]])
        #expect(try kinds("azureclicredential") == [dev[0]])
        let failure = #expect(throws: AzureError.self) { try kinds("production") }
        #expect(failure?.message.contains("production") == true && failure?.message.contains(dev[0]) == true)
        #expect(throws: AzureError.self) { try kinds("azureclicredential", excluding: [.azureCLI]) }
    }

    @Test("When none is there, one block says of each why")
    func nothing() async throws {
        let transport = MockTransport { _ in .failure(HTTPTransportError(.cannotConnect, "Nobody.")) }
        let credential = try DefaultAzureCredential(options: fakeOptions(transport, ["PATH": "/nowhere"]))
        let failure = try #require(await caught(from: credential))
        #expect(failure.code == .credentialUnavailable)
        let lines = failure.message.split(separator: "\n")
        #expect(lines.count == 7)
        for (line, kind) in zip(lines.dropFirst(), DefaultAzureCredential.Kind.allCases) {
            #expect(line.contains(kind.rawValue))
        }
    }

    @Test("A credential that is there but refused ends the search")
    func refused() async throws {
        let entra = FakeEntra(tenantID: "contoso", clientID: "app", clientSecret: "right")
        let variables = [
            "AZURE_TENANT_ID": "contoso", "AZURE_CLIENT_ID": "app", "AZURE_CLIENT_SECRET": "wrong", "PATH": "/nowhere",
        ]
        let failure = try #require(
            try await caught(from: DefaultAzureCredential(options: fakeOptions(entra, variables))))
        #expect(failure.code == .signInFailed)
        #expect(failure.message.contains("AADSTS7000215") && failure.message.split(separator: "\n").count == 2)
        #expect(entra.requests.count == 1)
    }

    @Test("The credential that gave a token is asked first from then on")
    func remembered() async throws {
        let first = ClosureCredential { _ in throw AzureError(code: .credentialUnavailable, message: "Not here.") }
        let chain = ChainedTokenCredential(first, ClosureCredential { _ in .token("t", minutes: 60) })
        #expect(try await chain.token(for: storageRequest).token == "t")
        #expect(try await chain.token(for: storageRequest).token == "t")
    }
}
