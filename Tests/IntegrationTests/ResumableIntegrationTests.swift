#if Emulator
import AzureAuth
import AzureCore
import AzureEmulator
import AzureTesting
import BlobStorage
import Foundation
import Testing

@Suite("Transfers that can be resumed, over sockets", .timeLimit(.minutes(2)))
struct ResumableIntegrationTests {
    static let content = Data((0..<500_000).map { UInt8(truncatingIfNeeded: $0 &* 41 &+ $0 >> 8) })
    static let small = BlobTransferOptions(singleShotLimit: 1000, partSize: 70_001, concurrency: 2)

    private func withDirectory(_ body: (URL, RunningEmulator, BlobClient) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("resumable-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try Self.content.write(to: directory.appendingPathComponent("source"))
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let blob = service.container("large").blob("a b%ü")
            try await blob.container.create()
            try await body(directory, emulator, blob)
        }
    }

    /// The same blob through a connection that is gone after some requests.
    private func failing(_ emulator: RunningEmulator, _ blob: BlobClient, after count: Int) throws -> BlobClient {
        let transport = FaultTransport(URLSessionTransport()) { number, _ in number > count ? .status(400) : .none }
        let options = BlobClientOptions(pipeline: PipelineOptions(transport: transport))
        return try BlobServiceClient(connectionString: emulator.blobConnectionString, options: options)
            .container(blob.containerName).blob(blob.name)
    }

    @Test("uploads and downloads go on where they were interrupted")
    func resume() async throws {
        try await withDirectory { directory, emulator, blob in
            let source = directory.appendingPathComponent("source").path
            let target = directory.appendingPathComponent("target").path
            let upload = BlobUploadOptions(metadata: ["a": "b"], transfer: Self.small)
            let first = try failing(emulator, blob, after: 4)
            await #expect(throws: AzureError.self) {
                try await first.uploadResumably(file: source, options: upload)
            }
            let uploaded = try await blob.uploadResumably(file: source, options: upload)
            #expect(
                uploaded.resumption == .resumed(bytes: 4 * 70_001) || uploaded.resumption == .resumed(bytes: 3 * 70_001)
            )
            #expect(try await blob.properties().metadata == ["a": "b"])

            let download = BlobDownloadOptions(transfer: Self.small)
            let second = try failing(emulator, blob, after: 5)
            await #expect(throws: AzureError.self) {
                try await second.downloadResumably(to: target, options: download)
            }
            let downloaded = try await blob.downloadResumably(to: target, options: download)
            guard downloaded.resumption.isResumed else {
                Issue.record("\(downloaded.resumption)")
                return
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == Self.content)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == ["source", "target"])
        }
    }

    /// The blob through a connection whose use ends the process, at once and for good, after some requests.
    private static func deadly(_ connection: String, after count: Int) throws -> BlobClient {
        let transport = FaultTransport(URLSessionTransport()) { number, _ in
            if number > count { kill(getpid(), SIGKILL) }
            return .none
        }
        let options = BlobClientOptions(pipeline: PipelineOptions(transport: transport))
        return try BlobServiceClient(connectionString: connection, options: options)
            .container("large").blob("a b%ü")
    }

    @Test("uploads and downloads go on after their process was killed")
    func crash() async throws {
        try await withDirectory { directory, emulator, blob in
            let connection = emulator.blobConnectionString
            let source = directory.appendingPathComponent("source").path
            let target = directory.appendingPathComponent("target").path
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [connection = connection as String, source = source as String] in
                try await Self.deadly(connection, after: 5)
                    .uploadResumably(file: source, options: .init(transfer: Self.small))
            }
            let uploaded = try await blob.uploadResumably(file: source, options: .init(transfer: Self.small))
            #expect(uploaded.resumption != .fresh && uploaded.resumption != .startedOver(.targetLost))
            #expect(try await blob.download(upTo: 1_000_000, options: .init(transfer: Self.small)) == Self.content)

            await #expect(processExitsWith: .signal(SIGKILL)) {
                [connection = connection as String, target = target as String] in
                try await Self.deadly(connection, after: 6)
                    .downloadResumably(to: target, options: .init(transfer: Self.small))
            }
            #expect(!FileManager.default.fileExists(atPath: target))
            let downloaded = try await blob.downloadResumably(to: target, options: .init(transfer: Self.small))
            guard downloaded.resumption.isResumed else {
                Issue.record("\(downloaded.resumption)")
                return
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == Self.content)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == ["source", "target"])
        }
    }

    @Test("with a signature that may only write, an upload starts over and says so")
    func writeOnly() async throws {
        try await withDirectory { directory, emulator, blob in
            let source = directory.appendingPathComponent("source").path
            let signed = try blob.signedURL(permissions: .write, expiresOn: Date(timeIntervalSinceNow: 3600))
            let transport = FaultTransport(URLSessionTransport()) { number, _ in number > 4 ? .status(400) : .none }
            let first = try BlobClient(url: signed, options: .init(pipeline: PipelineOptions(transport: transport)))
            let options = BlobUploadOptions(overwrite: true, transfer: Self.small)
            await #expect(throws: AzureError.self) { try await first.uploadResumably(file: source, options: options) }
            let result = try await BlobClient(url: signed).uploadResumably(file: source, options: options)
            #expect(result.resumption == .startedOver(.cannotListBlocks))
            #expect(try await blob.download(upTo: 1_000_000, options: .init(transfer: Self.small)) == Self.content)
        }
    }
}
#endif
