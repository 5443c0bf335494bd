import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import AzureAuth

@Suite("Token cache", .timeLimit(.minutes(5)))
struct TokenCacheTests {
    private let clock = ManualClock(date: vectorDate)
    private let credential = GatedCredential()
    private let cache: TokenCache

    init() {
        cache = TokenCache(credential: credential, scopes: ["https://example.com/.default"])
    }

    private func ask() -> Task<String, any Error> {
        Task { [cache, clock] in try await cache.token(clock.timeSource).token }
    }

    private func waitForWaiters(_ count: Int) async {
        while await cache.waiterCount != count { await Task.yield() }
    }

    private func waitForRefresh() async {
        while await cache.isRefreshing { await Task.yield() }
    }

    @Test("One refresh is in flight per scope set")
    func oneRefresh() async throws {
        let callers = (0..<20).map { _ in ask() }
        await waitForWaiters(20)
        await credential.answer(.success(.token("a", minutes: 60)))
        for caller in callers { #expect(try await caller.value == "a") }
        #expect(try await ask().value == "a")
        #expect(await credential.requests == [TokenRequest(scopes: ["https://example.com/.default"])])
    }

    @Test("A failure is not kept")
    func failure() async throws {
        let callers = (0..<3).map { _ in ask() }
        await waitForWaiters(3)
        await credential.answer(.failure(AzureError(code: .credentialUnavailable, message: "No.")))
        for caller in callers {
            let failure = await #expect(throws: AzureError.self) { try await caller.value }
            #expect(failure?.code == .credentialUnavailable)
        }
        let next = ask()
        await credential.waitForRequests(2)
        await credential.answer(.success(.token("a", minutes: 60)))
        #expect(try await next.value == "a")
    }

    @Test("A cancelled waiter cancels only itself")
    func cancellation() async throws {
        let (first, second) = (ask(), ask())
        await waitForWaiters(2)
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(await cache.waiterCount == 1)
        await credential.answer(.success(.token("a", minutes: 60)))
        #expect(try await second.value == "a")
        #expect(await credential.requests.count == 1)
    }

    @Test("When all waiters are cancelled the token is kept for the next caller")
    func allCancelled() async throws {
        let only = ask()
        await waitForWaiters(1)
        only.cancel()
        await #expect(throws: CancellationError.self) { try await only.value }
        await credential.waitForRequests(1)
        await credential.answer(.success(.token("a", minutes: 60)))
        await waitForRefresh()
        #expect(try await ask().value == "a")
        #expect(await credential.requests.count == 1)
    }

    @Test("An old valid token survives a failed refresh")
    func oldToken() async throws {
        let first = ask()
        await credential.waitForRequests(1)
        await credential.answer(.success(.token("old", minutes: 60)))
        #expect(try await first.value == "old")

        clock.advance(by: .seconds(56 * 60))
        #expect(try await ask().value == "old")
        await credential.waitForRequests(2)
        #expect(try await ask().value == "old")
        await credential.answer(.failure(StrangeError()))
        await waitForRefresh()
        #expect(try await ask().value == "old")
        #expect(await credential.requests.count == 2)

        clock.advance(by: .seconds(30))
        #expect(try await ask().value == "old")
        await credential.waitForRequests(3)
        await credential.answer(.success(.token("new", minutes: 120)))
        await waitForRefresh()
        #expect(try await ask().value == "new")
    }

    @Test("A caller who is cancelled already does not ask")
    func cancelledBefore() async {
        let caller = Task { [cache, clock] in
            withUnsafeCurrentTask { $0?.cancel() }
            return try await cache.token(clock.timeSource)
        }
        await #expect(throws: CancellationError.self) { try await caller.value }
        #expect(await credential.requests.isEmpty)
    }

    @Test("What a credential throws reaches the caller as an error about the credential")
    func strangeErrors() async {
        let errors: [any Error] = [StrangeError(), CancellationError(), HTTPTransportError(.connectionLost, "Lost.")]
        for (index, error) in errors.enumerated() {
            let caller = ask()
            await credential.waitForRequests(index + 1)
            await credential.answer(.failure(error))
            let failure = await #expect(throws: AzureError.self) { try await caller.value }
            #expect(failure?.code == .credentialUnavailable)
        }
    }
}
