import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Logging
import Testing

/// A pipeline over a mock, with an authentication policy that does nothing but note that it ran.
func makePipeline(
    _ transport: any HTTPTransport, authority: String = "host.example",
    options configure: (inout PipelineOptions) -> Void = { _ in },
    authentication: any PipelinePolicy = ClosurePolicy { try await $1($0) }
) -> HTTPPipeline {
    var options = PipelineOptions(transport: transport)
    configure(&options)
    return HTTPPipeline(
        service: .blob, authority: authority, requestIDHeader: HTTPField.Name("x-ms-client-request-id")!,
        authentication: authentication, options: options)
}

func makeRequest(
    _ method: HTTPRequest.Method = .get, authority: String = "host.example", path: String = "/a?sig=s3cret",
    body: HTTPBody? = nil, retrySafety: PipelineRequest.RetrySafety? = nil
) -> PipelineRequest {
    PipelineRequest(
        HTTPRequest(method: method, scheme: "https", authority: authority, path: path), body: body,
        operation: "Test.Do", retrySafety: retrySafety)
}

/// Notes in which order policies run.
actor Journal {
    private(set) var entries: [String] = []

    func add(_ entry: String) { entries.append(entry) }

    nonisolated func policy(_ name: String) -> ClosurePolicy {
        ClosurePolicy { request, next in
            await self.add(name)
            return try await next(request)
        }
    }
}

@Suite("The pipeline")
struct HTTPPipelineTests {
    @Test("has the documented order of policies")
    func order() {
        let pipeline = makePipeline(
            MockTransport(),
            options: {
                $0.perCallPolicies = [ClosurePolicy { try await $1($0) }]
                $0.perTryPolicies = [ClosurePolicy { try await $1($0) }]
            })
        #expect(
            pipeline.policies.map { String(describing: type(of: $0)) } == [
                "RequestIDPolicy", "ErrorContextPolicy", "TelemetryPolicy", "ClosurePolicy", "RetryPolicy",
                "SingleHostPolicy", "ClosurePolicy", "ClosurePolicy", "LoggingPolicy", "BufferingPolicy",
            ])
    }

    @Test("runs policies of the call once and policies of the try for each try")
    func perCallAndPerTry() async throws {
        let journal = Journal()
        let clock = ManualClock(advancesBySleeping: true)
        let transport = MockTransport([MockResponse(503), MockResponse(500), MockResponse(200)])
        let pipeline = makePipeline(
            transport,
            options: {
                $0.perCallPolicies = [journal.policy("call")]
                $0.perTryPolicies = [journal.policy("try")]
                $0.timeSource = clock.timeSource
            }, authentication: journal.policy("authentication"))
        let response = try await pipeline.send(makeRequest())
        #expect(response.head.status == .ok)
        #expect(
            await journal.entries == [
                "call", "authentication", "try", "authentication", "try", "authentication", "try",
            ])
    }

    @Test("gives a call one request id and one user agent for all its tries")
    func requestID() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let transport = MockTransport([MockResponse(503), MockResponse(200)])
        let pipeline = makePipeline(
            transport,
            options: {
                $0.timeSource = clock.timeSource
                $0.applicationID = "my app/1.0"
            })
        _ = try await pipeline.send(makeRequest())
        let ids = transport.requests.map { $0.header("x-ms-client-request-id") }
        #expect(ids.count == 2 && ids[0] == ids[1])
        #expect(UUID(uuidString: ids[0] ?? "") != nil)
        #expect(transport.requests[0].header("user-agent") == "myapp/1.0 azure-swift-blob/\(PackageVersion.current)")
    }

    @Test("never sends to another host than the client's own")
    func foreignHost() async throws {
        let transport = MockTransport([MockResponse(200)])
        let pipeline = makePipeline(transport)
        let error = await #expect(throws: AzureError.self) {
            try await pipeline.send(makeRequest(authority: "evil.example"))
        }
        #expect(error?.code == .foreignHost)
        #expect(transport.requests.isEmpty)
    }

    @Test("keeps signatures out of the errors of URLSession")
    func signatureInURL() async throws {
        let error = await #expect(throws: (any Error).self) {
            try await URLSessionTransport().send(
                HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1:1", path: "/a?sig=hunter2"), body: nil,
                options: .init())
        }
        var dumped = ""
        dump(error, to: &dumped)
        let underlying = (error as? HTTPTransportError)?.underlying
        dump((underlying as NSError?)?.userInfo, to: &dumped)
        #expect(underlying != nil)
        #expect(!(dumped + String(reflecting: error) + String(describing: underlying)).contains("hunter2"))
    }

    @Test("gives errors of the transport their context, without secrets")
    func errorContext() async throws {
        let transport = MockTransport([
            .failure(HTTPTransportError(.insecure, "No trusted TLS connection to 'host.example' came about."))
        ])
        let error = await #expect(throws: AzureError.self) {
            try await makePipeline(transport).send(makeRequest())
        }
        #expect(error?.code == .insecureConnection)
        #expect(error?.service == .blob)
        #expect(error?.operation == "Test.Do")
        #expect(error?.resource == "https://host.example/a")
        #expect(error?.clientRequestID == transport.requests[0].header("x-ms-client-request-id"))
        #expect(!"\(error!)".contains("s3cret"))
        #expect(!String(reflecting: error!).contains("s3cret"))
    }

    @Test("reports an answer that is shorter than announced, after having tried again")
    func truncatedAnswer() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let short = MockResponse(200, headers: ["Content-Length": "10"], body: "12345")
        let transport = MockTransport([short, short, short, short, short])
        let error = await #expect(throws: AzureError.self) {
            try await makePipeline(transport, options: { $0.timeSource = clock.timeSource }).send(makeRequest())
        }
        #expect(error?.code == .truncatedBody)
        #expect(transport.requests.count == 5)
    }

    @Test("tries again when an answer breaks off while it is read")
    func brokenAnswer() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let transport = MockTransport([
            MockResponse(
                200, headers: ["Content-Length": "4"], chunks: [Data("ab".utf8)],
                breakAfter: HTTPTransportError(.connectionLost, "The connection broke.")),
            MockResponse(200, body: "abcd"),
        ])
        let response = try await makePipeline(transport, options: { $0.timeSource = clock.timeSource })
            .send(makeRequest())
        #expect(try await response.body.collect(upTo: 10) == Data("abcd".utf8))
    }

    @Test("hands a streamed body on as it comes, but reads the body of an error")
    func streamed() async throws {
        let chunks = [Data("ab".utf8), Data("cd".utf8)]
        let transport = MockTransport([MockResponse(200, chunks: chunks), MockResponse(404, chunks: chunks)])
        var request = makeRequest()
        request.responseHandling = .streamed
        let pipeline = makePipeline(transport)
        var received: [Data] = []
        for try await chunk in try await pipeline.send(request).body { received.append(chunk) }
        #expect(received == chunks)
        let failed = try await pipeline.send(request)
        received = []
        for try await chunk in failed.body { received.append(chunk) }
        #expect(received == [Data("abcd".utf8)])
    }

    @Test("refuses an answer that is larger than the call accepts")
    func tooLarge() async throws {
        let transport = MockTransport([MockResponse(200, body: "12345")])
        var request = makeRequest()
        request.responseHandling = .buffered(limit: 4)
        let error = await #expect(throws: AzureError.self) { try await makePipeline(transport).send(request) }
        #expect(error?.code == .bodyTooLarge)
    }

    @Test("passes cancellation on as cancellation")
    func cancellation() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await makePipeline(MockTransport([MockResponse(200)])).send(makeRequest())
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
