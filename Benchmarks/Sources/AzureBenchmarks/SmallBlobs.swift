import ArgumentParser
import AzureCore
import BlobStorage
import Foundation

/// What the workloads on many small blobs are told.
struct SmallBlobOptions: ParsableArguments {
    @OptionGroup var blobs: BlobOptions

    @Option(help: "How many blobs.")
    var count = 20_000

    @Option(help: "How many requests are under way at once.")
    var inFlight = 16

    /// Does something with each blob, some of them at a time.
    func run(_ work: @escaping @Sendable (BlobClient) async throws -> Void) async throws {
        let container = try blobs.container()
        let (count, inFlight) = (count, inFlight)
        // One before, so that the connection and what is made once do not count.
        try await work(container.blob("small/0"))
        try await Measurement.run {
            try await withThrowingTaskGroup { group in
                for first in 0..<inFlight {
                    group.addTask {
                        for number in stride(from: first, to: count, by: inFlight) {
                            try await work(container.blob("small/\(number)"))
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}

/// Downloads many small blobs.
struct SmallGet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "small-get", abstract: "Downloads blobs of 4 KiB into memory.")

    @OptionGroup var options: SmallBlobOptions

    func run() async throws {
        try await options.run { blob in
            let data = try await blob.download(upTo: 65536)
            guard data.count == 4096 else { throw ValidationError("A blob has \(data.count) bytes.") }
        }
    }
}

/// Uploads many small blobs.
struct SmallPut: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "small-put", abstract: "Uploads blobs of 4 KiB from memory.")

    @OptionGroup var options: SmallBlobOptions

    func run() async throws {
        let content = Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try await options.run { blob in
            try await blob.upload(content, options: BlobUploadOptions(overwrite: true))
        }
    }
}
