#if Emulator
import AzureCore
import AzureTesting
import Foundation
import GRDB
import TestSupport
import Testing

@testable import AzureEmulator

/// What tables in SQLite hold is compared with what they were told before they were closed, or lost.
@Suite("The tables of the emulated Blob service in SQLite")
struct SQLiteBlobTablesTests {
    private struct Failure: Error {}

    private static let box = ContainerID(number: 1)

    private func text(_ tables: any BlobTables) throws -> [String] {
        try TableText.all(
            tables, names: RandomTableSteps.names, containerNames: RandomTableSteps.containerNames)
    }

    private func open(_ directory: URL, _ name: String = "data") throws -> SQLiteBlobTables {
        let path = directory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return try SQLiteBlobTables(
            "\(path)/blob.sqlite", content: ContentDirectory("\(path)/content"), time: ManualClock().timeSource)
    }

    private func blob(_ content: BlobContent) -> BlobRecord {
        BlobRecord(
            content: content, headers: BlobHTTPHeaders(), metadata: [],
            version: .init(etag: "\"1\"", lastModified: .distantPast), createdOn: .distantPast)
    }

    private func makeBox(_ tables: SQLiteBlobTables) throws {
        try tables.transaction {
            try tables.put(
                ContainerRecord(
                    id: Self.box, name: "box", metadata: [],
                    version: .init(etag: "\"1\"", lastModified: .distantPast)))
        }
    }

    /// How many rows and files there are for contents.
    private func counts(_ tables: SQLiteBlobTables) throws -> [Int] {
        let rows = try ["runs", "contents"].map { table in
            Int(try tables.row("SELECT count(*) FROM \(table)")?[0] as Int64? ?? -1)
        }
        return rows + [try tables.contents.directory.numbers().count]
    }

    // What a killed process leaves: the files as they are at some moment.
    @Test(
        "Whenever the process is killed, what was committed last is there, and nothing else",
        arguments: 1...6 as ClosedRange<UInt64>)
    func killed(seed: UInt64) async throws {
        try await withTemporaryDirectory { directory in
            let tables = try open(directory)
            var steps = RandomTableSteps(seed: seed)
            var committed = try text(tables)
            for round in 0..<60 {
                for _ in 0..<Int.random(in: 1..<5, using: &steps.generator) {
                    let changes = (0..<8).map { _ in steps.change() }
                    try? tables.transaction { for change in changes { _ = try change(tables) } }
                }
                if Bool.random(using: &steps.generator) {
                    try tables.commit()
                    committed = try text(tables)
                }
                guard round % 6 == 5 else { continue }
                try FileManager.default.copyItem(
                    at: directory.appendingPathComponent("data"),
                    to: directory.appendingPathComponent("copy\(round)"))
                #expect(try text(open(directory, "copy\(round)")) == committed)
            }
        }
    }

