import ArgumentParser
import AzureCore
import BlobStorage
import Foundation

/// Downloads a large blob into a file.
struct Download: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Downloads the blob 'big' into a file.")

    @OptionGroup var blobs: BlobOptions

    @Option(help: "The file.")
    var file: String

    @Option(help: "How many parts are under way at once.")
    var inFlight = 4

    func run() async throws {
        let blob = try blobs.container().blob("big")
        let transfer = BlobTransferOptions(concurrency: .atMost(inFlight))
        try await Measurement.run {
            try await blob.download(to: file, options: BlobDownloadOptions(transfer: transfer))
        }
    }
}

/// Uploads a large file.
struct Upload: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Uploads a file as the blob 'big'.")

    @OptionGroup var blobs: BlobOptions

    @Option(help: "The file.")
    var file: String

    @Option(help: "How many parts are under way at once.")
    var inFlight = 4

    func run() async throws {
        let blob = try blobs.container().blob("big")
        let transfer = BlobTransferOptions(concurrency: .atMost(inFlight))
        try await Measurement.run {
            try await blob.upload(file: file, options: BlobUploadOptions(overwrite: true, transfer: transfer))
        }
    }
}

/// Uploads what comes in slowly.
struct SlowStream: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Uploads a stream of 64 MiB/s as the blob 'big'.")

    @OptionGroup var blobs: BlobOptions

    @Option(help: "How many bytes.")
    var size = 256 << 20

    func run() async throws {
        let blob = try blobs.container().blob("big")
        let chunk = Data(repeating: 7, count: 64 * 1024)
        let (start, chunks) = (ContinuousClock.now, size / chunk.count)
        let stream = AsyncThrowingStream<Data, any Error> { continuation in
            let producer = Task {
                for number in 0..<chunks {
                    // A thousand chunks of 64 KiB in a second, by a clock that makes up for late wakeups.
                    try await Task.sleep(until: start + .milliseconds(number), clock: .continuous)
                    continuation.yield(chunk)
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in producer.cancel() }
        }
        try await Measurement.run {
            try await blob.upload(stream: stream, options: BlobUploadOptions(overwrite: true))
        }
    }
}
