import Foundation

/// The Python of this machine, which counts words for comparison.
struct Python {
    let executable: URL

    /// The first `python3` on the path; nil if there is none.
    static let installed: Python? = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":")
            .map { URL(filePath: String($0)).appending(path: "python3") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
            .map(Python.init)
    }()

    /// The most frequent words of a text.
    func mostCommon(_ count: Int, in text: [UInt8]) async throws -> [CountedWord] {
        let directory = FileManager.default.temporaryDirectory.appending(path: "word-count-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let (input, output) = (directory.appending(path: "text"), directory.appending(path: "counts.json"))
        try Data(text).write(to: input)
        try Data().write(to: output)

        let process = Process()
        process.executableURL = executable
        process.arguments = [Fixture.file("count_words.py").path, input.path, String(count)]
        process.standardOutput = try FileHandle(forWritingTo: output)
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
        guard status == 0 else { throw CocoaError(.executableLoad) }
        return try JSONDecoder().decode([CountedWord].self, from: Data(contentsOf: output))
    }
}
