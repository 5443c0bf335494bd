import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import AzureAuth

@Suite("Tokens under load and in outages", .timeLimit(.minutes(5)))
struct TokenRefreshTests {
    @Test("Ten thousand callers at the end of a token make one request")
    func stampede() async throws {
        let clock = ManualClock(date: vectorDate)
        let credential = GatedCredential()
        let cache = TokenCache(credential: credential, scopes: ["s"])
        let callers = (0..<10_000).map { _ in Task { try await cache.token(clock.timeSource).token } }
        while await cache.waiterCount != 10_000 { await Task.yield() }
        await credential.answer(.success(.token("a", minutes: 60)))
        for caller in callers { #expect(try await caller.value == "a") }
        #expect(await credential.requests.count == 1)
    }

    @Test("An hour of failing refreshes fails no call, with one request per pause at most")
    func outage() async throws {
        let clock = ManualClock(date: vectorDate)
        let count = Mutex(0)
        let credential = ClosureCredential { _ in
            let number = count.withLock { value in
                value += 1
                return value
            }
            guard number == 1 else { throw AzureError(code: .signInFailed, message: "An outage.") }
            return .token("old", minutes: 120, refreshAfter: 30)
        }
        let cache = TokenCache(credential: credential, scopes: ["s"], jitter: { 0 })
        for _ in 0..<720 {
            #expect(try await cache.token(clock.timeSource).token == "old")
            while await cache.isRefreshing { await Task.yield() }
            clock.advance(by: .seconds(7.5))
        }
        // An hour from the 30th minute on, in pauses of half a minute.
        #expect((2...121).contains(count.withLock { $0 }))
    }

    @Test("Claims and tenants have tokens of their own, and old ones make room")
    func keys() async throws {
        let clock = ManualClock(date: vectorDate)
        let seen = Mutex<[TokenRequest]>([])
        let credential = ClosureCredential { request in
            seen.withLock { $0.append(request) }
            return .token(request.claims ?? "plain", minutes: 60)
        }
        let cache = TokenCache(credential: credential, scopes: ["s"])
        for number in 0..<100 {
            let key = TokenCache.Key(tenantID: "t", claims: "c\(number)")
            #expect(try await cache.token(clock.timeSource, key).token == "c\(number)")
        }
        #expect(await cache.entryCount == 16)
        #expect(seen.withLock { $0[99] } == TokenRequest(scopes: ["s"], tenantID: "t", claims: "c99"))
    }

    @Test("Jitter brings a refresh forward, never back, and a short token is renewed halfway")
    func jitter() {
        func isDue(_ life: Double, _ jitter: Double, at seconds: Double) -> Bool {
            var state = TokenCacheState()
            state.refreshed(.token("a", minutes: life / 60), now: vectorDate, jitter: jitter)
            guard case .use(_, let refresh) = state.request(now: vectorDate.addingTimeInterval(seconds)) else {
                return false
            }
            return refresh
        }
        #expect(!isDue(3600, 0, at: 3299) && isDue(3600, 0, at: 3300))
        #expect(!isDue(3600, 1, at: 3269) && isDue(3600, 1, at: 3270))
        #expect(!isDue(300, 0, at: 149) && isDue(300, 0, at: 150))
    }

    @Test("A claims challenge is answered once with a token for its claims; a second one is handed on")
    func claims() async throws {
        let claims = #"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#
        let field =
            "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"\(Data(claims.utf8).base64EncodedString())\""
        let seen = Mutex<[String?]>([])
        let credential = ClosureCredential { request in
            seen.withLock { $0.append(request.claims) }
            return .token("token-\(seen.withLock { $0.count })", minutes: 60)
        }
        let transport = MockTransport { _ in MockResponse(401, headers: ["WWW-Authenticate": field]) }
        let clock = ManualClock(date: vectorDate, advancesBySleeping: true)
        let policy = BatchCredential.token(credential).makePolicy(timeSource: clock.timeSource)
        let answer = try await send(blobRequest(), through: policy, to: transport)
        #expect(answer.head.status == .unauthorized)
        #expect(seen.withLock { $0 } == [nil, claims])
        #expect(transport.requests.map { $0.header("Authorization") } == ["Bearer token-1", "Bearer token-2"])
    }

    // Witness: the challenge of Azure Storage as its documentation of Entra ID has it.
    @Test("The tenant in storage's challenge is found once and then known; its resource is not believed")
    func tenantDiscovery() async throws {
        let seen = Mutex<[TokenRequest]>([])
        let credential = ClosureCredential { request in
            seen.withLock { $0.append(request) }
            return .token("token-of-\(request.tenantID ?? "home")", minutes: 60)
        }
        let field =
            "Bearer authorization_uri=https://login.microsoftonline.com/fabrikam/oauth2/authorize "
            + "resource_id=https://evil.example"
        let transport = MockTransport { request in
            request.header("Authorization") == "Bearer token-of-fabrikam"
                ? MockResponse(200) : MockResponse(401, headers: ["WWW-Authenticate": field])
        }
        let clock = ManualClock(date: vectorDate, advancesBySleeping: true)
        let policy = StorageCredential.token(credential).makePolicy(timeSource: clock.timeSource)
        for _ in 0..<2 {
            #expect(try await send(blobRequest(), through: policy, to: transport).head.status == .ok)
        }
        #expect(transport.requests.count == 3)
        #expect(seen.withLock { $0.map(\.tenantID) } == [nil, "fabrikam"])
        #expect(seen.withLock { $0.allSatisfy { $0.scopes == ["https://storage.azure.com/.default"] } })
    }
}
