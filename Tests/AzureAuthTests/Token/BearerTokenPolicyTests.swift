import AzureAuth
import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@Suite("Tokens on requests", .timeLimit(.minutes(5)))
struct BearerTokenPolicyTests {
    private let clock = ManualClock(date: vectorDate, advancesBySleeping: true)

    /// A credential that gives `token-1`, `token-2` … and keeps what it was asked for.
    private final class Numbered: TokenCredential {
        let requests = Mutex<[TokenRequest]>([])

        func token(for request: TokenRequest) async throws -> AccessToken {
            let number = requests.withLock { requests in
                requests.append(request)
                return requests.count
            }
            return .token("token-\(number)", minutes: 60)
        }

        var count: Int { requests.withLock { $0.count } }
        var scopes: [[String]] { requests.withLock { $0.map(\.scopes) } }
    }

    @Test("A request carries the token and the date")
    func storage() async throws {
        let credential = Numbered()
        let transport = MockTransport([MockResponse(200), MockResponse(200)])
        let policy = StorageCredential.token(credential).makePolicy(timeSource: clock.timeSource)
        for _ in 1...2 { _ = try await send(blobRequest(), through: policy, to: transport) }
        #expect(transport.requests.map { $0.header("Authorization") } == ["Bearer token-1", "Bearer token-1"])
        #expect(transport.requests[0].header("x-ms-date") == "Fri, 02 Jan 2026 03:04:05 GMT")
        #expect(credential.scopes == [["https://storage.azure.com/.default"]])
    }

    @Test("Batch has a scope and a date header of its own")
    func batch() async throws {
        let credential = Numbered()
        let transport = MockTransport([MockResponse(200)])
        let policy = BatchCredential.token(credential).makePolicy(timeSource: clock.timeSource)
        _ = try await send(blobRequest(), through: policy, to: transport)
        #expect(transport.requests[0].header("ocp-date") == "Fri, 02 Jan 2026 03:04:05 GMT")
        #expect(credential.scopes == [["https://batch.core.windows.net//.default"]])
    }

    @Test("The audience of another cloud can be given")
    func audience() async throws {
        let credential = Numbered()
        let policy = StorageCredential.token(credential, audience: "https://account.blob.core.usgovcloudapi.net")
            .makePolicy(timeSource: clock.timeSource)
        _ = try await send(blobRequest(), through: policy, to: MockTransport([MockResponse(200)]))
        #expect(credential.scopes == [["https://account.blob.core.usgovcloudapi.net/.default"]])
    }

    @Test("All clients of one credential share its token")
    func shared() async throws {
        let credential = Numbered()
        let value = StorageCredential.token(credential)
        for _ in 1...3 {
            let policy = value.makePolicy(timeSource: clock.timeSource)
            _ = try await send(blobRequest(), through: policy, to: MockTransport([MockResponse(200)]))
        }
        #expect(credential.count == 1)
    }

    @Test("A token goes over HTTPS only; without it, the credential is not even asked")
    func httpsOnly() async throws {
        let credential = Numbered()
        let transport = MockTransport([MockResponse(200)])
        for policy in [
            StorageCredential.token(credential).makePolicy(timeSource: clock.timeSource),
            BatchCredential.token(credential).makePolicy(timeSource: clock.timeSource),
        ] {
            let failure = await #expect(throws: AzureError.self) {
                try await send(blobRequest(scheme: "http"), through: policy, to: transport)
            }
            #expect(failure?.code == .insecureConnection)
        }
        #expect(transport.requests.isEmpty)
        #expect(credential.count == 0)
    }

    @Test("A refused token is replaced, once", arguments: [HTTPRequest.Method.get, .post])
    func refused(_ method: HTTPRequest.Method) async throws {
        let credential = Numbered()
        let transport = MockTransport([MockResponse(401), MockResponse(200), MockResponse(401), MockResponse(401)])
        let policy = StorageCredential.token(credential).makePolicy(timeSource: clock.timeSource)
        let first = try await send(blobRequest(method, body: HTTPBody("a")), through: policy, to: transport)
        #expect(first.head.status == .ok)
        let second = try await send(blobRequest(method, body: HTTPBody("a")), through: policy, to: transport)
        #expect(second.head.status == .unauthorized)
        let tokens = transport.requests.map { $0.header("Authorization") }
        #expect(tokens == ["Bearer token-1", "Bearer token-2", "Bearer token-2", "Bearer token-3"])
    }

    @Test("A request whose body cannot be read again is not sent again, but the token is forgotten")
    func unreplayable() async throws {
        let credential = Numbered()
        let transport = MockTransport([MockResponse(401), MockResponse(200)])
        let policy = StorageCredential.token(credential).makePolicy(timeSource: clock.timeSource)
        let body = HTTPBody(stream: HTTPByteStream(Data("a".utf8)), length: 1)
        let answer = try await send(blobRequest(.put, body: body), through: policy, to: transport)
        #expect(answer.head.status == .unauthorized)
        _ = try await send(blobRequest(), through: policy, to: transport)
        #expect(transport.requests[1].header("Authorization") == "Bearer token-2")
    }

    @Test("A credential that gives the refused token again is not asked for ever")
    func sameToken() async throws {
        let credential = ClosureCredential { _ in .token("same", minutes: 60) }
        let transport = MockTransport([MockResponse(401)])
        let policy = StorageCredential.token(credential).makePolicy(timeSource: clock.timeSource)
        let answer = try await send(blobRequest(), through: policy, to: transport)
        #expect(answer.head.status == .unauthorized)
        #expect(transport.requests.count == 1)
    }

    @Test("A failure of the credential is thrown as it is, with the operation, and not retried")
    func failure() async throws {
        let credential = ClosureCredential { _ in throw StrangeError() }
        let policy = StorageCredential.token(credential).makePolicy(timeSource: clock.timeSource)
        let failure = await #expect(throws: AzureError.self) {
            try await send(blobRequest(), through: policy, to: MockTransport(), clock: clock)
        }
        #expect(failure?.code == .credentialUnavailable)
        #expect(failure?.operation == "Blob.Test")
        #expect(clock.sleeps.isEmpty)
    }
}
