import AzureAuth
import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@Suite("Secrets cannot be printed")
struct SecretsTests {
    /// `dG9wLXNlY3JldA==` is base64 of `top-secret`.
    private static let key = "dG9wLXNlY3JldA=="

    private func expectNoSecret(in value: Any, _ location: SourceLocation = #_sourceLocation) {
        let text = everythingPrinted(of: value)
        for secret in [Self.key, "top-secret", "dG9w", "0x"] {
            #expect(!text.contains(secret), "\(text)", sourceLocation: location)
        }
    }

    @Test("Shared keys show the account and nothing of the key")
    func keys() throws {
        let storage = try StorageSharedKey(accountName: "account", key: Self.key)
        let batch = try BatchSharedKey(accountName: "account", key: Self.key)
        for value in [storage, batch, [storage], ["key": batch]] as [Any] {
            expectNoSecret(in: value)
            #expect("\(value)".contains("account"))
        }
    }

    @Test("User delegation keys show whose they are and nothing of the key")
    func delegationKey() throws {
        let key = try UserDelegationKey(
            objectID: "object", tenantID: "tenant", startsOn: .init(vectorDate), expiresOn: .init(vectorDate),
            version: "v",
            value: Self.key)
        expectNoSecret(in: key)
        #expect("\(key)".contains("object"))
    }

    @Test("Credentials, their policies and a pipeline with one of them show no secret")
    func credentials() async throws {
        let token = ClosureCredential { _ in AccessToken(token: "top-secret", expiresOn: .distantFuture) }
        let storage = [
            StorageCredential.sharedKey(try StorageSharedKey(accountName: "account", key: Self.key)),
            try StorageCredential.sas("sv=1&sig=top-secret"), .token(token), .anonymous,
        ]
        for credential in storage {
            expectNoSecret(in: credential)
            let policy = credential.makePolicy(timeSource: .system)
            // After a request the token is in the cache.
            _ = try await send(blobRequest(), through: policy, to: MockTransport([MockResponse(200)]))
            expectNoSecret(in: credential)
            let pipeline = HTTPPipeline(
                service: .blob, authority: "account.blob.core.windows.net", requestIDHeader: .userAgent,
                authentication: policy, options: PipelineOptions())
            let text = everythingPrinted(of: policy) + everythingPrinted(of: pipeline)
            #expect(!text.contains("top-secret") && !text.contains(Self.key), "\(text)")
        }
        let batch = [
            BatchCredential.sharedKey(try BatchSharedKey(accountName: "account", key: Self.key)), .token(token),
        ]
        for credential in batch { expectNoSecret(in: credential) }
    }

    @Test("The error of a refused request shows no secret")
    func errors() async throws {
        let policy = try StorageCredential.sas("sv=1&sig=top-secret").makePolicy(timeSource: .system)
        let failure = await #expect(throws: AzureError.self) {
            try await send(
                blobRequest(), through: policy,
                to: MockTransport([.failure(HTTPTransportError(.insecure, "No trust."))]))
        }
        expectNoSecret(in: try #require(failure))
    }
}
