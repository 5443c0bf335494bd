import ArgumentParser
import AzureCore
import BlobStorage
import Foundation

/// Reads a large blob as a stream, as fast as it comes.
struct DownloadStream: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "download-stream", abstract: "Reads the blob 'big' as a stream.")

    @OptionGroup var blobs: BlobOptions

    @Option(help: "How many parts are under way at once, at most.")
    var inFlight = 8

    func run() async throws {
        let blob = try blobs.container().blob("big")
        let transfer = BlobTransferOptions(concurrency: .atMost(inFlight))
        try await Measurement.run {
            let stream = try await blob.downloadStream(options: BlobDownloadOptions(transfer: transfer))
            var count: Int64 = 0
            for try await chunk in stream { count += Int64(chunk.count) }
            guard count == stream.length else { throw ValidationError("\(count) of \(stream.length) bytes came.") }
        }
    }
}

/// Reads a blob as a stream by many readers at once that take their time, as a server does that passes blobs to slow clients.
struct SlowReaders: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slow-readers", abstract: "Reads the blob 'big' by many slow readers at once.")

    @OptionGroup var blobs: BlobOptions

    @Option(help: "How many readers.")
    var readers = 30

    @Option(help: "How many milliseconds each takes for a chunk.")
    var delay = 20

    @Option(help: "How many bytes of the blob each reads.")
    var size: Int64 = 128 << 20

    func run() async throws {
        let blob = try blobs.container().blob("big")
        // What the first request of a process needs is no part of a reader.
        _ = try await blob.properties()
        let (delay, options) = (delay, BlobDownloadOptions(range: BlobRange(offset: 0, length: size)))
        try await Measurement.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<readers {
                    group.addTask {
                        for try await _ in try await blob.downloadStream(options: options) {
                            try await Task.sleep(for: .milliseconds(delay))
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
