public import AzureCore
public import HTTPTypes
import Synchronization

import struct Foundation.Data

/// A transport that goes wrong on purpose, in front of one that works.
///
/// ```swift
/// // Every twentieth request is answered with 503, every other twentieth is carried out but its answer is lost.
/// let transport = FaultTransport(emulator) { number, _ in
///     switch number % 20 {
///     case 0: .status(503, headers: ["Retry-After": "0"])
///     case 10: .loseAnswer
///     default: .none
///     }
/// }
/// ```
public final class FaultTransport: HTTPTransport {
    /// What happens to a request.
    public enum Fault: Sendable, Hashable {
        /// Nothing; it is passed on.
        case none
        /// It is answered with this status and does not reach the other side.
        case status(Int, headers: [String: String] = [:])
        /// No connection comes about; it does not reach the other side.
        case cannotConnect
        /// The connection breaks before it reaches the other side.
        case loseRequest
        /// The other side carries it out, but its answer is lost.
        case loseAnswer
        /// The body of the answer breaks off after so many bytes.
        case truncateAnswer(after: Int)
    }

    /// Decides what happens to a request; the first has number 1.
    public typealias Plan = @Sendable (_ number: Int, _ request: HTTPRequest) -> Fault

    private let base: any HTTPTransport
    private let plan: Plan
    private let state = Mutex<(requests: Int, faults: Int)>((0, 0))

    /// Creates a transport.
    ///
    /// - Parameters:
    ///   - base: The transport that works.
    ///   - plan: What happens to which request. Decide by the number to have the same faults each time.
    public init(_ base: any HTTPTransport, plan: @escaping Plan) {
        self.base = base
        self.plan = plan
    }

    /// What the transport behind this one can do.
    public var capabilities: HTTPTransportCapabilities { base.capabilities }

    /// How many requests came, tries included.
    public var requestCount: Int { state.withLock { $0.requests } }

    /// How many of them went wrong.
    public var faultCount: Int { state.withLock { $0.faults } }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        let number = state.withLock { state in
            state.requests += 1
            return state.requests
        }
        let fault = plan(number, request)
        if fault != .none { state.withLock { $0.faults += 1 } }
        switch fault {
        case .none: return try await base.send(request, body: body, options: options)
        case .status(let status, let headers):
            return try MockResponse(status, headers: headers).transportResponse(to: request.method)
        case .cannotConnect: throw HTTPTransportError(.cannotConnect, "A fault was wanted: nobody listens.")
        case .loseRequest: throw HTTPTransportError(.connectionLost, "A fault was wanted: the request got lost.")
        case .loseAnswer:
            let response = try await base.send(request, body: body, options: options)
            for try await _ in response.body {}
            throw HTTPTransportError(.connectionLost, "A fault was wanted: the answer got lost.")
        case .truncateAnswer(let count):
            var response = try await base.send(request, body: body, options: options)
            response.body = Self.truncated(response.body, after: count)
            return response
        }
    }

    private static func truncated(_ body: HTTPResponseBody, after count: Int) -> HTTPResponseBody {
        let (chunks, source) = AsyncThrowingStream.makeStream(of: Data.self)
        let task = Task {
            do {
                var left = max(0, count)
                for try await chunk in body {
                    source.yield(chunk.prefix(left))
                    left -= min(left, chunk.count)
                    if left == 0 { break }
                }
                source.finish(
                    throwing: HTTPTransportError(.connectionLost, "A fault was wanted: the answer breaks off."))
            } catch {
                source.finish(throwing: error)
            }
        }
        source.onTermination = { _ in task.cancel() }
        return HTTPResponseBody(HTTPByteStream(chunks), length: body.length, isDecoded: body.isDecoded)
    }
}
