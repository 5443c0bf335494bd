import Foundation

/// Writes the models and operations of the Batch service from the newest file of facts in `Specification`; see
/// Docs/BatchSpecification.md.
///
/// `batch-generator [--check] ROOT`: with `--check` nothing is written, and files that differ are an error.
@main
enum BatchGenerator {
    static let folders = ["Sources/BatchModels/Generated", "Sources/BatchService/Generated"]

    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let isCheck = arguments.first == "--check"
        if isCheck { arguments.removeFirst() }
        guard arguments.count == 1 else { fail("usage: batch-generator [--check] ROOT") }
        let root = URL(fileURLWithPath: arguments[0], isDirectory: true)
        let specifications = try specifications(in: root)
        guard let newest = specifications.last else { fail("There is no Specification/batch-VERSION.json.") }
        let files = Generator(specification: newest, versions: specifications.map(\.apiVersion)).files()
        let present = try folders.flatMap { folder in try swiftFiles(in: folder, of: root) }
        let differences = try Set(files.keys).union(present).sorted().filter { path in
            let current = try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
            guard current != files[path] else { return false }
            if !isCheck { try update(path, to: files[path], in: root) }
            return true
        }
        for path in differences { print(isCheck ? "differs: \(path)" : "written: \(path)") }
        if isCheck, !differences.isEmpty { fail("Run Scripts/generate and commit the result.") }
    }

    /// The facts of all versions, from the oldest to the newest.
    private static func specifications(in root: URL) throws -> [Specification] {
        let folder = root.appendingPathComponent("Specification", isDirectory: true)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("batch-") && $0.hasSuffix(".json") }
        return try names.sorted().map { name in
            let facts = try Data(contentsOf: folder.appendingPathComponent(name))
            let specification = try JSONDecoder().decode(Specification.self, from: facts)
            guard name == specification.fileName else {
                fail("Specification/\(name) says that its version is \(specification.apiVersion): name it after that.")
            }
            return specification
        }
    }

    private static func swiftFiles(in folder: String, of root: URL) throws -> [String] {
        let url = root.appendingPathComponent(folder, isDirectory: true)
        guard FileManager.default.fileExists(atPath: url.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: url.path)
            .filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
    }

    private static func update(_ path: String, to text: String?, in root: URL) throws {
        let url = root.appendingPathComponent(path)
        guard let text else { return try FileManager.default.removeItem(at: url) }
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    private static func fail(_ message: String) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(1)
    }
}
