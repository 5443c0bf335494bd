import AzureCore
import AzureTesting
import BatchService
import BlobStorage
import Foundation
import HTTPTypes
import Logging
import TestSupport
import Testing

@testable import AzureEmulator

@Suite("The emulator's log of requests")
struct RequestLogTests {
    private func entries(
        _ level: Logger.Level, _ body: (RunningEmulator, PipelineOptions) async throws -> Void
    ) async throws -> [MemoryLog.Entry] {
        let memory = MemoryLog()
        var configuration = EmulatorConfiguration()
        configuration.logger = memory.logger(level)
        try await withInProcessEmulator(configuration) { emulator, transport in
            try await body(emulator, PipelineOptions(transport: transport))
        }
        return memory.entries
    }

    private func call(_ emulator: RunningEmulator, _ pipeline: PipelineOptions) async throws {
        let service = try BlobServiceClient(
            connectionString: emulator.blobConnectionString, options: .init(pipeline: pipeline))
        try await service.container("pictures").create()
        let url = try service.container("pictures").blob("cat").signedURL(
            permissions: .read, expiresOn: Date(timeIntervalSinceNow: 3600))
        _ = try? await BlobClient(url: url, options: .init(pipeline: pipeline)).download(upTo: 10)
        let key = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
        let batch = try BatchClient(
            endpoint: emulator.batchEndpoint, credential: .sharedKey(key), options: .init(pipeline: pipeline))
        _ = try await batch.jobs.exists("job")
    }

    @Test("has method, path without signatures, status, time and ids of each request at debug level")
    func debug() async throws {
        let entries = try await entries(.debug, call)
        #expect(entries.count == 3)
        #expect(entries.allSatisfy { $0.level == .debug && $0.message == "Answered request" })
        #expect(entries.map { $0.metadata["azure.service"] } == ["Blob", "Blob", "Batch"])
        #expect(entries.map { $0.metadata["http.request.method"] } == ["PUT", "GET", "GET"])
        #expect(entries.map { $0.metadata["http.response.status_code"] } == ["201", "404", "404"])
        let paths = entries.compactMap { $0.metadata["url.path"] }
        #expect(paths.first == "/devstoreaccount1/pictures?restype=container")
        #expect(paths.dropFirst().first?.contains("sig=REDACTED") == true)
        #expect(entries.map { $0.metadata["azure.error_code"] } == [nil, "BlobNotFound", nil])
        for name in ["azure.request_id", "azure.client_request_id"] {
            #expect(entries.allSatisfy { $0.metadata[name]?.count == 36 }, "\(name)")
        }
        #expect(entries.allSatisfy { $0.metadata["duration"]?.hasSuffix(" s") == true })
    }

    @Test("has nothing above that")
    func info() async throws {
        #expect(try await entries(.info, call).isEmpty)
    }

    @Test("keeps the last requests, whatever is logged, and shows no signature")
    func record() async throws {
        struct Answering: EmulatedService {
            func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
                .emulated(404, headers: [("x-ms-error-code", "BlobNotFound"), ("x-ms-request-id", "id")])
            }
        }
        let record = RequestRecord()
        let clock = ManualClock()
        let log = RequestLog(
            Answering(), name: "Blob", record: record, logger: MemoryLog().logger(.info), time: clock.timeSource)
        for index in 0..<1200 {
            let path = "/a/c/\(index)?sp=r&sig=c2VjcmV0"
            _ = await log.respond(
                to: HTTPRequest(method: .get, scheme: "http", authority: "h", path: path),
                body: HTTPByteStream(Data()))
        }
        let entries = record.entries
        #expect(entries.map(\.number) == Array(201...1200))
        #expect(!entries.contains { $0.resource.contains("c2VjcmV0") })
        #expect(
            entries.last
                == RequestRecord.Entry(
                    number: 1200, service: "Blob", method: "GET", resource: "/a/c/1199?sp=r&sig=REDACTED",
                    received: clock.timeSource.now(), duration: .zero, status: 404, errorCode: "BlobNotFound",
                    requestID: "id", clientRequestID: nil))
    }
}