    @Test("Content of every kind is had back after a restart, and nothing of it is left when it is removed")
    func contents() async throws {
        try await withTemporaryDirectory { directory in
            var tables: SQLiteBlobTables? = try open(directory)
            try makeBox(#require(tables))
            let small = ContentPiece(Data("small".utf8))
            let large = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
            let receiver = ContentReceiver(.directory(try #require(tables?.contents.directory)))
            let received = try await receiver.receive(HTTPByteStream(large), length: 300_000)
            let pieces = [small, received.piece, ContentPiece(zeros: 512), received.piece[100..<200], small[1..<3]]
            let wanted = Data("small".utf8) + large + Data(count: 512) + large[100..<200] + Data("ma".utf8)
            try tables?.transaction {
                try tables?.put(
                    blob(BlobContent(pieces.map { .init(id: nil, piece: $0) })), as: BlobName("a"), in: Self.box)
                try tables?.stage(
                    received.piece, as: "b", BlockStaging(encryption: ContentEncryption(), idLength: 1),
                    of: BlobName("a"), in: Self.box)
            }
            #expect(try counts(#require(tables)) == [1, 2, 1])
            try tables?.commit()
            tables = nil
            let again = try open(directory)
            let found = try #require(try again.blob(BlobName("a"), in: Self.box)).content
            #expect(try await found.chunks(in: 0..<found.length).collect(upTo: 1 << 20) == wanted)
            try again.transaction { try again.removeBlob(BlobName("a"), in: Self.box) }
            try again.commit()
            // Whoever reads goes on reading.
            #expect(try await found.chunks(in: 3..<900).collect(upTo: 1 << 20) == wanted[3..<900])
            try again.transaction { try again.removeStagedBlocks(of: BlobName("a"), in: Self.box) }
            try again.commit()
        }
    }

    @Test("What was being read when it was removed goes when it has been read, or with the next start")
    func pinned() async throws {
        try await withTemporaryDirectory { directory in
            let tables = try open(directory)
            try makeBox(tables)
            let receiver = ContentReceiver(.directory(tables.contents.directory))
            let large = Data(repeating: 1, count: 100_000)
            for name in ["a", "b"] {
                let piece = try await receiver.receive(HTTPByteStream(large), length: 100_000).piece
                try tables.transaction {
                    try tables.put(blob(BlobContent([.init(id: nil, piece: piece)])), as: BlobName(name), in: Self.box)
                }
            }
            try tables.commit()
            var content = try tables.blob(BlobName("a"), in: Self.box)?.content
            let other = try tables.blob(BlobName("b"), in: Self.box)?.content
            let blocks = try other?.blocks()
            try tables.transaction {
                try tables.removeBlob(BlobName("a"), in: Self.box)
                try tables.removeBlob(BlobName("b"), in: Self.box)
            }
            try tables.commit()
            #expect(try counts(tables) == [2, 2, 2])
            #expect(content?.length == 100_000)
            content = nil
            try tables.transaction {}
            try tables.commit()
            #expect(try counts(tables) == [1, 1, 1])
            #expect(try await other?.chunks(in: 0..<100_000).collect(upTo: 1 << 20) == large)
            try FileManager.default.copyItem(
                at: directory.appendingPathComponent("data"), to: directory.appendingPathComponent("copy"))
            #expect(try counts(open(directory, "copy")) == [0, 0, 0])
            withExtendedLifetime((other, blocks)) {}
        }
    }

    @Test("A file that a failed transaction would have kept is not left")
    func failedFile() async throws {
        try await withTemporaryDirectory { directory in
            let tables = try open(directory)
            try makeBox(tables)
            let receiver = ContentReceiver(.directory(tables.contents.directory))
            func fail() async throws {
                let piece = try await receiver.receive(HTTPByteStream(Data(count: 70_000)), length: 70_000).piece
                try tables.transaction {
                    try tables.put(blob(BlobContent([.init(id: nil, piece: piece)])), as: BlobName("a"), in: Self.box)
                    throw Failure()
                }
            }
            await #expect(throws: Failure.self) { try await fail() }
            try tables.commit()
            #expect(try counts(tables) == [0, 0, 0])
            // A body that never came to be a blob.
            _ = try await receiver.receive(HTTPByteStream(Data(count: 70_000)), length: 70_000)
            #expect(try counts(tables) == [0, 0, 0])
        }
    }

    private func put(_ name: String, _ bytes: Data, _ tables: SQLiteBlobTables) throws {
        try tables.transaction {
            try tables.put(
                blob(BlobContent([.init(id: nil, piece: ContentPiece(bytes))])), as: BlobName(name), in: Self.box)
        }
    }

    // SQLite may give up a whole transaction when it finds no room, or only the statement.
    @Test("Where there is no room, what was committed is as it was, and what was not is all there or not at all")
    func full() async throws {
        try await withTemporaryDirectory { directory in
            let tables = try open(directory)
            try makeBox(tables)
            try put("a", Data("a".utf8), tables)
            try tables.commit()
            for round in 0..<20 {
                let pages = try tables.row("PRAGMA page_count")?[0] as Int64? ?? 0
                try tables.run("PRAGMA max_page_count = \(pages + Int64(round / 4))")
                let isThere = (try? put("b\(round)", Data("b".utf8), tables)) != nil
                #expect(throws: AzureError.self) { try put("c", Data(count: 60_000), tables) }
                let other = (try? put("d\(round)", Data("d".utf8), tables)) != nil
                let isKept = (try? tables.commit()) != nil
                try tables.run("PRAGMA max_page_count = 100000")
                #expect(try tables.blob(BlobName("a"), in: Self.box)?.content.length == 1)
                #expect(try (tables.blob(BlobName("b\(round)"), in: Self.box) != nil) == (isThere && isKept))
                #expect(try (tables.blob(BlobName("d\(round)"), in: Self.box) != nil) == (other && isKept))
                #expect(try tables.blob(BlobName("c"), in: Self.box) == nil)
                // There is room again.
                try put("e\(round)", Data("e".utf8), tables)
                try tables.commit()
            }
            let found = try text(tables)
            tables.close()
            let again = try open(directory)
            #expect(try text(again) == found)
            let rows = try again.rows("SELECT name FROM blobs").count
            #expect(try counts(again) == [rows, rows, 0])
        }
    }

    // As when a reader meets an error with which SQLite gives up the transaction.
    @Test("A transaction that SQLite has given up is an error of all that came in it")
    func givenUp() async throws {
        try await withTemporaryDirectory { directory in
            let tables = try open(directory)
            try makeBox(tables)
            try tables.commit()
            try put("a", Data("a".utf8), tables)
            try tables.contents.database.writeWithoutTransaction { try $0.rollback() }
            #expect(throws: AzureError.self) { try put("b", Data("b".utf8), tables) }
            #expect(throws: AzureError.self) { try tables.commit() }
            try put("c", Data("c".utf8), tables)
            try tables.commit()
            #expect(try tables.blob(BlobName("a"), in: Self.box) == nil)
            #expect(try tables.blob(BlobName("c"), in: Self.box) != nil)
        }
    }

    @Test("What was read of a transaction that was given up cannot be put again")
    func lostRun() async throws {
        try await withTemporaryDirectory { directory in
            let tables = try open(directory)
            try makeBox(tables)
            try tables.commit()
            try put("a", Data("a".utf8), tables)
            let lost = try #require(try tables.blob(BlobName("a"), in: Self.box))
            try tables.contents.database.writeWithoutTransaction { try $0.rollback() }
            #expect(throws: AzureError.self) { try tables.commit() }
            try put("other", Data("other".utf8), tables)
            #expect(throws: AzureError.self) {
                try tables.transaction { try tables.put(lost, as: BlobName("copy"), in: Self.box) }
            }
            try tables.commit()
            #expect(try tables.blob(BlobName("copy"), in: Self.box) == nil)
            #expect(try tables.blob(BlobName("other"), in: Self.box)?.content.length == 5)
        }
    }

    @Test("What a removed container had goes bit by bit")
    func removedContainer() async throws {
        try await withTemporaryDirectory { directory in
            let tables = try open(directory)
            try makeBox(tables)
            try tables.transaction {
                for index in 0..<100 {
                    let blob = blob(BlobContent([.init(id: nil, piece: ContentPiece(Data([UInt8(index)])))]))
                    try tables.put(blob, as: BlobName("\(index)"), in: Self.box)
                    try tables.put(BlobEdition(.snapshot, id: "1", blob), of: BlobName("\(index)"), in: Self.box)
                    try tables.stage(
                        ContentPiece(Data([1])), as: "b", BlockStaging(encryption: ContentEncryption(), idLength: 1),
                        of: BlobName("\(index)"), in: Self.box)
                }
            }
            try tables.transaction { try tables.removeContainer(Self.box) }
            #expect(try tables.names(in: Self.box, NameRange(), from: .blobs, limit: 10).isEmpty)
            try tables.commit()
            #expect(try counts(tables)[0] == 100)
            var steps = 0
            while try tables.tidy(limit: 30) {
                steps += 1
                try tables.commit()
            }
            #expect(steps >= 10)
            #expect(try counts(tables) == [0, 0, 0])
        }
    }

    @Test("Tables of a newer version are refused, and so is what are no tables")
    func refused() async throws {
        try await withTemporaryDirectory { directory in
            var tables: SQLiteBlobTables? = try open(directory)
            try tables?.run("INSERT INTO grdb_migrations VALUES ('9999')")
            tables = nil
            let error = #expect(throws: AzureError.self) { _ = try open(directory) }
            #expect(error?.code == .fileError && error?.message.contains("newer version") == true)
            let other = directory.appendingPathComponent("other")
            try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
            try Data(repeating: 7, count: 9000).write(to: other.appendingPathComponent("blob.sqlite"))
            #expect(throws: AzureError.self) { _ = try open(directory, "other") }
        }
    }
}
#endif
