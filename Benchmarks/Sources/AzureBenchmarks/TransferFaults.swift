import ArgumentParser
import AzureAuth
import AzureCore
import BlobStorage
import Foundation
import Synchronization

/// Uploads and downloads through a connection that fails, and compares every byte.
struct TransferFaults: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer-faults",
        abstract: "Transfers of random size over a connection that fails; every byte is compared.")

    @OptionGroup var blobs: BlobOptions

    @Option(help: "How many blobs; each is uploaded and downloaded.")
    var count = 500

    @Option(help: "What makes sizes and contents; the same number makes the same.")
    var seed: UInt64 = 1

    @Option(help: "A directory for files. With --resume it says which transfers are done.")
    var directory: String

    @Flag(help: "Transfers resumably, and goes on where an earlier run of the same directory was killed.")
    var resume = false

    func run() async throws {
        let container = try await Self.container(blobs)
        let outcome = Outcome()
        let start = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            for first in 0..<4 {
                group.addTask {
                    for index in stride(from: first, to: count, by: 4) {
                        try await transfer(FaultCase(index: index, seed: seed, isLarge: resume), container, outcome)
                    }
                }
            }
            try await group.waitForAll()
        }
        let counts = outcome.counts
        for (error, count) in counts.errors.sorted(by: { $0.key < $1.key }) {
            FileHandle.standardError.write(Data("    \(count)x \(error)\n".utf8))
        }
        try Measurement.printResult([
            "seconds": (ContinuousClock.now - start) / .seconds(1), "complete": Double(counts.complete),
            "failed": Double(counts.failed), "wrong": Double(counts.wrong), "unclear": Double(counts.unclear),
        ])
        guard counts.wrong == 0, counts.unclear == 0 else { throw ExitCode.failure }
    }

    /// A container on a client with short delays, so that a run does not take the day.
    private static func container(_ blobs: BlobOptions) async throws -> BlobContainerClient {
        var pipeline = PipelineOptions(transport: blobs.makeTransport())
        pipeline.retry.baseDelay = .milliseconds(5)
        pipeline.retry.maxDelay = .milliseconds(100)
        pipeline.transportOptions.idleTimeout = .seconds(1)
        let service = try BlobServiceClient(
            endpoint: blobs.endpoint,
            credential: .sharedKey(StorageSharedKey(accountName: blobs.account, key: blobs.key)),
            options: BlobClientOptions(pipeline: pipeline))
        let container = service.container("faults")
        try await container.createIfNotExists()
        return container
    }

    private func transfer(_ fault: FaultCase, _ container: BlobContainerClient, _ outcome: Outcome) async throws {
        let done = "\(directory)/\(fault.index).done"
        guard !FileManager.default.fileExists(atPath: done) else { return }
        let files = (source: "\(directory)/\(fault.index).source", target: "\(directory)/\(fault.index).target")
        let content = fault.content
        func removeFiles() {
            for file in [files.source, files.target] { try? FileManager.default.removeItem(atPath: file) }
        }
        do {
            let blob = container.blob("blob-\(fault.index)")
            let (received, resumed) = try await tries(of: fault) { try await roundTrip(fault, content, blob, files) }
            outcome.note(isRight: received == content)
            removeFiles()
            // Last: whoever is killed before this does the transfer again.
            if resume {
                try Data(received == content ? "\(resumed)".utf8 : "wrong".utf8).write(to: URL(filePath: done))
            }
        } catch {
            outcome.note(error)
            removeFiles()
        }
    }

    /// What can be gone on with is called again, as whoever sees the error would.
    private func tries<Result>(of fault: FaultCase, _ work: () async throws -> Result) async throws -> Result {
        for _ in 0..<(resume || fault.way == .resumable ? 10 : 0) {
            do { return try await work() } catch is AzureError {}
        }
        return try await work()
    }

    /// Sends a content there and back, in the way of the case.
    private func roundTrip(
        _ fault: FaultCase, _ content: Data, _ blob: BlobClient, _ files: (source: String, target: String)
    ) async throws -> (content: Data, resumed: Int64) {
        let up = BlobUploadOptions(overwrite: true, transfer: fault.transfer)
        let down = BlobDownloadOptions(transfer: fault.transfer)
        func received() throws -> Data { try Data(contentsOf: URL(filePath: files.target)) }
        switch resume ? .resumable : fault.way {
        case .memory:
            try await blob.upload(content, options: up)
            return (try await blob.download(upTo: content.count, options: down), 0)
        case .file:
            try content.write(to: URL(filePath: files.source))
            try await blob.upload(file: files.source, options: up)
            try await blob.download(to: files.target, options: down)
            return (try received(), 0)
        case .stream:
            let chunks = stride(from: 0, to: content.count, by: 10_007).map {
                content[$0..<min($0 + 10_007, content.count)]
            }
            try await blob.upload(
                stream: AsyncStream { continuation in
                    for chunk in chunks { continuation.yield(chunk) }
                    continuation.finish()
                }, options: up)
            return (try await HTTPByteStream(blob.downloadStream(options: down)).collect(upTo: content.count), 0)
        case .resumable:
            // A file that is written anew is another one, so that there would be nothing to go on with.
            if (try? Data(contentsOf: URL(filePath: files.source))) != content {
                try content.write(to: URL(filePath: files.source))
            }
            let sent = try await blob.uploadResumably(file: files.source, options: up).resumption
            let got = try await blob.downloadResumably(to: files.target, options: down).resumption
            return (try received(), sent.resumedBytes + got.resumedBytes)
        }
    }
}

