import AzureCore
import Foundation
import Testing

@testable import AzureEmulator

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A directory that is there as long as a test runs, and programs that run in it.
struct ProcessFixture {
    let directory: String
    let instance = EmulatorInstance()

    /// Runs a test in a directory of its own.
    static func with<Result>(_ body: (ProcessFixture) async throws -> Result) async throws -> Result {
        let path = FileManager.default.temporaryDirectory.path + "/azure-process-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { FileTree.remove(path) }
        ChildProcesses.adoptOrphans(true)
        defer { ChildProcesses.adoptOrphans(false) }
        return try await body(ProcessFixture(directory: path))
    }

    func launch(_ arguments: String..., environment: [String: String] = [:], limit: Duration? = nil)
        -> ProcessLaunch
    {
        ProcessLaunch(
            arguments: arguments,
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HERE": directory].merging(environment) { $1 },
            workingDirectory: directory, standardOutput: "\(directory)/stdout.txt",
            standardError: "\(directory)/stderr.txt", directory: directory, timeLimit: limit)
    }

    func text(_ name: String) -> String {
        (try? String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)) ?? ""
    }

    /// Whether the process whose number a program wrote into a file is still there, be it as a zombie.
    func isAlive(_ file: String) throws -> Bool {
        let process = try #require(Int32(text(file).trimmingCharacters(in: .whitespacesAndNewlines)))
        return kill(process, 0) == 0
    }

    /// Makes a pipe with a name, through which a program can say that it has come so far.
    func makePipe(_ name: String = "ready") {
        #expect(mkfifo("\(directory)/\(name)", 0o600) == 0)
    }

    /// Waits for a program to write a number into a pipe with a name.
    func number(from name: String = "ready") async throws -> Int32 {
        let path = "\(directory)/\(name)"
        let text = try await BlockingIO.run {
            let pipe = open(path, O_RDONLY | O_CLOEXEC)
            defer { close(pipe) }
            var buffer = [UInt8](repeating: 0, count: 64)
            let count = read(pipe, &buffer, buffer.count)
            return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        }
        return try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
}
