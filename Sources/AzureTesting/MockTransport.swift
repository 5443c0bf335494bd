public import AzureCore
public import HTTPTypes
import Synchronization

public import struct Foundation.Data

/// A transport without a network: it keeps the requests and answers them as told.
///
/// ```swift
/// let transport = MockTransport([MockResponse(201), MockResponse(404, body: "<Error>…</Error>")])
/// let service = try BlobServiceClient(
///     endpoint: "https://example.blob.core.windows.net", credential: .anonymous,
///     options: BlobClientOptions(pipeline: PipelineOptions(transport: transport)))
/// …
/// #expect(transport.requests[0].path == "/pictures?restype=container")
/// ```
public final class MockTransport: HTTPTransport {
    /// A request as it reached the transport, its body in memory.
    public struct Request: Sendable {
        /// Method, URL and header fields.
        public let head: HTTPRequest
        /// The body; empty when there was none.
        public let body: Data
        /// Whether there was a body, be it an empty one.
        public let hasBody: Bool

        /// The method.
        public var method: HTTPRequest.Method { head.method }
        /// Path and query, as sent.
        public var path: String { head.path ?? "" }
        /// The body as text.
        public var text: String { String(decoding: body, as: UTF8.self) }

        /// The value of a header field, whatever the case of its name; nil when it is not there.
        public func header(_ name: String) -> String? {
            HTTPField.Name(name).flatMap { head.headerFields[$0] }
        }
    }

    private struct State {
        var requests: [Request] = []
        var responses: [MockResponse]
    }

    private let state: Mutex<State>
    private let handler: (@Sendable (Request) async throws -> MockResponse)?

    public let capabilities: HTTPTransportCapabilities

    /// Creates a transport that gives the answers in order, one for each try.
    ///
    /// A request for which no answer is left fails with ``MockTransportError``.
    public init(_ responses: [MockResponse] = [], capabilities: HTTPTransportCapabilities = .all) {
        state = Mutex(State(responses: responses))
        handler = nil
        self.capabilities = capabilities
    }

    /// Creates a transport that answers each request by calling a function.
    public init(
        capabilities: HTTPTransportCapabilities = .all,
        _ handler: @escaping @Sendable (Request) async throws -> MockResponse
    ) {
        state = Mutex(State(responses: []))
        self.handler = handler
        self.capabilities = capabilities
    }

    /// All requests so far, tries included, in the order in which they came.
    public var requests: [Request] {
        state.withLock { $0.requests }
    }

    /// How many answers have not been asked for.
    public var remainingResponses: Int {
        state.withLock { $0.responses.count }
    }

    /// Adds an answer to the end of the queue.
    public func enqueue(_ response: MockResponse) {
        state.withLock { $0.responses.append(response) }
    }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        try Task.checkCancellation()
        let received = Request(
            head: request, body: try await body?.collect(upTo: .max) ?? Data(), hasBody: body != nil)
        if let handler {
            state.withLock { $0.requests.append(received) }
            return try await handler(received).transportResponse(to: request.method)
        }
        let response = state.withLock { state -> MockResponse? in
            state.requests.append(received)
            return state.responses.isEmpty ? nil : state.responses.removeFirst()
        }
        guard let response else { throw MockTransportError(request: received) }
        return try response.transportResponse(to: request.method)
    }
}

/// A request came for which a ``MockTransport`` had no answer.
public struct MockTransportError: Error, CustomStringConvertible {
    /// The request.
    public let request: MockTransport.Request

    public var description: String {
        "No answer was prepared for \(request.method.rawValue) \(Redactor.url(request.path))."
    }
}
