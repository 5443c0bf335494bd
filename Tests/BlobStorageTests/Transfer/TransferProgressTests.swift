import AzureCore
import AzureTesting
import Foundation
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

    /// The last step of a transfer; nil when there was none.
    private func last(
        of transfer: @escaping @Sendable (TransferProgress) async throws -> Void
    ) async throws -> TransferProgress.Step? {
        let progress = TransferProgress()
        async let outcome: Void = transfer(progress)
        var last: TransferProgress.Step?
        for await step in progress {
            #expect(step.bytes > last?.bytes ?? -1)
            last = step
        }
        try await outcome
        return last
    }

    private static let content = Data((0..<100).map { UInt8($0) })

    @Test("of an upload ends with all bytes", arguments: [3, 100])
    func uploads(size: Int) async throws {
        let content = Self.content.prefix(size)
        let blob = try Fixture(MockTransport { _ in MockResponse(201) }).blob
        let data = try await last { progress in
            try await blob.upload(content, options: .init(transfer: TransferTests.small, progress: progress))
        }
        #expect(data?.bytes == Int64(size) && data?.total == Int64(size))
        let stream = try await last { progress in
            try await blob.upload(
                stream: HTTPByteStream(content), options: .init(transfer: TransferTests.small, progress: progress))
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
        let memory = try await last { progress in
            _ = try await blob.download(
                upTo: 100, options: .init(transfer: TransferTests.small, progress: progress))
        }
        #expect(memory?.bytes == 100 && memory?.total == 100 && memory?.timeLeft == .zero)
        let stream = try await last { progress in
            let stream = try await blob.downloadStream(
                options: .init(transfer: TransferTests.small, progress: progress))
            _ = try await HTTPByteStream(stream).collect(upTo: 100)
        }
        #expect(stream?.bytes == 100 && stream?.total == 100)
    }

    @Test("ends when the transfer fails, be it before it began", .timeLimit(.minutes(5)))
    func failures() async throws {
        let blob = try Fixture(MockTransport { _ in MockResponse(404, body: errorBody("BlobNotFound")) }).blob
        let bad = BlobTransferOptions(partSize: 0)
        let transfers: [@Sendable (TransferProgress) async throws -> Void] = [
            { try await blob.upload(file: "/nowhere", options: .init(progress: $0)) },
            { try await blob.upload(Data(), options: .init(transfer: bad, progress: $0)) },
            { try await blob.upload(Data(), options: .init(progress: $0)) },
            { try await blob.uploadResumably(file: "/nowhere", options: .init(progress: $0)) },
            { _ = try await blob.download(upTo: 5, options: .init(progress: $0)) },
            { try await blob.download(to: "/nowhere/file", options: .init(progress: $0)) },
            { try await blob.downloadResumably(to: "/nowhere/file", options: .init(progress: $0)) },
            { _ = try await blob.downloadStream(options: .init(progress: $0)) },
        ]
        for transfer in transfers {
            let progress = TransferProgress()
            let error = try await failure { try await transfer(progress) }
            #expect([.fileError, .invalidArgument, .blobNotFound, .notFound].contains(error.code))
            for await _ in progress {}
        }
    }
}
