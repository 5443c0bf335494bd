import AzureCore
import Foundation
import Testing

@testable import AzureEmulator

/// The layout is that of PKWARE's APPNOTE.TXT; the packed bytes were made with zlib, and archives with Info-ZIP where
/// the machine has it.
@Suite("ZIP archives")
struct ZipArchiveTests {
    private func archive(_ entries: TestZip.Entry..., comment: String = "") throws -> ZipArchive {
        try ZipArchive(ZipSource(TestZip(entries: entries, comment: Data(comment.utf8)).data))
    }

    private func content(of entry: Int = 0, _ archive: ZipArchive) throws -> Data {
        var content = Data()
        try archive.unpack(archive.entries[entry]) { content += $0 }
        return content
    }

    @Test("Files, packed or not, directories, comments and permissions")
    func good() throws {
        let archive = try archive(
            .init(name: "d/"), .init(name: "d/a.txt", data: Data("abc".utf8), mode: 0o100755),
            .init(name: "d\\b.txt", data: TestZip.hello, packed: TestZip.packedHello), .init(name: "./"),
            comment: "a comment")
        #expect(archive.entries.map(\.path) == ["d", "d/a.txt", "d/b.txt"])
        #expect(archive.entries.map(\.isDirectory) == [true, false, false])
        #expect(archive.entries.map(\.mode) == [nil, 0o755, nil])
        #expect(try content(of: 1, archive) == Data("abc".utf8) && content(of: 2, archive) == TestZip.hello)
        #expect(try ZipArchive(ZipSource(TestZip(entries: []).data)).entries.isEmpty)
    }

    @Test(
        "No name leads out of the directory",
        arguments: ["../a", "a/../../b", "/a", "a//b", "..", "a/./b", "C:/../a", "..\\a", "\\a", "a\0b"])
    func names(_ name: String) {
        #expect(throws: ZipProblem.self) { try archive(.init(name: name)) }
    }

    @Test("Links, encryption, other methods, sizes that differ and ZIP64 are refused")
    func refused() {
        let entries: [TestZip.Entry] = [
            .init(name: "a", data: Data("/etc".utf8), mode: 0o120777), .init(name: "a", mode: 0o020666),
            .init(name: "a", flags: 1), .init(name: "a", method: 12), .init(name: "a", data: Data(count: 3), size: 4),
            .init(name: "a", packed: Data(), size: .max), .init(name: "a", offset: .max),
        ]
        for entry in entries {
            #expect(throws: ZipProblem.self) { try archive(entry) }
        }
        #expect(throws: ZipProblem.self) { try ZipArchive(ZipSource(Data())) }
        #expect(throws: ZipProblem.self) { try ZipArchive(ZipSource(Data(count: 100_000))) }
    }

    @Test("An archive that would unpack to more than it may is refused before anything is written")
    func bombs() {
        let entries = (0..<5).map { TestZip.Entry(name: "a\($0)", packed: TestZip.packedHello, size: .max - 1) }
        #expect(throws: ZipProblem.self) { try ZipArchive(ZipSource(TestZip(entries: entries).data)) }
    }

    @Test("Content that is damaged, longer or shorter than it says, or lies elsewhere is an error")
    func damaged() throws {
        let packed = TestZip.packedHello
        let entries: [TestZip.Entry] = [
            .init(name: "a", data: TestZip.hello, packed: packed, checksum: 7),
            .init(name: "a", data: TestZip.hello, packed: packed, size: 23),
            .init(name: "a", data: TestZip.hello, packed: packed, size: 25),
            .init(name: "a", data: TestZip.hello, packed: packed.dropLast()),
            .init(name: "a", data: TestZip.hello, packed: packed + [0]),
            .init(name: "a", data: TestZip.hello, packed: Data([7]) + packed),
            .init(name: "a", data: TestZip.hello, packed: packed, offset: 3),
            .init(name: "a", data: TestZip.hello, packed: packed, offset: 100_000),
        ]
        for entry in entries {
            let archive = try archive(entry)
            #expect(throws: ZipProblem.self) { try content(archive) }
        }
    }

    @Test("Unpacking leaves nothing outside of the directory, also where a link is in the way")
    func unpacking() async throws {
        try await ProcessFixture.with { fixture in
            let root = "\(fixture.directory)/root"
            try FileTree.makeDirectory(root)
            let archive = try archive(
                .init(name: "bin/run", data: Data("x".utf8), mode: 0o100755),
                .init(name: "data.txt", data: TestZip.hello, packed: TestZip.packedHello))
            try await archive.unpack(into: "app/1", below: root)
            let files = FileManager.default
            #expect(files.contents(atPath: "\(root)/app/1/data.txt") == TestZip.hello)
            #expect(files.isExecutableFile(atPath: "\(root)/app/1/bin/run"))
            try files.createSymbolicLink(atPath: "\(root)/link", withDestinationPath: fixture.directory)
            await #expect(throws: AzureError.self) { try await archive.unpack(into: "link", below: root) }
            #expect(!files.fileExists(atPath: "\(fixture.directory)/data.txt"))
        }
    }

    @Test("The checksum is that of the standard")
    func checksum() {
        var checksum = CRC32()
        checksum.update(Data("12345".utf8))
        checksum.update(Data("6789".utf8))
        #expect(checksum.value == 0xCBF4_3926)
    }
}
