import AzureCore
import AzureTesting
import HTTPTypes
import Logging
import Synchronization
import Testing

@Suite("The log")
struct LoggingPolicyTests {
    /// Keeps everything that is logged, as text.
    private final class Memory: Sendable {
        let lines = Mutex<[String]>([])
    }

    private struct Handler: LogHandler {
        let memory: Memory
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let values = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted()
            memory.lines.withLock { $0.append("\(event.message) \(values.joined(separator: " "))") }
        }
    }

    @Test("shows what was called and how it went, and hides every value that may be a secret")
    func redaction() async throws {
        let memory = Memory()
        let transport = MockTransport([
            MockResponse(200, headers: ["x-ms-request-id": "42", "x-ms-copy-source": "https://x/?sig=s3cret"])
        ])
        let pipeline = makePipeline(
            transport,
            options: { $0.logger = Logger(label: "test") { _ in Handler(memory: memory, logLevel: .debug) } },
            authentication: ClosurePolicy { request, next in
                var request = request
                request.request.headerFields[.authorization] = "SharedKey account:s3cret"
                return try await next(request)
            })
        _ = try await pipeline.send(makeRequest(path: "/c/b?comp=list&sig=s3cret&se=2026"))
        let text = memory.lines.withLock { $0.joined(separator: "\n") }
        #expect(!text.contains("s3cret"))
        #expect(text.contains("url.full=https://host.example/c/b?comp=list&sig=REDACTED&se=2026"))
        #expect(text.contains("http.response.header.x-ms-request-id=42"))
        #expect(text.contains("http.response.status_code=200"))
        #expect(text.contains("http.request.header.authorization=REDACTED"))
    }

    @Test("stays silent above debug level")
    func silent() async throws {
        let memory = Memory()
        let pipeline = makePipeline(
            MockTransport([MockResponse(200)]),
            options: { $0.logger = Logger(label: "test") { _ in Handler(memory: memory, logLevel: .info) } })
        _ = try await pipeline.send(makeRequest())
        #expect(memory.lines.withLock { $0.isEmpty })
    }
}
