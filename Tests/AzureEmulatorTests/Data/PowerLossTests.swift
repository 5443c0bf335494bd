#if Emulator
import AzureCore
import AzureTesting
import Foundation
import GRDB
import Testing

@testable import AzureEmulator

/// The power goes at any step of the disk; what was committed is there afterwards, and nothing that is half done.
///
/// `AZURE_SWIFT_POWER_LOSSES` says how often; the default is 300 times.
@Suite("A loss of power", .timeLimit(.minutes(30)))
struct PowerLossTests {
    private static let rounds =
        ProcessInfo.processInfo.environment["AZURE_SWIFT_POWER_LOSSES"].flatMap { Int($0) } ?? 300

    @Test("Nothing that was committed to the tables of the Blob service is lost, torn or there twice")
    func blobs() throws {
        // How many steps there are without a loss.
        let whole = ForgetfulDisk()
        var run = Run(seed: 0)
        run.work(on: whole)
        for seed in 1...Self.rounds {
            var run = Run(seed: UInt64(seed))
            let disk = ForgetfulDisk(lastStep: Int.random(in: 1...whole.steps, using: &run.generator))
            run.work(on: disk)
            try run.check(disk.restarted(&run.generator))
        }
    }

    /// Random changes of tables, and what they have to be after a loss.
    private struct Run {
        var generator: SeededGenerator
        private let seed: UInt64
        /// What a reader would find: one of these.
        private var states: [[String: [UInt8]]] = [[:]]

        init(seed: UInt64) {
            self.seed = seed
            generator = SeededGenerator(seed: seed)
        }

        private static let box = ContainerID(number: 1)

        private func open(_ path: String, on disk: ForgetfulDisk) throws -> SQLiteBlobTables {
            try SQLiteBlobTables(path, content: ContentDirectory(disk), time: ManualClock().timeSource)
        }

        /// Works until the power goes, or all is done.
        mutating func work(on disk: ForgetfulDisk) {
            ForgetfulFileSystem.with(disk) { path in
                guard let tables = try? open(path, on: disk) else { return }
                try? commits(tables)
            }
        }

        private mutating func commits(_ tables: SQLiteBlobTables) throws {
            try tables.transaction {
                try tables.put(
                    ContainerRecord(
                        id: Self.box, name: "box", metadata: [],
                        version: .init(etag: "\"1\"", lastModified: .distantPast)))
            }
            try tables.commit()
            for _ in 0..<8 {
                var state = states[states.count - 1]
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    try tables.transaction { try change(tables, &state) }
                }
                // A commit that fails may have happened.
                states.append(state)
                try tables.commit()
                states = [state]
                _ = try? tables.tidy(limit: 10)
            }
        }

        private mutating func change(_ tables: SQLiteBlobTables, _ state: inout [String: [UInt8]]) throws {
            let name = ["a", "b", "c"][Int.random(in: 0..<3, using: &generator)]
            if Int.random(in: 0..<4, using: &generator) == 0 {
                try tables.removeBlob(BlobName(name), in: Self.box)
                state[name] = nil
                return
            }
            let byte = UInt8.random(in: 1...255, using: &generator)
            let bytes = [UInt8](repeating: byte, count: [10, 3000, 9000][Int.random(in: 0..<3, using: &generator)])
            let blob = BlobRecord(
                content: BlobContent([.init(id: nil, piece: try piece(bytes, tables))]), headers: BlobHTTPHeaders(),
                metadata: [], version: .init(etag: "\"1\"", lastModified: .distantPast), createdOn: .distantPast)
            try tables.put(blob, as: BlobName(name), in: Self.box)
            state[name] = bytes
        }

        /// In the tables or in a file, by chance.
        private mutating func piece(_ bytes: [UInt8], _ tables: SQLiteBlobTables) throws -> ContentPiece {
            guard Bool.random(using: &generator) else { return ContentPiece(Data(bytes)) }
            let file = try tables.contents.directory.makeFile()
            try file.write(Data(bytes), at: 0)
            try file.sync()
            return ContentPiece(file, length: Int64(bytes.count))
        }

        /// Looks whether all is as it was, or as it was about to be.
        func check(_ disk: ForgetfulDisk) throws {
            try ForgetfulFileSystem.with(disk) { path in
                let tables = try open(path, on: disk)
                var found: [String: [UInt8]] = [:]
                for row in try tables.names(in: Self.box, NameRange(), from: .blobs, limit: 10) {
                    let blocks = try row.blob?.content.blocks() ?? []
                    found[row.name.text] = try blocks.flatMap { block -> [UInt8] in
                        guard case .kept(let content) = block.piece.storage else { return [] }
                        return [UInt8](try content.read(at: 0, count: Int(block.piece.length)))
                    }
                }
                #expect(states.contains(found), "seed \(seed)")
                let files = try tables.rows("SELECT id FROM contents WHERE id % 2 = 1").map { $0[0] as Int64 }
                #expect(try tables.contents.directory.numbers().sorted() == files.sorted(), "seed \(seed)")
            }
        }
    }
}
#endif
