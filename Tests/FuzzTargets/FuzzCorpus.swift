#if DEBUG
package import Foundation

/// Inputs on disk: a directory for each target, with a file for each input.
package enum FuzzCorpus {
    /// The inputs of a target, in the order of the names of their files.
    ///
    /// - Parameter directory: The directory that has those of the targets.
    package static func inputs(for target: FuzzTarget, in directory: URL) throws -> [(name: String, input: [UInt8])] {
        let place = directory.appendingPathComponent(target.name)
        guard FileManager.default.fileExists(atPath: place.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: place.path).filter { !$0.hasPrefix(".") }.sorted()
            .map { ($0, [UInt8](try Data(contentsOf: place.appendingPathComponent($0)))) }
    }

    /// Writes the seeds of a target, each to a file, for a fuzzer that begins with files.
    package static func writeSeeds(of target: FuzzTarget, to directory: URL) throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        for (index, seed) in target.seeds.enumerated() {
            try Data(seed).write(to: directory.appendingPathComponent("seed-\(index)"))
        }
    }

    /// Writes the words of a target and hostile numbers as a dictionary of libFuzzer.
    package static func writeWords(of target: FuzzTarget, to file: URL) throws {
        let lines = (target.words + SeededMutations.hostileNumbers).filter { !$0.isEmpty }.map { word in
            let escaped = word.utf8.map { byte -> String in
                let isPlain = (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
                if isPlain { return String(UnicodeScalar(byte)) }
                return "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            return "\"\(escaped.joined())\"\n"
        }
        try Data(lines.joined().utf8).write(to: file)
    }
}
#endif
