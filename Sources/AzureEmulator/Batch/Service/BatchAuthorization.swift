import AzureCore
import AzureCrypto
import Foundation
import HTTPTypes

/// Checks requests that are signed with the key of the Batch account, with code of its own.
struct BatchAuthorization: Sendable {
    /// Who asks.
    enum Caller: Sendable, Hashable {
        /// Whoever has the key of the account.
        case account
        /// A task, which may work on its own job.
        case job(JobTokens.Subject)
    }

    let account: String
    /// What makes and checks the tokens of tasks.
    let tokens: JobTokens
    private let key: HMACSHA256

    /// - Parameters:
    ///   - account: The name of the account.
    ///   - key: Its key in base64.
    /// - Throws: An `AzureError` when the key is not base64.
    init(account: String, key: String) throws {
        guard let bytes = Data(base64Encoded: key), !bytes.isEmpty else {
            throw AzureError.invalidArgument("The key of the Batch account '\(account)' is not base64.")
        }
        self.account = account
        tokens = JobTokens(accountKey: bytes)
        self.key = HMACSHA256(key: bytes)
    }

    /// Checks a request.
    ///
    /// - Returns: Who asks.
    /// - Throws: A ``BatchServiceError``.
    @discardableResult
    func check(_ request: EmulatorRequest, now: Date) throws -> Caller {
        guard let authorization = request.header("Authorization") else {
            throw BatchServiceError.missingAuthorization
        }
        let words = authorization.split(separator: " ", maxSplits: 1)
        if words.count == 2, words[0] == "Bearer" {
            guard let subject = tokens.subject(of: words[1], now: now) else {
                throw BatchServiceError.authenticationFailed(
                    "The token is none that the emulator gave a task, or its time is up.")
            }
            return .job(subject)
        }
        guard words.count == 2, words[0] == "SharedKey", let colon = words[1].lastIndex(of: ":") else {
            throw BatchServiceError.authenticationFailed(
                "The Authorization header is neither 'SharedKey ACCOUNT:SIGNATURE' nor 'Bearer TOKEN' with the token of a task."
            )
        }
        guard words[1][..<colon] == account else {
            throw BatchServiceError.authenticationFailed("The account of the Authorization header is not '\(account)'.")
        }
        try checkDate(request, now: now)
        let signature = String(words[1][colon...].dropFirst())
        let given = Data(base64Encoded: signature) ?? Data()
        let text = Self.stringToSign(request, account: account)
        if isEqualInConstantTime(given, key.authenticationCode(for: text.utf8)) { return .account }
        if let path = Self.pathOfOldClients(request) {
            let text = Self.stringToSign(request, account: account, path: path)
            if isEqualInConstantTime(given, key.authenticationCode(for: text.utf8)) { return .account }
        }
        throw BatchServiceError.authenticationFailed(SharedKeyRefusal.reason(forSignature: signature, of: text))
    }

    /// What clients of 2017 sign of the path of a file: its separators as they are, though the request has them encoded.
    private static func pathOfOldClients(_ request: EmulatorRequest) -> String? {
        guard let files = request.rawPath.range(of: "/files/") else { return nil }
        let file = request.rawPath[files.upperBound...]
            .replacingOccurrences(of: "%5C", with: "/").replacingOccurrences(of: "%2F", with: "/")
        let path = request.rawPath[..<files.upperBound] + file
        return path == request.rawPath ? nil : String(path)
    }

    private func checkDate(_ request: EmulatorRequest, now: Date) throws {
        guard let text = request.header("ocp-date") ?? request.header("Date"), let time = RFC1123Date.parse(text) else {
            throw BatchServiceError.authenticationFailed(
                "The date of the request, in ocp-date or Date, is missing or not of the form of HTTP.")
        }
        if let reason = SharedKeyRefusal.reason(for: time, text, now: now) {
            throw BatchServiceError.authenticationFailed(reason)
        }
    }

    /// What the client has to have signed, of the path of the request unless told otherwise.
    static func stringToSign(_ request: EmulatorRequest, account: String, path: String? = nil) -> String {
        func header(_ name: String) -> String { request.header(name) ?? "" }
        var length = header("Content-Length")
        if length.isEmpty, request.method != .get, request.method != .head { length = "0" }
        var lines = [
            request.method.rawValue, header("Content-Encoding"), header("Content-Language"), length,
            header("Content-MD5"), header("Content-Type"), header("Date"), header("If-Modified-Since"),
            header("If-Match"), header("If-None-Match"), header("If-Unmodified-Since"), header("Range"),
        ]
        lines += request.head.headerFields
            .filter { $0.name.canonicalName.hasPrefix("ocp-") && !$0.value.isEmpty }
            .map { "\($0.name.canonicalName):\($0.value)" }.sorted()
        lines.append("/\(account)\(path ?? request.rawPath)")
        var parameters: [String: String] = [:]
        for pair in request.rawQuery.split(separator: "&") {
            let name = pair.prefix { $0 != "=" }
            func decode(_ text: Substring) -> String { PercentEncoding.decode(text, plusIsSpace: true) ?? String(text) }
            let value = decode(pair.dropFirst(name.count).dropFirst())
            if !value.isEmpty, parameters[decode(name)] == nil { parameters[decode(name)] = value }
        }
        lines += parameters.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { "\($0.key):\($0.value)" }
        return lines.joined(separator: "\n")
    }
}
