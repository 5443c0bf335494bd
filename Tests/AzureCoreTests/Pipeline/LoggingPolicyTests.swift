import AzureCore
import AzureTesting
import HTTPTypes
import Logging
import TestSupport
import Testing

@Suite("The log")
struct LoggingPolicyTests {
    @Test("shows what was called and how it went, and hides every value that may be a secret")
    func redaction() async throws {
        let memory = MemoryLog()
        let transport = MockTransport([
            MockResponse(200, headers: ["x-ms-request-id": "42", "x-ms-copy-source": "https://x/?sig=s3cret"])
        ])
        let pipeline = makePipeline(
            transport,
            options: { $0.logger = memory.logger(.debug) },
            authentication: ClosurePolicy { request, next in
                var request = request
                request.request.headerFields[.authorization] = "SharedKey account:s3cret"
                return try await next(request)
            })
        _ = try await pipeline.send(makeRequest(path: "/c/b?comp=list&sig=s3cret&se=2026"))
        let text = memory.text
        #expect(!text.contains("s3cret"))
        #expect(text.contains("url.full=https://host.example/c/b?comp=list&sig=REDACTED&se=2026"))
        #expect(text.contains("http.response.header.x-ms-request-id=42"))
        #expect(text.contains("http.response.status_code=200"))
        #expect(text.contains("http.request.header.authorization=REDACTED"))
    }

    // The lists of the official SDKs, BlobHeadersAndQueryParameters for Java among them.
    @Test(
        "shows header fields that hold no secret",
        arguments: [
            "x-ms-version", "x-ms-blob-type", "Content-Length", "ETag", "x-ms-client-request-id", "x-ms-request-id",
            "Retry-After", "x-ms-copy-status", "x-ms-lease-state", "x-ms-access-tier", "x-ms-server-encrypted",
            "x-ms-content-crc64", "Accept-Ranges", "Vary", "WWW-Authenticate", "x-ms-tag-count", "ocp-date",
        ])
    func harmless(name: String) async throws {
        #expect(try await shown(name) == "value")
    }

    @Test(
        "hides header fields that hold one, or what a user has made up",
        arguments: [
            "Authorization", "x-ms-copy-source", "x-ms-copy-source-authorization", "x-ms-encryption-key",
            "x-ms-meta-name",
            "x-ms-tags", "Cookie", "Set-Cookie", "Location", "x-ms-rename-source", "x-ms-something-new",
        ])
    func secret(name: String) async throws {
        #expect(try await shown(name) == "REDACTED")
    }

    private func shown(_ name: String) async throws -> String? {
        let memory = MemoryLog()
        let transport = MockTransport([MockResponse(200, headers: [name: "value"])])
        _ = try await makePipeline(transport, options: { $0.logger = memory.logger(.debug) }).send(makeRequest())
        return memory.entries.last?.metadata["http.response.header.\(name.lowercased())"]
    }

    @Test("stays silent above debug level")
    func silent() async throws {
        let memory = MemoryLog()
        let pipeline = makePipeline(
            MockTransport([MockResponse(200), MockResponse(404)]), options: { $0.logger = memory.logger(.info) })
        _ = try await pipeline.send(makeRequest())
        _ = try await pipeline.send(makeRequest())
        #expect(memory.entries.isEmpty)
    }

