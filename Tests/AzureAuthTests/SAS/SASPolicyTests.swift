import AzureAuth
import AzureCore
import AzureTesting
import Testing

@Suite("Shared access signatures on requests")
struct SASPolicyTests {
    private func path(of path: String, with token: String = "sv=2026-10-06&sig=a%2Bb%3D") async throws -> String {
        let transport = MockTransport([MockResponse(200)])
        let policy = try StorageCredential.sas(token).makePolicy(timeSource: .system)
        _ = try await send(blobRequest(path: path), through: policy, to: transport)
        return transport.requests[0].path
    }

    @Test(
        "A signature is put behind the path and its query",
        arguments: [
            ("/c/b", "/c/b?sv=2026-10-06&sig=a%2Bb%3D"),
            ("/c/b?comp=list", "/c/b?comp=list&sv=2026-10-06&sig=a%2Bb%3D"),
            ("/c/b?", "/c/b?sv=2026-10-06&sig=a%2Bb%3D"),
            ("/c/b?comp=list&", "/c/b?comp=list&sv=2026-10-06&sig=a%2Bb%3D"),
            ("/c/what%3F", "/c/what%3F?sv=2026-10-06&sig=a%2Bb%3D"),
            ("/c/b?prefix=sig", "/c/b?prefix=sig&sv=2026-10-06&sig=a%2Bb%3D"),
            ("/c/b?sv=1&sig=own", "/c/b?sv=1&sig=own"),
        ])
    func paths(path: String, expected: String) async throws {
        #expect(try await self.path(of: path) == expected)
        #expect(try await self.path(of: path, with: "?sv=2026-10-06&sig=a%2Bb%3D") == expected)
    }

    @Test("A retry carries it once")
    func retry() async throws {
        let transport = MockTransport([MockResponse(503), MockResponse(503), MockResponse(200)])
        let policy = try StorageCredential.sas("sig=a").makePolicy(timeSource: .system)
        _ = try await send(blobRequest(), through: policy, to: transport)
        #expect(transport.requests.map(\.path) == ["/c/b?sig=a", "/c/b?sig=a", "/c/b?sig=a"])
        #expect(transport.requests.allSatisfy { $0.header("Authorization") == nil })
    }

    @Test(
        "What is no signature is refused, and the error does not show it",
        arguments: [
            "", "?", "sv=2026-10-06&sp=r", "?sig", "?sig=", "sig=&sp=topsecret", "signature=topsecret",
            "sig=topsecret ", "sig=topsecret\n", "sig=töpsecret", "sig=topsecret#a", "sig=a\r\nHost: topsecret",
            "https://account.blob.core.windows.net/c?sig=topsecret", "??sig=topsecret",
        ])
    func refusal(token: String) {
        let failure = #expect(throws: AzureError.self) { try StorageCredential.sas(token) }
        #expect(failure?.code == .invalidArgument)
        #expect(!"\(String(describing: failure))".contains("secret"))
    }

    @Test("The query is kept as it was given, without the question mark")
    func kept() throws {
        #expect(try StorageCredential.sas("?se=a%3Ab&sig=x%2f").sasToken == "se=a%3Ab&sig=x%2f")
        #expect(StorageCredential.anonymous.sasToken == nil)
    }
}