/// One transfer: everything about it follows from its number.
private struct FaultCase: Sendable {
    enum Way: CaseIterable { case memory, file, stream, resumable }

    let index: Int
    let way: Way
    let size: Int
    let transfer: BlobTransferOptions
    private let contentSeed: UInt64

    init(index: Int, seed: UInt64, isLarge: Bool) {
        var numbers = Numbers(state: seed &* 1_000_003 &+ UInt64(index))
        for _ in 0..<8 { _ = numbers.next() }
        self.index = index
        way = Way.allCases[index % Way.allCases.count]
        let limits = isLarge ? [16 << 20] : [10, 1 << 16, 1 << 16, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 12 << 20]
        size = Int.random(in: 0...limits.randomElement(using: &numbers)!, using: &numbers)
        transfer = BlobTransferOptions(
            singleShotLimit: Int.random(in: 0...(1 << 18), using: &numbers),
            partSize: Int.random(in: (1 << 16)...(1 << 20), using: &numbers),
            concurrency: .atMost(Int.random(in: 1...6, using: &numbers)), stallTimeout: .seconds(1))
        contentSeed = numbers.next()
    }

    var content: Data {
        var numbers = Numbers(state: contentSeed)
        var words: [UInt64] = []
        for _ in 0..<size / 8 + 1 { words.append(numbers.next()) }
        return words.withUnsafeBytes { Data($0.prefix(size)) }
    }
}

/// Numbers that look random and are the same each time.
private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// What became of all transfers.
private final class Outcome: Sendable {
    struct Counts {
        var complete = 0
        var failed = 0
        var wrong = 0
        var unclear = 0
        var errors: [String: Int] = [:]
    }

    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    func note(isRight: Bool) {
        state.withLock { if isRight { $0.complete += 1 } else { $0.wrong += 1 } }
    }

    /// Anything but an error of the package's own is none that says what to do.
    func note(_ error: any Error) {
        state.withLock { counts in
            if let error = error as? AzureError {
                counts.failed += 1
                counts.errors["\(error.code): \(error.message)", default: 0] += 1
            } else {
                counts.unclear += 1
                counts.errors["unclear: \(error)", default: 0] += 1
            }
        }
    }
}
