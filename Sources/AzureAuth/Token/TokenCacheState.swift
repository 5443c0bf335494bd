import AzureCore

import struct Foundation.Date
import typealias Foundation.TimeInterval

/// Decides when a token is good enough, when to get a new one beside it, and when callers must wait for one.
///
/// It knows nothing of tasks: ``TokenCache`` does what it says.
struct TokenCacheState: Sendable {
    /// What a caller gets.
    enum Decision {
        /// This token. When `refresh` is set, the cache begins to get the next one meanwhile.
        case use(AccessToken, refresh: Bool)
        /// The outcome of a refresh. When `begin` is set, the cache begins one.
        case wait(begin: Bool)
    }

    /// A token is not used in the last seconds of its life: a request takes time to arrive.
    static let margin: TimeInterval = 30
    /// How long before its end a token is replaced, unless it says so itself.
    static let refreshAhead: TimeInterval = 300
    /// How long an old but valid token is used without another try after a refresh has failed.
    static let pauseAfterFailure: TimeInterval = 30

    private var token: AccessToken?
    private(set) var isRefreshing = false
    private var noRefreshBefore: Date?

    mutating func request(now: Date) -> Decision {
        guard let token, token.expiresOn.timeIntervalSince(now) > Self.margin else {
            defer { isRefreshing = true }
            return .wait(begin: !isRefreshing)
        }
        let refreshOn = token.refreshOn ?? token.expiresOn.addingTimeInterval(-Self.refreshAhead)
        guard now >= refreshOn, !isRefreshing, noRefreshBefore.map({ now >= $0 }) ?? true else {
            return .use(token, refresh: false)
        }
        isRefreshing = true
        return .use(token, refresh: true)
    }

    mutating func refreshed(_ token: AccessToken) {
        self.token = token
        isRefreshing = false
        noRefreshBefore = nil
    }

    /// Ends a refresh that brought nothing.
    ///
    /// - Returns: The old token, if it is still valid, be it for seconds: better than none.
    mutating func failed(now: Date) -> AccessToken? {
        isRefreshing = false
        noRefreshBefore = now.addingTimeInterval(Self.pauseAfterFailure)
        return token.flatMap { $0.expiresOn > now ? $0 : nil }
    }

    /// Forgets a token that a service has refused.
    mutating func invalidate(_ refused: String) {
        if token?.token == refused { token = nil }
    }
}
