import AzureCore

/// Keeps the token for one set of scopes.
///
/// One refresh at most is under way. A failure reaches those who wait for it and is then forgotten. A caller who is
/// cancelled leaves alone; the refresh goes on for the others.
actor TokenCache {
    private let credential: any TokenCredential
    private let request: TokenRequest
    private let timeSource: TimeSource
    private var state = TokenCacheState()
    private var waiters: [Int: CheckedContinuation<AccessToken, any Error>] = [:]
    private var lastWaiter = 0

    init(credential: any TokenCredential, scopes: [String], timeSource: TimeSource) {
        self.credential = credential
        request = TokenRequest(scopes: scopes)
        self.timeSource = timeSource
    }

    func token() async throws -> AccessToken {
        try Task.checkCancellation()
        switch state.request(now: timeSource.now()) {
        case .use(let token, let refresh):
            if refresh { beginRefresh() }
            return token
        case .wait(let begin):
            if begin { beginRefresh() }
            return try await wait()
        }
    }

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

    /// Not a child of the caller's task: whoever asked first may be cancelled without harm to the others.
    private func beginRefresh() {
        Task {
            do {
                finish(.success(try await credential.token(for: request)))
            } catch {
                finish(.failure(error))
            }
        }
    }

    private func finish(_ result: Result<AccessToken, any Error>) {
        switch result {
        case .success(let token): state.refreshed(token)
        case .failure: state.failed(now: timeSource.now())
        }
        let waiting = waiters.values
        waiters = [:]
        for waiter in waiting { waiter.resume(with: result) }
    }
}
