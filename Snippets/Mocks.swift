// SwiftPM gives the Testing library on macOS to test targets alone. These tests run with the others.
#if os(Linux)
import AzureTesting
import BlobStorage
import Testing

// MARK: Docs/Testing.md

// snippet.mock
@Test func createsTheContainerOnce() async throws {
    let transport = MockTransport([
        MockResponse(201), MockResponse(409, headers: ["x-ms-error-code": "ContainerAlreadyExists"]),
    ])
    let service = try BlobServiceClient(
        endpoint: "https://example.blob.core.windows.net", credential: .anonymous,
        options: BlobClientOptions(pipeline: PipelineOptions(transport: transport)))

    try await service.container("pictures").create()
    await #expect(throws: AzureError.self) { try await service.container("pictures").create() }
    #expect(transport.requests[0].path == "/pictures?restype=container")
}
// snippet.end

// snippet.clock
@Test func triesAgainWithoutWaiting() async throws {
    let clock = ManualClock(advancesBySleeping: true)
    var options = PipelineOptions(transport: MockTransport([MockResponse(503), MockResponse(200)]))
    options.timeSource = clock.timeSource
    let service = try BlobServiceClient(
        endpoint: "https://example.blob.core.windows.net", credential: .anonymous,
        options: BlobClientOptions(pipeline: options))

    #expect(try await service.container("pictures").exists())
    #expect(clock.sleeps.count == 1)  // one retry, and the test took no time
}
// snippet.end
#endif
