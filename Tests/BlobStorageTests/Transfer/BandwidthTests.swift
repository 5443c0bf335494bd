import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import BlobStorage

@Suite("Transfers with limited bandwidth")
struct BandwidthTests {
    private static let content = Data((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 3) })

    /// How long a transfer takes by a clock that moves by waiting.
    private func seconds(
        _ server: MockTransport, client limit: BandwidthLimit? = nil,
        _ transfer: (BlobClient) async throws -> Void
    ) async throws -> Double {
        let clock = ManualClock(advancesBySleeping: true)
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/pictures/b",
            options: .init(
                pipeline: PipelineOptions(transport: server, timeSource: clock.timeSource), bandwidth: limit))
        let start = clock.timeSource.uptime()
        try await transfer(blob)
        return (clock.timeSource.uptime() - start).seconds
    }

    private static func transfer(_ limit: BandwidthLimit?) -> BlobTransferOptions {
        BlobTransferOptions(
            singleShotLimit: 300_000, partSize: 300_000, concurrency: 1, validation: .none, bandwidth: limit)
    }

    @Test(
        "a download takes as long as its bytes need, in whichever way it comes",
        arguments: ["memory", "file", "stream"])
    func download(way: String) async throws {
        let options = BlobDownloadOptions(transfer: Self.transfer(BandwidthLimit(bytesPerSecond: 100_000)))
        let seconds = try await seconds(TransferTests.server(Self.content)) { blob in
            switch way {
            case "memory": #expect(try await blob.download(upTo: 1_000_000, options: options) == Self.content)
            case "file":
                try await withTemporaryDirectory { directory in
                    _ = try await blob.download(to: directory + "/file", options: options)
                    #expect(try Data(contentsOf: URL(fileURLWithPath: directory + "/file")) == Self.content)
                }
            default:
                let stream = try await blob.downloadStream(options: options)
                #expect(try await stream.collect(upTo: 1_000_000) == Self.content)
            }
        }
        #expect(seconds > 9.8 && seconds < 10.2, "\(seconds)")
    }

    @Test(
        "an upload takes as long as its bytes need, in whichever way it goes", arguments: ["memory", "file", "stream"])
    func upload(way: String) async throws {
        let options = BlobUploadOptions(transfer: Self.transfer(BandwidthLimit(bytesPerSecond: 100_000)))
        let stored = StoredBlob()
        let seconds = try await seconds(stored.transport) { blob in
            switch way {
            case "memory": _ = try await blob.upload(Self.content, options: options)
            case "file":
                try await withTemporaryDirectory { directory in
                    try Self.content.write(to: URL(fileURLWithPath: directory + "/file"))
                    _ = try await blob.upload(file: directory + "/file", options: options)
                }
            default: _ = try await blob.upload(stream: HTTPByteStream(Self.content), options: options)
            }
        }
        #expect(stored.content == Self.content)
        #expect(seconds > 9.8 && seconds < 10.2, "\(seconds)")
    }

    @Test("transfers that go on later are limited, too")
    func resumable() async throws {
        try await withTemporaryDirectory { directory in
            let (file, copy) = (directory + "/file", directory + "/copy")
            try Self.content.write(to: URL(fileURLWithPath: file))
            let limit = BandwidthLimit(bytesPerSecond: 100_000)
            let stored = StoredBlob()
            let up = try await seconds(stored.transport) { blob in
                try await blob.uploadResumably(file: file, options: .init(transfer: Self.transfer(limit)))
            }
            #expect(up > 9.8 && up < 10.2, "\(up)")
            let down = try await seconds(stored.transport) { blob in
                try await blob.downloadResumably(
                    to: copy, options: .init(transfer: Self.transfer(BandwidthLimit(bytesPerSecond: 100_000))))
            }
            #expect(down > 9.8 && down < 10.2, "\(down)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == Self.content)
        }
    }

    @Test("the limit of a client is that of all its transfers together")
    func client() async throws {
        let seconds = try await seconds(
            TransferTests.server(Self.content), client: BandwidthLimit(bytesPerSecond: 100_000)
        ) { blob in
            for _ in 0..<3 { _ = try await blob.download(upTo: 1_000_000) }
        }
        #expect(seconds > 29.5 && seconds < 30.5, "\(seconds)")
    }

    @Test("without a limit nothing waits")
    func unlimited() async throws {
        let seconds = try await seconds(TransferTests.server(Self.content)) { blob in
            _ = try await blob.download(upTo: 1_000_000, options: .init(transfer: Self.transfer(nil)))
        }
        #expect(seconds == 0)
    }

    @Test("a transfer that waits for its turn ends when it is cancelled")
    func cancelled() async throws {
        let clock = ManualClock()
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/pictures/b",
            options: .init(
                pipeline: PipelineOptions(
                    transport: TransferTests.server(Self.content), timeSource: clock.timeSource)))
        let options = BlobDownloadOptions(transfer: Self.transfer(BandwidthLimit(bytesPerSecond: 10)))
        let download = Task { try await blob.download(upTo: 1_000_000, options: options) }
        await clock.waitForSleepers(1)
        download.cancel()
        await #expect(throws: CancellationError.self) { try await download.value }
    }

    @Test("fewer and smaller parts are under way where each would take very long")
    func parts() {
        let usual = BlobTransferOptions()
        #expect(usual.limited(to: nil) == usual && usual.limited(to: .max) == usual)
        #expect(usual.limited(to: 100 << 20) == usual)
        let some = usual.limited(to: 1 << 20)
        #expect(some.partSize == 8 << 20 && some.concurrency == .atMost(2))
        let slow = usual.limited(to: 100_000)
        #expect(slow.partSize == 2_000_000 && slow.singleShotLimit == 2_000_000 && slow.concurrency == .atMost(1))
        let slowest = usual.limited(to: 1)
        #expect(slowest.partSize == 256 * 1024 && slowest.concurrency == .atMost(1))
        #expect(BlobTransferOptions(partSize: 100, concurrency: 3).limited(to: 1000).concurrency == 3)
    }
}
