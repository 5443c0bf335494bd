import AzureCore

/// Keeps tokens for one set of scopes, each for its tenant and claims.
///
/// One refresh at most is under way for each. A failure reaches those who wait for it and is then forgotten. A caller who
/// is cancelled leaves alone; the refresh goes on for the others.
actor TokenCache {
    /// What a service asked for in a challenge; mostly nothing.
    struct Key: Sendable, Hashable {
        var tenantID: String?
        var claims: String?
    }

    private struct Entry {
        var state = TokenCacheState()
        var waiters: [Int: CheckedContinuation<AccessToken, any Error>] = [:]
        var lastUse = 0
    }

    /// Claims are different each time, so that their tokens must not stay for ever.
    private static let mostEntries = 16

    private let credential: any TokenCredential
    private let scopes: [String]
    private let jitter: @Sendable () -> Double
    private var entries: [Key: Entry] = [:]
    private var last = 0

    /// Makes a cache.
    ///
    /// - Parameters:
    ///   - credential: Where tokens come from.
    ///   - scopes: For what they are.
    ///   - jitter: A number from 0 to 1, so that many machines do not ask at the same moment.
    init(
        credential: any TokenCredential, scopes: [String],
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.credential = credential
        self.scopes = scopes
        self.jitter = jitter
    }

    /// A token that is good now, from the cache or, when there is none, from the credential.
    func token(_ timeSource: TimeSource, _ key: Key = Key()) async throws -> AccessToken {
        try Task.checkCancellation()
        last += 1
        makeRoom(for: key)
        entries[key, default: Entry()].lastUse = last
        switch entries[key, default: Entry()].state.request(now: timeSource.now()) {
        case .use(let token, let refresh):
            if refresh { beginRefresh(timeSource, key) }
            return token
        case .wait(let begin):
            if begin { beginRefresh(timeSource, key) }
            return try await wait(key)
        }
    }

    /// How many callers wait for a token.
    var waiterCount: Int { entries.values.reduce(0) { $0 + $1.waiters.count } }

    /// Whether the credential is at work.
    var isRefreshing: Bool { entries.values.contains { $0.state.isRefreshing } }

    /// How many tokens are kept or asked for.
    var entryCount: Int { entries.count }

    /// Forgets a token that a service has refused.
    func invalidate(_ token: AccessToken) {
        for key in entries.keys { entries[key]?.state.invalidate(token.token) }
    }

    /// Drops the entry that was used least recently, unless somebody waits for it.
    private func makeRoom(for key: Key) {
        guard entries[key] == nil, entries.count >= Self.mostEntries else { return }
        let idle = entries.filter { !$0.value.state.isRefreshing }
        if let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse }) { entries[oldest.key] = nil }
    }

    private func wait(_ key: Key) async throws -> AccessToken {
        last += 1
        let id = last
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    entries[key, default: Entry()].waiters[id] = continuation
                }
            }
        } onCancel: {
            Task { await leave(id, key) }
        }
    }

    private func leave(_ id: Int, _ key: Key) {
        entries[key]?.waiters.removeValue(forKey: id)?.resume(throwing: CancellationError())
    }

    /// Not a child of the caller's task: whoever asked first may be cancelled without harm to the others. And not on
    /// this actor, which hands out the old token while the credential is at work.
    private func beginRefresh(_ timeSource: TimeSource, _ key: Key) {
        let request = TokenRequest(scopes: scopes, tenantID: key.tenantID, claims: key.claims)
        Task.detached { [credential] in
            let result: Result<AccessToken, any Error>
            do {
                result = .success(try await credential.token(for: request))
            } catch {
                result = .failure(Self.failure(error))
            }
            await self.finish(result, timeSource, key)
        }
    }

    private func finish(_ result: Result<AccessToken, any Error>, _ timeSource: TimeSource, _ key: Key) {
        var outcome = result
        let now = timeSource.now()
        switch result {
        case .success(let token): entries[key]?.state.refreshed(token, now: now, jitter: jitter())
        case .failure:
            if let old = entries[key]?.state.failed(now: now) { outcome = .success(old) }
        }
        let waiting = entries[key]?.waiters.values.map { $0 } ?? []
        entries[key]?.waiters = [:]
        for waiter in waiting { waiter.resume(with: outcome) }
    }

    /// What a credential throws, as an ``AzureCore/AzureError``.
    ///
    /// A connection that broke on the way to a token says nothing about the call that needs it, and nobody who waits
    /// was cancelled; so neither may reach them as it is.
    private static func failure(_ error: any Error) -> AzureError {
        if var error = error as? AzureError {
            error.service = error.service ?? .entra
            return error
        }
        return AzureError(
            service: .entra, code: .credentialUnavailable,
            message: "The credential gave no token: \(Redactor.text(String(describing: error)))", underlying: error)
    }
}
