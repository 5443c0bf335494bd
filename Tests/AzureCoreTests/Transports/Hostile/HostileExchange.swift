import AzureCore
import Foundation
import HTTPTypes
import Testing

/// One exchange with a server that means no good, through a pipeline with small limits.
struct HostileExchange {
    var kind: TransportUnderTest
    var method = HTTPRequest.Method.get
    var body: HTTPBody?
    var responseHandling = PipelineRequest.ResponseHandling.buffered(limit: 1 << 20)
    /// A deadline that counts only where a test sets another: other tests may keep the processors busy for a while.
    var retry = RetryOptions(maxRetries: 0, overallDeadline: .seconds(100))
    var idleTimeout = Duration.seconds(40)
    /// The transport; nil makes one of `kind`.
    var transport: (any HTTPTransport)?

    /// Sends the request and reads the answer.
    func run(_ server: LoopbackServer, scheme: String = "http") async throws -> (status: Int, body: Data) {
        let transport = transport ?? kind.make()
        let pipeline = makePipeline(transport, authority: server.authority) {
            $0.retry = retry
            $0.transportOptions.idleTimeout = idleTimeout
        }
        let request = HTTPRequest(method: method, scheme: scheme, authority: server.authority, path: "/a?sig=s3cret")
        let response = try await pipeline.send(
            PipelineRequest(request, body: body, operation: "Test.Do", responseHandling: responseHandling))
        return (response.head.status.code, try await response.body.collect(upTo: 64 << 20))
    }

    /// Runs the exchange, which must fail in time, as an ``AzureError`` with its context.
    @discardableResult
    func failure(
        _ server: LoopbackServer, scheme: String = "http", within limit: Duration = .seconds(50),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async -> AzureError? {
        let start = ContinuousClock.now
        let error = await #expect(throws: AzureError.self, sourceLocation: sourceLocation) {
            try await run(server, scheme: scheme)
        }
        #expect(ContinuousClock.now - start < limit, sourceLocation: sourceLocation)
        #expect(error?.operation == "Test.Do" && error?.service == .blob, sourceLocation: sourceLocation)
        #expect(error?.resource?.hasSuffix("/a") == true, sourceLocation: sourceLocation)
        return error
    }

    /// Runs the exchange, which may end in an answer, but must end in time and in order.
    func endsInOrder(_ server: LoopbackServer, sourceLocation: SourceLocation = #_sourceLocation) async {
        let start = ContinuousClock.now
        do {
            _ = try await run(server)
        } catch {
            #expect(error is AzureError, "\(error)", sourceLocation: sourceLocation)
        }
        #expect(ContinuousClock.now - start < .seconds(50), sourceLocation: sourceLocation)
    }
}

/// Answers any request with these bytes, and closes.
func withAnswer(_ bytes: String, _ body: (LoopbackServer) async throws -> Void) async throws {
    try await withLoopbackServer(
        { _, connection in
            connection.write(bytes)
            return .close
        }, body)
}
