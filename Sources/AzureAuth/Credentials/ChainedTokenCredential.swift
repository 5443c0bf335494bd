public import AzureCore
import Synchronization

/// Tries credentials in order. The first that gives a token is used from then on.
///
/// A credential that is not available is passed over. One that was tried and refused ends the search: to go on would hide a
/// mistake, and sign in as somebody else.
public struct ChainedTokenCredential: TokenCredential {
    /// A credential with its name.
    struct Link: Sendable {
        let name: String
        /// Whether the next one is tried even when this one was refused, as for the tools of developers.
        var passesOverRefusals = false
        let credential: @Sendable () throws -> any TokenCredential
    }

    /// Remembers which one gave a token.
    private actor Choice {
        var index: Int?

        func remember(_ index: Int) { self.index = index }
    }

    private let name: String
    private let links: [Link]
    private let choice = Choice()

    /// Creates a chain.
    public init(_ credentials: any TokenCredential...) {
        self.init(
            "ChainedTokenCredential",
            credentials.map { credential in Link(name: "\(type(of: credential))") { credential } })
    }

    init(_ name: String, _ links: [Link]) {
        self.name = name
        self.links = links
    }

    /// Gets a token from the first credential that gives one.
    ///
    /// - Throws: An `AzureError` that names each credential and why it gave none.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        if let index = await choice.index { return try await links[index].credential().token(for: request) }
        var failures: [(name: String, error: AzureError)] = []
        for (index, link) in links.enumerated() {
            do {
                let token = try await link.credential().token(for: request)
                await choice.remember(index)
                return token
            } catch let error as AzureError {
                failures.append((link.name, error))
                let goesOn = error.code == .credentialUnavailable || link.passesOverRefusals
                if !goesOn { throw summary(failures, .signInFailed) }
            }
        }
        throw summary(failures, .credentialUnavailable)
    }

    private func summary(_ failures: [(name: String, error: AzureError)], _ code: AzureErrorCode) -> AzureError {
        let lines = failures.map { failure in
            let error = failure.error
            let text =
                error.message.hasPrefix("\(failure.name): ") ? error.message : "\(failure.name): \(error.message)"
            return "  - " + ([text] + error.details.map { "\($0.key): \($0.value)." }).joined(separator: " ")
        }
        let head =
            code == .signInFailed
            ? "\(name): a credential was refused, so that those after it were not tried."
            : "\(name): no credential gave a token."
        let last = failures.last?.error
        return AzureError(
            service: .entra, code: code, status: last?.status, message: ([head] + lines).joined(separator: "\n"),
            requestID: last?.requestID, details: last?.details ?? [], underlying: last)
    }
}
