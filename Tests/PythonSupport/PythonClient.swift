import Foundation

/// A Python that has the official client, `azure-storage-blob`, if there is one on this machine.
package struct PythonClient: Sendable {
    /// The interpreter to try; `AZURE_SWIFT_TEST_PYTHON` names another one than `python3`, such as that of
    /// `Scripts/install-python-client`.
    private static let interpreter = ProcessInfo.processInfo.environment["AZURE_SWIFT_TEST_PYTHON"] ?? "python3"

    /// Whether the interpreter is there and has the client.
    package static let isAvailable = runs("import azure.storage.blob")

    /// Whether the interpreter is there, with what comes with it.
    package static let hasInterpreter = runs("")

    private static func runs(_ statement: String) -> Bool {
        guard let process = try? start(["-c", statement], output: nil) else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// Runs a program and returns what it writes, errors included.
    package static func run(_ program: String, _ arguments: [String]) async throws -> (status: Int32, output: String) {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("interop-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let script = directory.appendingPathComponent("program.py")
        let log = directory.appendingPathComponent("log")
        try Data(program.utf8).write(to: script)
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        defer { try? output.close() }
        let status = try await withCheckedThrowingContinuation { continuation in
            do {
                _ = try start([script.path] + arguments, output: output) {
                    continuation.resume(returning: $0.terminationStatus)
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
        return (status, String(decoding: try Data(contentsOf: log), as: UTF8.self))
    }

    private static func start(
        _ arguments: [String], output: FileHandle?, ended: (@Sendable (Process) -> Void)? = nil
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [interpreter] + arguments
        process.standardOutput = output ?? FileHandle.nullDevice
        process.standardError = output ?? FileHandle.nullDevice
        process.terminationHandler = ended
        try process.run()
        return process
    }
}
