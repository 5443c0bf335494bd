#if DEBUG
import AzureCore
import Foundation

@testable import AzureEmulator

extension FuzzTarget {
    /// Two files, one of them packed, as Info-ZIP writes them.
    private static let archive: [UInt8] = {
        let entries: [(name: String, method: UInt8, content: [UInt8], checksum: [UInt8], size: UInt8)] = [
            ("d/a.txt", 0, Array("abc".utf8), [0xC2, 0x41, 0x24, 0x35], 3),
            (
                "b.txt", 8, [0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x27, 0xB9, 0x00],
                [0x00, 0x88, 0x59, 0x0B], 24
            ),
        ]
        var (content, list): ([UInt8], [UInt8]) = ([], [])
        for entry in entries {
            let place = UInt8(content.count)
            let common: [UInt8] =
                [20, 0, 0, 0, entry.method, 0, 0, 0, 0, 0] + entry.checksum
                + [UInt8(entry.content.count), 0, 0, 0, entry.size, 0, 0, 0, UInt8(entry.name.utf8.count), 0, 0, 0]
            content += [0x50, 0x4B, 3, 4] + common + Array(entry.name.utf8) + entry.content
            list +=
                [0x50, 0x4B, 1, 2, 20, 3] + common + [0, 0, 0, 0, 0, 0, 0, 0, 0xED, 0x81, place, 0, 0, 0]
                + Array(entry.name.utf8)
        }
        let end: [UInt8] = [
            0x50, 0x4B, 5, 6, 0, 0, 0, 0, 2, 0, 2, 0, UInt8(list.count), 0, 0, 0, UInt8(content.count), 0, 0, 0, 0, 0,
        ]
        return content + list + end
    }()

    /// An archive as a package of an application: no name leads out, and no more comes out than it says.
    static let zipArchive = FuzzTarget(
        "zip-archive", words: ["PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}", "../", "/"], seeds: [archive]
    ) { input in
        let data = Data(input)
        let source = ZipSource(size: Int64(data.count)) { offset, count in
            guard offset >= 0, count >= 0, offset <= Int64(data.count) - Int64(count) else {
                throw FuzzFinding("It reads \(count) bytes at \(offset) of \(data.count).")
            }
            return data.subdata(in: Int(offset)..<(Int(offset) + count))
        }
        do {
            let archive = try ZipArchive(source)
            for entry in archive.entries {
                try require(ResourceFile.isSafe(entry.path), "'\(entry.path)' leads out.")
                var size: Int64 = 0
                do {
                    try archive.unpack(entry) { size += Int64($0.count) }
                    try require(size == entry.size, "'\(entry.path)' has \(size) bytes instead of \(entry.size).")
                } catch is ZipProblem {}
                try require(size <= entry.size, "'\(entry.path)' has more than its \(entry.size) bytes.")
            }
        } catch {
            if error is FuzzFinding { throw error }
            try require(error is ZipProblem, "It threw \(error).")
        }
    }

    /// A pattern of output files, and behind a line feed a path that it is compared with.
    static let filePattern = FuzzTarget(
        "file-pattern", words: ["**", "*", "?", "[", "]", "[!", "a-z", "/", "..", "$A", "${A}"],
        seeds: ["**/*.txt\nd/a.txt", "../std*.txt\nstdout.txt", "$A/[!a-c]?*\n.x", "[]a]\n]"]
    ) { input in
        let parts = input.split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false)
        let pattern = FilePattern(
            Array(parts[0]).text, in: "/n/wd", variables: ["A": "/n/a"])
        try require(!pattern.base.contains { $0 == ".." || $0.isEmpty }, "It goes up after all.")
        guard parts.count > 1 else { return }
        var places = pattern.start
        for name in Array(parts[1]).text.split(separator: "/") {
            _ = pattern.matches(String(name), from: places)
            places = pattern.descend(String(name), from: places)
        }
    }
}
#endif
