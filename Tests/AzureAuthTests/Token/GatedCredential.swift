import AzureCore
import Foundation

/// A credential that gives nothing until the test says what, and that counts how often it was asked.
actor GatedCredential: TokenCredential {
    private var pending: [CheckedContinuation<AccessToken, any Error>] = []
    private var gates: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    private(set) var requests: [TokenRequest] = []

    func token(for request: TokenRequest) async throws -> AccessToken {
        try await withCheckedThrowingContinuation { continuation in
            requests.append(request)
            pending.append(continuation)
            let open = gates.filter { $0.count <= requests.count }
            gates.removeAll { $0.count <= requests.count }
            for gate in open { gate.continuation.resume() }
        }
    }

    /// Returns as soon as it has been asked so often.
    func waitForRequests(_ count: Int) async {
        guard requests.count < count else { return }
        await withCheckedContinuation { gates.append((count, $0)) }
    }

    /// Answers the oldest request.
    func answer(_ result: Result<AccessToken, any Error>) {
        pending.removeFirst().resume(with: result)
    }
}

/// A credential made from a function.
struct ClosureCredential: TokenCredential {
    let handler: @Sendable (TokenRequest) async throws -> AccessToken

    func token(for request: TokenRequest) async throws -> AccessToken {
        try await handler(request)
    }
}

/// An error that this package knows nothing of.
struct StrangeError: Error {}

extension AccessToken {
    /// A token that is good for so long after the moment at which clocks of tests start.
    static func token(_ text: String, minutes: Double, refreshAfter: Double? = nil) -> AccessToken {
        AccessToken(
            token: text, expiresOn: vectorDate.addingTimeInterval(minutes * 60),
            refreshOn: refreshAfter.map { vectorDate.addingTimeInterval($0 * 60) })
    }
}
