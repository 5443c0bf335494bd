import AzureCore

/// Keeps the token for one set of scopes.
///
/// One refresh at most is under way. A failure reaches those who wait for it and is then forgotten. A caller who is
/// cancelled leaves alone; the refresh goes on for the others.
actor TokenCache {
    private let credential: any TokenCredential
    private let request: TokenRequest
    private var state = TokenCacheState()
    private var waiters: [Int: CheckedContinuation<AccessToken, any Error>] = [:]
    private var lastWaiter = 0

    init(credential: any TokenCredential, scopes: [String]) {
        self.credential = credential
        request = TokenRequest(scopes: scopes)
    }

    /// A token that is good now, from the cache or, when there is none, from the credential.
    func token(_ timeSource: TimeSource) async throws -> AccessToken {
        try Task.checkCancellation()
        switch state.request(now: timeSource.now()) {
        case .use(let token, let refresh):
            if refresh { beginRefresh(timeSource) }
            return token
        case .wait(let begin):
            if begin { beginRefresh(timeSource) }
            return try await wait()
        }
    }

    /// How many callers wait for a token.
    var waiterCount: Int { waiters.count }

    /// Whether the credential is at work.
    var isRefreshing: Bool { state.isRefreshing }

    /// Forgets a token that a service has refused.
    func invalidate(_ token: AccessToken) {
        state.invalidate(token.token)
    }

    private func wait() async throws -> AccessToken {
        lastWaiter += 1
        let id = lastWaiter
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    waiters[id] = continuation
                }
            }
        } onCancel: {
            Task { await leave(id) }
        }
    }

    private func leave(_ id: Int) {
        waiters.removeValue(forKey: id)?.resume(throwing: CancellationError())
    }

    /// Not a child of the caller's task: whoever asked first may be cancelled without harm to the others. And not on
    /// this actor, which hands out the old token while the credential is at work.
    private func beginRefresh(_ timeSource: TimeSource) {
        Task.detached { [credential, request] in
            let result: Result<AccessToken, any Error>
            do {
                result = .success(try await credential.token(for: request))
            } catch {
                result = .failure(Self.failure(error))
            }
            await self.finish(result, timeSource)
        }
    }

    private func finish(_ result: Result<AccessToken, any Error>, _ timeSource: TimeSource) {
        var outcome = result
        switch result {
        case .success(let token): state.refreshed(token)
        case .failure:
            if let old = state.failed(now: timeSource.now()) { outcome = .success(old) }
        }
        let waiting = waiters.values
        waiters = [:]
        for waiter in waiting { waiter.resume(with: outcome) }
    }

    /// What a credential throws, as an ``AzureCore/AzureError``.
    ///
    /// A connection that broke on the way to a token says nothing about the call that needs it, and nobody who waits
    /// was cancelled; so neither may reach them as it is.
    private static func failure(_ error: any Error) -> AzureError {
        if let error = error as? AzureError { return error }
        return AzureError(
            code: .credentialUnavailable,
            message: "The credential gave no token: \(Redactor.text(String(describing: error)))", underlying: error)
    }
}
