import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

@Suite("Deadlines of transfers")
struct TransferDeadlineTests {
    let clock = ManualClock()

    /// A blob whose service never answers.
    private func silentBlob() throws -> BlobClient {
        let time = clock.timeSource
        let transport = ClosureTransport { _, _, _ in
            try await time.sleep(.seconds(86_400))
            throw CancellationError()
        }
        return try BlobServiceClient(
            endpoint: "https://example.blob.core.windows.net", credential: .anonymous,
            options: BlobClientOptions(pipeline: PipelineOptions(transport: transport, timeSource: time))
        ).container("pictures").blob("cats/tom.jpg")
    }

    /// What an operation that waits for the service ends with when its minute is over.
    private func afterAMinute(_ operation: @escaping @Sendable () async throws -> Void) async throws -> AzureError {
        async let error = failure(of: operation)
        // The service and the deadline.
        await clock.waitForSleepers(2)
        clock.advance(by: .seconds(60))
        return try await error
    }

    private static let minute = BlobTransferOptions(deadline: .seconds(60))

    @Test("an upload ends when its time is up")
    func upload() async throws {
        let blob = try silentBlob()
        let error = try await afterAMinute {
            try await blob.upload(Data("tom".utf8), options: BlobUploadOptions(transfer: Self.minute))
        }
        #expect(error.code == .deadlineExceeded)
        #expect(error.message == "The upload of 'cats/tom.jpg' took longer than 60 s, its limit (deadline).")
    }

    @Test("an upload ends when its time is up, also while its own stream is silent")
    func stream() async throws {
        let blob = try silentBlob()
        let time = clock.timeSource
        let silence = HTTPByteStream(unfolding: {
            {
                try await time.sleep(.seconds(86_400))
                return nil
            }
        })
        let error = try await afterAMinute {
            try await blob.upload(stream: silence, options: BlobUploadOptions(transfer: Self.minute))
        }
        #expect(error.code == .deadlineExceeded)
    }

    @Test("a download ends when its time is up, and leaves no file")
    func download() async throws {
        let blob = try silentBlob()
        let options = BlobDownloadOptions(transfer: Self.minute)
        #expect(
            try await afterAMinute { _ = try await blob.download(upTo: 1, options: options) }.code == .deadlineExceeded)
        try await withTemporaryDirectory { directory in
            let error = try await afterAMinute { try await blob.download(to: directory + "/tom", options: options) }
            #expect(error.code == .deadlineExceeded)
            #expect(error.message == "The download of 'cats/tom.jpg' took longer than 60 s, its limit (deadline).")
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }

    @Test("a resumable upload and a resumable download end when their time is up")
    func resumable() async throws {
        let blob = try silentBlob()
        try await withTemporaryDirectory { directory in
            let path = directory + "/tom"
            try Data(repeating: 1, count: 100).write(to: URL(fileURLWithPath: path))
            let parts = BlobTransferOptions(singleShotLimit: 10, partSize: 50, deadline: .seconds(60))
            let upload = try await afterAMinute {
                _ = try await blob.uploadResumably(file: path, options: BlobUploadOptions(transfer: parts))
            }
            #expect(upload.code == .deadlineExceeded)
            let download = try await afterAMinute {
                _ = try await blob.downloadResumably(
                    to: directory + "/cat", options: BlobDownloadOptions(transfer: parts))
            }
            #expect(download.code == .deadlineExceeded)
        }
    }

    @Test("what is done in time is not disturbed by the deadline")
    func inTime() async throws {
        let stored = StoredBlob(Data("tom".utf8), metadata: [:])
        let blob = try BlobServiceClient(
            endpoint: "https://example.blob.core.windows.net", credential: .anonymous,
            options: BlobClientOptions(
                pipeline: PipelineOptions(transport: stored.transport, timeSource: clock.timeSource))
        ).container("pictures").blob("cats/tom.jpg")
        #expect(
            try await blob.download(upTo: 9, options: BlobDownloadOptions(transfer: Self.minute)) == Data("tom".utf8))
        try await blob.upload(
            Data("cat".utf8), options: BlobUploadOptions(overwrite: true, transfer: Self.minute))
        #expect(stored.content == Data("cat".utf8))
    }

    @Test("a deadline of no time is refused before anything is sent", arguments: [Duration.zero, .seconds(-1)])
    func impossible(deadline: Duration) async throws {
        let fixture = try Fixture()
        let error = try await failure {
            _ = try await fixture.blob.download(
                upTo: 1, options: BlobDownloadOptions(transfer: BlobTransferOptions(deadline: deadline)))
        }
        #expect(error.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }
}
