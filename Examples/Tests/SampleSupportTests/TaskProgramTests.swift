import Foundation
import SampleSupport
import Testing

@Suite("A program for nodes")
struct TaskProgramTests {
    @Test("The program is copied for all tasks and tried")
    func installs() async throws {
        try await withNode(program: "#!/bin/sh\necho version $1\n") { node in
            let result = try await node.run(node.program.installCommand)
            #expect(result.status == 0)
            #expect(result.output == "version --version\n")
        }
    }

    @Test("Arguments reach the program as they are, and nothing in them is expanded")
    func arguments() async throws {
        let arguments = ["it's", "$HOME", "a b", "", "`id`", "\"", "\\", "é\u{301}", "-x", "*", "a&b", "two\nlines"]
        try await withNode(program: "#!/bin/sh\nprintf '%s|' \"$@\"\n") { node in
            _ = try await node.run(node.program.installCommand)
            let result = try await node.run(node.program.command(arguments))
            #expect(result.output == arguments.map { $0 + "|" }.joined())
        }
    }

    @Test("A program that fails, fails the installation with its own code and message")
    func broken() async throws {
        try await withNode(program: "#!/bin/sh\necho broken on purpose\nexit 3\n") { node in
            let result = try await node.run(node.program.installCommand)
            #expect(result.status == 3)
            #expect(result.output == "broken on purpose\n")
        }
    }

    @Test("Packages are installed only for a program that misses its libraries")
    func libraries() async throws {
        try await withNode(program: "#!/bin/sh\ntest -e $AZ_BATCH_NODE_SHARED_DIR/lib || exit 127\necho found\n") {
            node in
            try node.addCommand("apt-get", "echo \"apt-get $*\"; : > \"$AZ_BATCH_NODE_SHARED_DIR/lib\"")
            let result = try await node.run(node.program.installCommand)
            #expect(result.status == 0)
            #expect(
                result.output
                    == "apt-get -q update\napt-get -q -y install libcurl4 libssl3 ca-certificates\nfound\n")
        }
    }
}

/// A directory that looks like a node's.
private struct Node {
    let directory: URL
    let program: TaskProgram

    func run(_ command: String) async throws -> (status: Int32, output: String) {
        try await SampleSupportTests.run(command, in: directory, path: directory.appending(path: "bin").path)
    }

    func addCommand(_ name: String, _ script: String) throws {
        try write("#!/bin/sh\n\(script)\n", to: directory.appending(path: "bin/\(name)"))
    }
}

private func withNode(program script: String, _ body: (Node) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "node-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    for name in ["shared", "bin"] {
        try FileManager.default.createDirectory(
            at: directory.appending(path: name), withIntermediateDirectories: true)
    }
    let file = directory.appending(path: "my program")
    try write(script, to: file)
    try await body(Node(directory: directory, program: TaskProgram(try LocalFile(file.path, as: "program"))))
}

private func write(_ script: String, to file: URL) throws {
    try Data(script.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
}

/// Runs a command line as a node does: split into arguments by quotes, without a shell of its own.
private func run(
    _ command: String, in directory: URL? = nil, path: String = ""
) async throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exec \(command)"]
    process.currentDirectoryURL = directory
    process.environment = [
        "PATH": "\(path):/usr/bin:/bin",
        "AZ_BATCH_NODE_SHARED_DIR": directory?.appending(path: "shared").path ?? "",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    let status = try await withCheckedThrowingContinuation { continuation in
        process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
        do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    return (status, String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self))
}
