import AzureCore
import Foundation
import Testing

@testable import BlobStorage

@Suite("Journals of transfers")
struct JournalTests {
    static let subject = TransferJournal.Subject(
        kind: .upload, blob: "https://example.blob.core.windows.net/a/b", size: 10, source: "10-1-2-3.5")

    static let text =
        #"{"blockPrefix":"P","partSize":4,"subject":{"blob":"https://example.blob.core.windows.net/a/b","format":1,"#
        + #""kind":"upload","size":10,"source":"10-1-2-3.5"}}"# + "\n"

    @Test("a journal is a line of JSON and a line for each part")
    func format() throws {
        var journal = TransferJournal(Self.subject, partSize: 4)
        journal.blockPrefix = "P"
        #expect(try journal.header() == Data(Self.text.utf8))
        #expect(TransferJournal.line(2, checksum: 0xAB_CDEF) == Data("2 abcdef\n".utf8))
        journal.parts = [0: 1, 2: .max]
        let text = Self.text + "0 5\n2 ffffffffffffffff\n0 1\n"
        #expect(TransferJournal(Data(text.utf8)) == journal)
        #expect(journal.blockID(2) == "P-000002")
    }

    @Test(
        "lines that a crash cut off, or that make no sense, count for nothing",
        arguments: ["0 1", "0 1\n1 2", "0 1\n1\n", "0 1\n9 9\n", "0 1\n-1 1\n", "0 1\n1 xyz\n", "0 1\n\n\n1 "])
    func tornLines(lines: String) throws {
        let journal = try #require(TransferJournal(Data((Self.text + lines).utf8)))
        #expect(journal.parts == (lines.hasPrefix("0 1\n") ? [0: 1] : [:]))
    }

    @Test(
        "what is no journal is none",
        arguments: [
            "", "\n", "{}\n", String(text.dropLast()), text.replacingOccurrences(of: "format\":1", with: "format\":2"),
            text.replacingOccurrences(of: "partSize\":4", with: "partSize\":0"),
            text.replacingOccurrences(of: "size\":10", with: "size\":-1"),
            text.replacingOccurrences(of: "size\":10", with: "size\":9999999"),
            text.replacingOccurrences(of: "\"P\"", with: "\"\""),
        ])
    func damaged(text: String) {
        #expect(TransferJournal(Data(text.utf8)) == nil)
    }

    @Test("only blocks with the names and sizes of the journal count as staged")
    func staged() {
        var journal = TransferJournal(Self.subject, partSize: 4)
        journal.blockPrefix = "P"
        let list = BlockBlobClient.BlockList(
            committed: [.init(id: "P-000001", size: 4)],
            uncommitted: [
                .init(id: "P-000000", size: 4), .init(id: "P-000002", size: 4), .init(id: "Q-000002", size: 2),
                .init(id: "P-000003", size: 4),
            ])
        // The last part has two bytes, so that a block of four is none of ours.
        #expect(StagedBlocks(journal, list).parts == [0, 1])
    }

    @Test("a journal is held by one transfer at a time")
    func lock() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/journal"
            let first = try await JournalFile(path)
            let error = try await failure { _ = try await JournalFile(path) }
            #expect(error.code == .fileError && error.message.contains("Another transfer"))
            try await first.begin(TransferJournal(Self.subject, partSize: 4))
            first.release()
            let second = try await JournalFile(path)
            let text = try #require(try await second.read())
            #expect(TransferJournal(text)?.subject == Self.subject)
            try await second.remove()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }

    @Test("a part that is added after a line that was cut off does not join it")
    func append() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/journal"
            try Data((Self.text + "0 1\n1 2").utf8).write(to: URL(fileURLWithPath: path))
            let file = try await JournalFile(path)
            _ = try await file.read()
            try await file.add(2, checksum: 3)
            let text = try #require(try await file.read())
            #expect(TransferJournal(text)?.parts == [0: 1, 2: 3])
        }
    }

    @Test("the journal's name tells apart the blobs and the files that it is for")
    func names() {
        let names = Set(
            ["/d/a", "/d/b"].flatMap { file in
                ["https://x/1", "https://x/2"].flatMap { blob in
                    [TransferJournal.Subject.Kind.upload, .download].map {
                        JournalFile.path(beside: file, $0, blob: blob)
                    }
                }
            })
        #expect(names.count == 8)
        #expect(names.allSatisfy { $0.hasPrefix("/d/.azure-") && $0.hasSuffix(".journal") })
        let long = JournalFile.path(beside: "/d/" + String(repeating: "a", count: 255), .upload, blob: "x")
        #expect(long.utf8.count < 60)
    }
}
