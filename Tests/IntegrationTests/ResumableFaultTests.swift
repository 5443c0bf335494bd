#if Emulator
import AzureCore
import AzureEmulator
import AzureTesting
import BlobStorage
import Foundation
import Testing

@Suite("Resumable transfers over a connection that fails", .timeLimit(.minutes(3)))
struct ResumableFaultTests {
    /// Numbers that look random and are the same each time.
    private struct Numbers {
        var state: UInt64

        mutating func next(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
    }

    /// What goes wrong with a request: a tenth breaks in ways that are tried again, and a tenth in one that ends the call.
    @Sendable private static func fault(_ number: Int) -> FaultTransport.Fault {
        var numbers = Numbers(state: UInt64(number))
        _ = numbers.next(below: 2)
        switch numbers.next(below: 50) {
        case 0: return .status(503)
        case 1: return .loseRequest
        case 2: return .loseAnswer
        case 3: return .truncateAnswer(after: 10)
        case 4: return .cannotConnect
        case 5...9: return .status(400)
        default: return .none
        }
    }

    /// Calls until it works, and says how often it did not.
    private func untilDone<Result>(_ transfer: () async throws -> Result) async throws -> (Result, failures: Int) {
        for failures in 0..<200 {
            do { return (try await transfer(), failures) } catch is AzureError {}
        }
        throw AzureError(code: .invalidArgument, message: "It never came to an end.")
    }

    @Test("all of 150 transfers of random size come to their end, and no byte is wrong")
    func soak() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("faults-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let source = directory.appendingPathComponent("source")
        let target = directory.appendingPathComponent("target")
        let transport = FaultTransport(URLSessionTransport()) { number, _ in Self.fault(number) }
        var numbers = Numbers(state: 1)
        var failures = 0
        var resumed = 0
        try await withEmulator { emulator in
            var pipeline = PipelineOptions(transport: transport)
            pipeline.retry.baseDelay = .milliseconds(1)
            pipeline.retry.maxDelay = .milliseconds(2)
            let service = try BlobServiceClient(
                connectionString: emulator.blobConnectionString, options: BlobClientOptions(pipeline: pipeline))
            let container = service.container("faults")
            _ = try await untilDone { try await container.createIfNotExists() }
            for index in 0..<75 {
                let content = Data((0..<numbers.next(below: 60_000)).map { UInt8(truncatingIfNeeded: $0 &* index) })
                let options = BlobTransferOptions(
                    singleShotLimit: 1000, partSize: 1 + numbers.next(below: 9000) + 2000, concurrency: 3)
                try content.write(to: source)
                let blob = container.blob("blob\(index)")
                let up = try await untilDone {
                    try await blob.uploadResumably(
                        file: source.path, options: .init(overwrite: true, transfer: options))
                }
                let down = try await untilDone {
                    try await blob.downloadResumably(to: target.path, options: .init(transfer: options))
                }
                #expect(try Data(contentsOf: target) == content)
                failures += up.failures + down.failures
                if up.0.resumption.isResumed { resumed += 1 }
                if down.0.resumption.isResumed { resumed += 1 }
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
                        == ["source", "target"])
            }
        }
        #expect(failures > 20 && resumed > 20, "\(failures) failures, \(resumed) resumed")
    }
}
#endif
