import AzureCore
import AzureTesting
import Foundation
import Synchronization
import Testing

@testable import BlobStorage

@Suite("The progress of a transfer")
struct TransferProgressTests {
    @Test("has the rate of the last seconds, however the bytes come")
    func rate() {
        var rate = TransferRate()
        rate.note(1000, at: .seconds(10))
        #expect(rate.bytesPerSecond == 0 && rate.time(for: 5) == nil && rate.time(for: 0) == .zero)
        rate.note(1300, at: .seconds(13))
        #expect(rate.bytesPerSecond == 100 && rate.time(for: 50) == .seconds(0.5))
        // Several parts that end at the same moment are no speed of their own.
        for bytes in [1400, 1500, 1600] { rate.note(Int64(bytes), at: .seconds(13.001)) }
        #expect(rate.bytesPerSecond == 100)
        for second in 1...60 { rate.note(1600 + Int64(second) * 1000, at: .seconds(13 + second)) }
        #expect((999.0...1001).contains(rate.bytesPerSecond))
        // It stands still.
        for second in 1...60 { rate.note(61_600, at: .seconds(73 + second)) }
        #expect(rate.bytesPerSecond < 1)
    }

    @Test("goes on from what an earlier transfer left, which has no rate")
    func already() async {
        let clock = ManualClock()
        let progress = TransferProgress()
        let meter = TransferMeter(progress, total: 500, already: 300, timeSource: clock.timeSource)
        var steps = progress.makeAsyncIterator()
        #expect(await steps.next() == TransferProgress.Step(bytes: 300, total: 500))
        clock.advance(by: .seconds(2))
        meter.add(100)
        #expect(
            await steps.next()
                == TransferProgress.Step(bytes: 400, total: 500, rate: 50, timeLeft: .seconds(2)))
        meter.add(100)
        meter.flush()
        progress.finish()
        #expect(await steps.next()?.bytes == 500)
        #expect(await steps.next() == nil)
    }

    private typealias Follower = @Sendable (TransferProgress) async -> Void

    /// The last step of a transfer; nil when there was none.
    private func last(of transfer: (@escaping Follower) async throws -> Void) async throws -> TransferProgress.Step? {
        let last = Mutex<TransferProgress.Step?>(nil)
        try await transfer { progress in
            for await step in progress {
                last.withLock {
                    #expect(step.bytes > $0?.bytes ?? -1)
                    $0 = step
                }
            }
        }
        return last.withLock { $0 }
    }

    private static let content = Data((0..<100).map { UInt8($0) })

    @Test("of an upload ends with all bytes", arguments: [3, 100])
    func uploads(size: Int) async throws {
        let content = Self.content.prefix(size)
        let blob = try Fixture(MockTransport { _ in MockResponse(201) }).blob
        let options = BlobUploadOptions(transfer: TransferTests.small)
        let data = try await last { try await blob.upload(content, options: options, following: $0) }
        #expect(data?.bytes == Int64(size) && data?.total == Int64(size))
        let stream = try await last {
            try await blob.upload(stream: HTTPByteStream(content), options: options, following: $0)
        }
        #expect(stream?.bytes == Int64(size) && stream?.total == nil)
    }

    @Test("of a download ends with all bytes, and counts none twice")
    func downloads() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let transport = FaultTransport(TransferTests.server(Self.content)) { number, _ in
            number.isMultiple(of: 3) ? .truncateAnswer(after: 1) : .none
        }
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/pictures/b",
            options: .init(pipeline: PipelineOptions(transport: transport, timeSource: clock.timeSource)))
        let options = BlobDownloadOptions(transfer: TransferTests.small)
        let memory = try await last { _ = try await blob.download(upTo: 100, options: options, following: $0) }
        #expect(memory?.bytes == 100 && memory?.total == 100 && memory?.timeLeft == .zero)
    }

    @Test("ends when the transfer fails, be it before it began", .timeLimit(.minutes(5)))
    func failures() async throws {
        let blob = try Fixture(MockTransport { _ in MockResponse(404, body: errorBody("BlobNotFound")) }).blob
        let bad = BlobTransferOptions(partSize: 0)
        let transfers: [(@escaping Follower) async throws -> Void] = [
            { try await blob.upload(file: "/nowhere", following: $0) },
            { try await blob.upload(Data(), options: .init(transfer: bad), following: $0) },
            { try await blob.upload(Data(), following: $0) },
            { try await blob.upload(stream: HTTPByteStream(Data()), following: $0) },
            { try await blob.uploadResumably(file: "/nowhere", following: $0) },
            { _ = try await blob.download(upTo: 5, following: $0) },
            { try await blob.download(to: "/nowhere/file", following: $0) },
            { try await blob.downloadResumably(to: "/nowhere/file", following: $0) },
            { _ = try await Encryption.client(StoredBlob()).download(upTo: 5, following: $0) },
        ]
        for transfer in transfers {
            let hasEnded = Atomic(false)
            let error = try await failure {
                try await transfer { progress in
                    for await _ in progress {}
                    hasEnded.store(true, ordering: .relaxed)
                }
            }
            #expect(
                [.fileError, .invalidArgument, .blobNotFound, .notFound, .notClientEncrypted].contains(error.code))
            let ended = hasEnded.load(ordering: .relaxed)
            #expect(ended)
        }
    }
}
