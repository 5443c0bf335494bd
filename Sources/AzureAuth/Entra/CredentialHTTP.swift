import AzureCore
import HTTPTypes

import struct Foundation.Data
import class Foundation.JSONSerialization

/// When a request for a token is sent again.
struct CredentialRetry: Sendable {
    var limit: Int
    var base: Duration = .milliseconds(800)
    var most: Duration = .seconds(60)
    var statuses: @Sendable (Int) -> Bool = { $0 == 408 || $0 == 429 || (500...599).contains($0) }
    var repeatsBrokenConnections = true
    /// The base delay after one status, where it differs.
    var baseAfter: @Sendable (Int) -> Duration? = { _ in nil }

    /// The delay before the next try, from 1. A service that asks to wait is believed, up to the most.
    func delay(_ retry: Int, status: Int?, asked: Duration?) -> Duration {
        if let asked { return min(asked, most) }
        let base = status.flatMap(baseAfter) ?? base
        return min(base * (1 << min(retry - 1, 10)), most)
    }
}

/// The answer to a request for a token.
struct CredentialAnswer: Sendable {
    let head: HTTPResponse
    let body: Data

    var status: HTTPResponse.Status { head.status }

    /// The body as a JSON object; nil when it is anything else.
    var json: [String: Any]? {
        try? JSONSerialization.jsonObject(with: body) as? [String: Any]
    }
}

/// Sends requests for tokens: bounded answers, no redirects, retries with a growing delay.
struct CredentialHTTP: Sendable {
    /// No answer with a token is larger.
    static let answerLimit = 1 << 20

    let credential: String
    let transport: any HTTPTransport
    let timeSource: TimeSource
    let timeout: Duration

    init(_ credential: String, _ options: CredentialOptions, timeout: Duration? = nil) {
        self.credential = credential
        transport = options.transport
        timeSource = options.timeSource
        self.timeout = timeout ?? options.requestTimeout
    }

    /// Sends a request, again where that may help.
    ///
    /// - Throws: An `AzureError` with `signInFailed` when no answer came, or a redirect.
    func send(_ request: HTTPRequest, form: String? = nil, retry: CredentialRetry) async throws -> CredentialAnswer {
        var tries = 0
        while true {
            tries += 1
            var delay: Duration?
            do {
                let answer = try await once(request, form: form)
                guard retry.statuses(answer.status.code), tries <= retry.limit else { return try checked(answer) }
                let asked = RetryAfter.delay(in: answer.head.headerFields, now: timeSource.now())
                delay = retry.delay(tries, status: answer.status.code, asked: asked)
            } catch let error as HTTPTransportError {
                guard retry.repeatsBrokenConnections, error.kind != .insecure, error.kind != .unsupported,
                    tries <= retry.limit
                else { throw unreachable(request, error) }
                delay = retry.delay(tries, status: nil, asked: nil)
            }
            if let delay { try await timeSource.sleep(delay) }
        }
    }

    private func once(_ request: HTTPRequest, form: String?) async throws -> CredentialAnswer {
        var request = request
        request.headerFields[.accept] = "application/json"
        if form != nil { request.headerFields[.contentType] = "application/x-www-form-urlencoded" }
        let response = try await transport.send(
            request, body: form.map { HTTPBody($0) }, options: HTTPTransportOptions(idleTimeout: timeout))
        return CredentialAnswer(
            head: response.head, body: try await response.body.collect(upTo: Self.answerLimit))
    }

    private func checked(_ answer: CredentialAnswer) throws -> CredentialAnswer {
        guard (300...399).contains(answer.status.code) else { return answer }
        let target = answer.head.headerFields[.location].map { Redactor.resource($0) } ?? "an unnamed place"
        throw AzureError.signIn(
            credential,
            "The server wants to send the request on to \(target). Secrets follow no redirect; "
                + "check the authority and what stands between it and this machine.", status: answer.status)
    }

    private func unreachable(_ request: HTTPRequest, _ error: HTTPTransportError) -> AzureError {
        .signIn(credential, "No answer from \(request.authority ?? ""): \(error.kind).", underlying: error)
    }
}

/// Names and values as `application/x-www-form-urlencoded`.
func formEncoded(_ fields: [(String, String)]) -> String {
    fields.map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
}
