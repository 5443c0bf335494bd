import AzureCore

import struct Foundation.Date

/// Checks requests that are signed with the account's key.
struct SharedKeyVerifier: Sendable {
    let account: String
    let key: SigningKey

    /// Checks a request.
    ///
    /// - Parameters:
    ///   - authorization: The value of its Authorization header.
    ///   - now: The time of the service.
    func verify(_ request: EmulatorRequest, authorization: String, now: Date) throws {
        let parts = authorization.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "SharedKey", let colon = parts[1].lastIndex(of: ":") else {
            throw parts.first?.lowercased() == "bearer"
                ? BlobServiceError.bearerTokenRefused : BlobServiceError.invalidAuthenticationInfo
        }
        guard parts[1][..<colon] == account else {
            throw BlobServiceError.authenticationFailed(
                "The account of the Authorization header is not \(account).")
        }
        try checkDate(request, now: now)
        let signature = String(parts[1][parts[1].index(after: colon)...])
        let texts = SharedKeyText.Rules.allCases.flatMap { rules in
            SharedKeyText.paths(request, account: account).map {
                SharedKeyText(request, account: account, path: $0, rules: rules).text
            }
        }
        guard texts.contains(where: { key.isSignature(signature, of: $0) }) else {
            throw BlobServiceError.authenticationFailed(
                SharedKeyRefusal.reason(forSignature: signature, of: texts[0]))
        }
    }

    private func checkDate(_ request: EmulatorRequest, now: Date) throws {
        guard let text = request.header("x-ms-date") ?? request.header("Date") else {
            throw BlobServiceError.authenticationFailed("The request has neither an x-ms-date nor a Date header.")
        }
        guard let date = RFC1123Date.parse(text) else {
            throw BlobServiceError.authenticationFailed(
                "The date '\(text)' of the request is not of the form of HTTP.")
        }
        if let reason = SharedKeyRefusal.reason(for: date, text, now: now) {
            throw BlobServiceError.authenticationFailed(reason)
        }
    }
}
