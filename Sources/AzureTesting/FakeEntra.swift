public import AzureCore
public import HTTPTypes
import Synchronization

import struct Foundation.Data

/// Microsoft Entra ID without a network: a transport that answers requests for tokens, and refuses them as the service does.
///
/// ```swift
/// let entra = FakeEntra(tenantID: "contoso", clientID: "app", clientSecret: "…")
/// var options = CredentialOptions()
/// options.transport = entra
/// let credential = try ClientSecretCredential(…, options: options)
/// ```
public final class FakeEntra: HTTPTransport {
    private struct State {
        var requests: [Request] = []
        var faults: [MockResponse] = []
        var tokens = 0
    }

    /// A request for a token.
    public struct Request: Sendable {
        /// Method, URL and header fields.
        public let head: HTTPRequest
        /// The fields of the form.
        public let form: [String: String]
    }

    private let tenantID: String
    private let clientID: String
    private let clientSecret: String?
    private let lifetime: Int
    private let state = Mutex(State())

    /// Creates a tenant with one app.
    ///
    /// - Parameters:
    ///   - tenantID: The tenant.
    ///   - clientID: The app.
    ///   - clientSecret: Its secret; nil for an app that has only assertions, none of which is verified.
    ///   - lifetime: How many seconds a token is good. The default is 3599, as the service has it.
    public init(tenantID: String, clientID: String, clientSecret: String? = nil, lifetime: Int = 3599) {
        self.tenantID = tenantID
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.lifetime = lifetime
    }

    /// All requests so far.
    public var requests: [Request] { state.withLock { $0.requests } }

    /// How many tokens have been given.
    public var tokenCount: Int { state.withLock { $0.tokens } }

    /// Makes the next requests end so, before they are looked at.
    public func failNext(_ responses: MockResponse...) {
        state.withLock { $0.faults += responses }
    }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        let text = String(decoding: try await body?.collect(upTo: 1 << 20) ?? Data(), as: UTF8.self)
        let pairs = text.split(separator: "&").map { field in
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = parts.map { PercentEncoding.decode($0, plusIsSpace: true) ?? "" }
            return (decoded[0], decoded.count > 1 ? decoded[1] : "")
        }
        let form = Dictionary(pairs) { first, _ in first }
        let fault = state.withLock { state -> MockResponse? in
            state.requests.append(Request(head: request, form: form))
            return state.faults.isEmpty ? nil : state.faults.removeFirst()
        }
        return try (fault ?? answer(request, form)).transportResponse(to: request.method)
    }

    private func answer(_ request: HTTPRequest, _ form: [String: String]) -> MockResponse {
        guard request.method == .post, request.path == "/\(tenantID)/oauth2/v2.0/token" else {
            return refusal(
                400, "invalid_request", 90002, "Tenant not found. Check to make sure you have the correct tenant ID.")
        }
        guard form["client_id"] == clientID else {
            return refusal(400, "unauthorized_client", 700016, "Application was not found in the directory.")
        }
        if let clientSecret, form["client_secret"] != clientSecret {
            return refusal(401, "invalid_client", 7_000_215, "Invalid client secret provided.")
        }
        guard form["client_secret"] != nil || form["client_assertion"] != nil else {
            return refusal(401, "invalid_client", 7_000_218, "The request body must contain a proof of the client.")
        }
        guard form["scope"]?.isEmpty == false else {
            return refusal(400, "invalid_scope", 70011, "The provided request must include a 'scope'.")
        }
        let number = state.withLock { state in
            state.tokens += 1
            return state.tokens
        }
        return MockResponse(
            200, headers: ["Content-Type": "application/json; charset=utf-8"],
            body: #"{"token_type":"Bearer","expires_in":\#(lifetime),"access_token":"fake-token-\#(number)"}"#)
    }

    private func refusal(_ status: Int, _ error: String, _ code: Int, _ text: String) -> MockResponse {
        MockResponse(
            status, headers: ["Content-Type": "application/json; charset=utf-8"],
            body: """
                {"error":"\(error)","error_description":"AADSTS\(code): \(text) Trace ID: t","error_codes":[\(code)],\
                "trace_id":"00000000-0000-0000-0000-00000000000a","correlation_id":"00000000-0000-0000-0000-00000000000b"}
                """)
    }
}

extension FakeEntra: CustomReflectable {
    /// Empty, so that printing what holds a fake shows no secret.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
