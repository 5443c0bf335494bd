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
    private var refreshOn: Date?
    private(set) var isRefreshing = false
    private var noRefreshBefore: Date?

    mutating func request(now: Date) -> Decision {
        guard let token, token.expiresOn.timeIntervalSince(now) > Self.margin else {
            defer { isRefreshing = true }
            return .wait(begin: !isRefreshing)
        }
        guard now >= refreshOn ?? token.expiresOn, !isRefreshing, noRefreshBefore.map({ now >= $0 }) ?? true else {
            return .use(token, refresh: false)
        }
        isRefreshing = true
        return .use(token, refresh: true)
    }

    /// Takes a new token.
    ///
    /// - Parameters:
    ///   - token: The token.
    ///   - now: When it came. A short token is replaced halfway.
    ///   - jitter: From 0 to 1: how much of a tenth of the remaining time the replacement comes earlier.
    mutating func refreshed(_ token: AccessToken, now: Date? = nil, jitter: Double = 0) {
        self.token = token
        let life = now.map { token.expiresOn.timeIntervalSince($0) } ?? .infinity
        let ahead = token.expiresOn.addingTimeInterval(-min(Self.refreshAhead, max(0, life) / 2))
        let due = token.refreshOn ?? ahead
        // Earlier by part of what remains after it, never later: a fleet that started together spreads out.
        let spread = min(max(0, token.expiresOn.timeIntervalSince(due)), Self.refreshAhead) / 10
        refreshOn = due.addingTimeInterval(-spread * min(max(jitter, 0), 1))
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