    @Test("has a retry at info level, with its reason and delay")
    func retry() async throws {
        let memory = MemoryLog()
        let transport = MockTransport([
            MockResponse(503, headers: ["Retry-After": "7", "x-ms-error-code": "ServerBusy", "x-ms-request-id": "42"]),
            .failure(HTTPTransportError(.connectionLost, "The connection broke, sig=s3cret.")),
            MockResponse(200),
        ])
        let clock = ManualClock(advancesBySleeping: true)
        let pipeline = makePipeline(transport) {
            $0.timeSource = clock.timeSource
            $0.logger = memory.logger(.info)
        }
        _ = try await pipeline.send(makeRequest(path: "/c?comp=list&sig=s3cret"))
        let entries = memory.entries
        #expect(entries.map(\.level) == [.info, .info])
        #expect(entries.allSatisfy { $0.message == "Retrying request" && $0.metadata["azure.operation"] == "Test.Do" })
        #expect(entries.map { $0.metadata["azure.attempt"] } == ["1", "2"])
        #expect(entries.first?.metadata["reason"] == "HTTP status 503")
        #expect(entries.first?.metadata["delay"] == "7 s")
        #expect(entries.first?.metadata["azure.error_code"] == "ServerBusy")
        #expect(entries.first?.metadata["azure.request_id"] == "42")
        #expect(entries.first?.metadata["http.request.method"] == "GET")
        #expect(entries.first?.metadata["url.full"] == "https://host.example/c?comp=list&sig=REDACTED")
        #expect(entries.last?.metadata["reason"] == "The connection broke, sig=REDACTED")
        #expect(entries.last?.metadata["azure.error_code"] == "ConnectionLost")
        #expect(entries.allSatisfy { $0.metadata["azure.client_request_id"]?.isEmpty == false })
    }

    @Test("has a warning for a call that runs out of tries, and none for one that the service refused")
    func givingUp() async throws {
        let memory = MemoryLog()
        let clock = ManualClock(advancesBySleeping: true)
        let transport = MockTransport([MockResponse(500), MockResponse(500), MockResponse(403)])
        let pipeline = makePipeline(transport) {
            $0.timeSource = clock.timeSource
            $0.retry = RetryOptions(maxRetries: 1)
            $0.logger = memory.logger(.warning)
        }
        _ = try await pipeline.send(makeRequest())
        _ = try await pipeline.send(makeRequest())
        #expect(memory.entries.map(\.message) == ["Giving up on request"])
        #expect(memory.entries.first?.level == .warning)
        #expect(memory.entries.first?.metadata["azure.attempt"] == "2")
        #expect(memory.entries.first?.metadata["reason"] == "HTTP status 500")
    }

    @Test("has no warning where one try was wanted, because its caller retries or does not")
    func oneTry() async throws {
        let memory = MemoryLog()
        let pipeline = makePipeline(MockTransport([MockResponse(503)])) {
            $0.retry = RetryOptions(maxRetries: 0)
            $0.logger = memory.logger(.info)
        }
        #expect(try await pipeline.send(makeRequest()).head.status.code == 503)
        #expect(memory.entries.isEmpty)
    }

    @Test("has a warning for a call that runs out of time")
    func outOfTime() async throws {
        let memory = MemoryLog()
        let clock = ManualClock()
        let transport = ClosureTransport { _, _, _ in
            try await clock.timeSource.sleep(.seconds(3600))
            return HTTPTransportResponse(head: HTTPResponse(status: .ok))
        }
        let pipeline = makePipeline(transport) {
            $0.timeSource = clock.timeSource
            $0.retry = RetryOptions(overallDeadline: .seconds(10))
            $0.logger = memory.logger(.warning)
        }
        let task = Task { try await pipeline.send(makeRequest()) }
        // The server and the limit.
        await clock.waitForSleepersAndLimits(2)
        clock.advance(by: .seconds(10))
        await #expect(throws: AzureError.self) { try await task.value }
        #expect(memory.entries.map { $0.metadata["azure.error_code"] } == ["DeadlineExceeded"])
    }

    @Test("goes to the logger of a call where it has one")
    func ownLogger() async throws {
        let (client, call) = (MemoryLog(), MemoryLog())
        let clock = ManualClock(advancesBySleeping: true)
        let pipeline = makePipeline(MockTransport([MockResponse(503), MockResponse(200)])) {
            $0.timeSource = clock.timeSource
            $0.logger = client.logger(.debug)
        }
        var request = makeRequest()
        request.logger = call.logger(.debug)
        _ = try await pipeline.send(request)
        #expect(client.entries.isEmpty)
        #expect(
            call.entries.map(\.message) == [
                "Sending request", "Received response", "Retrying request", "Sending request", "Received response",
            ])
    }
}
