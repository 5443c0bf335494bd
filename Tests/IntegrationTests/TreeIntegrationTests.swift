#if Emulator
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import Testing

@Suite("Whole trees over sockets", .timeLimit(.minutes(2)))
struct TreeIntegrationTests {
    @Test("a directory comes back as it was, and a second run has nothing to do")
    func roundTrip() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("tree-\(UUID())")
        defer { try? FileManager.default.removeItem(at: directory) }
        let names = ["a", "b/c d", "b/e/ü%?#.txt", "empty", "large"] + (0..<60).map { "many/\($0)" }
        let source = directory.appendingPathComponent("source")
        let target = directory.appendingPathComponent("target").path
        for name in names {
            let file = source.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            let count = name == "empty" ? 0 : name == "large" ? 300_000 : name.utf8.count
            try Data(repeating: UInt8(name.utf8.count), count: count).write(to: file)
            // A blob has the second in which it was written: a file of that same second might be newer.
            try FileManager.default.setAttributes([.modificationDate: Date() - 60], ofItemAtPath: file.path)
        }
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let container = service.container("tree")
            try await container.create()
            let small = BlobTransferOptions(singleShotLimit: 1000, partSize: 70_001, concurrency: 2)
            for run in 0..<2 {
                let options = TreeTransferOptions(overwrite: .ifDifferent)
                let up = try await container.uploadDirectory(
                    source.path, prefix: "backup/", upload: .init(transfer: small), options: options)
                #expect(up.isSuccess && up.doneCount == (run == 0 ? names.count : 0), "\(up)")
                let down = try await container.downloadContainer(
                    to: target, prefix: "backup/", download: .init(transfer: small), options: options)
                #expect(down.isSuccess && down.doneCount == (run == 0 ? names.count : 0), "\(down)")
            }
        }
        for name in names {
            let copy = URL(fileURLWithPath: target).appendingPathComponent(name)
            #expect(try Data(contentsOf: copy) == Data(contentsOf: source.appendingPathComponent(name)))
        }
    }
}
#endif
