import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

/// Clients over a transport that answers as told.
struct Fixture {
    let transport: MockTransport
    let clock = ManualClock(advancesBySleeping: true)
    let service: BlobServiceClient

    init(_ responses: MockResponse..., endpoint: String = "https://example.blob.core.windows.net") throws {
        try self.init(MockTransport(responses), endpoint: endpoint)
    }

    init(_ transport: MockTransport, endpoint: String = "https://example.blob.core.windows.net") throws {
        self.transport = transport
        let key = try StorageSharedKey(accountName: "example", key: Data("key".utf8).base64EncodedString())
        service = try BlobServiceClient(
            endpoint: endpoint, credential: .sharedKey(key),
            options: BlobClientOptions(
                pipeline: PipelineOptions(transport: transport, timeSource: clock.timeSource)))
    }

    var container: BlobContainerClient { service.container("pictures") }
    var blob: BlobClient { container.blob("cats/tom.jpg") }

    /// The only request that was sent.
    func request(_ location: SourceLocation = #_sourceLocation) throws -> MockTransport.Request {
        try #require(transport.requests.count == 1, sourceLocation: location)
        return transport.requests[0]
    }
}

/// Runs an operation that has to fail with an `AzureError`, and returns it.
func failure(
    _ location: SourceLocation = #_sourceLocation, of operation: () async throws -> Void
) async throws -> AzureError {
    let error = await #expect(throws: AzureError.self, sourceLocation: location) { try await operation() }
    return try #require(error, sourceLocation: location)
}

func errorBody(_ code: String, _ message: String = "No.") -> String {
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>\(code)</Code><Message>\(message)\nRequestId:1\n"
        + "Time:2026-01-02T03:04:05Z</Message></Error>"
}

/// A directory that is gone after the test.
func withTemporaryDirectory<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("blob-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await body(url.path)
}
