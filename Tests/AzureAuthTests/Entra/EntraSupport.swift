import AzureCore
import AzureTesting
import Foundation

@testable import AzureAuth

/// Options that reach nothing but the fakes.
func fakeOptions(
    _ transport: any HTTPTransport, _ variables: [String: String] = [:],
    clock: ManualClock = ManualClock(date: vectorDate, advancesBySleeping: true)
) -> CredentialOptions {
    var options = CredentialOptions()
    options.transport = transport
    options.timeSource = clock.timeSource
    options.environment = CredentialEnvironment(variables)
    return options
}

let storageRequest = TokenRequest(scopes: ["https://storage.azure.com/.default"])

/// The error that a credential fails with.
func caught(from credential: any TokenCredential, _ request: TokenRequest = storageRequest) async -> AzureError? {
    do {
        _ = try await credential.token(for: request)
        return nil
    } catch {
        return error as? AzureError
    }
}

/// A directory that is removed after the test.
func withDirectory<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("credentials-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try await body(directory)
}
