public import Foundation

/// A program that ran to its end as a process of its own.
public struct ProgramRun: Sendable {
    /// The exit code.
    public let status: Int32
    /// What it wrote to standard output.
    public let output: String
    /// What it wrote to standard error.
    public let errors: String

    /// Runs a program.
    ///
    /// - Parameters:
    ///   - path: The program.
    ///   - arguments: Its arguments.
    ///   - environment: Its environment. The default is that of the tests.
    ///   - directory: Its working directory. The default is that of the tests.
    public static func run(
        _ path: String, _ arguments: [String], environment: [String: String]? = nil, in directory: URL? = nil
    ) async throws -> ProgramRun {
        try await withTemporaryDirectory { scratch in
            // Files and not pipes, because a pipe that nobody reads stops the program when it is full.
            let (output, errors) = (try scratch.write("", to: "output"), try scratch.write("", to: "errors"))
            let process = Process()
            process.executableURL = URL(filePath: path)
            process.arguments = arguments
            if let environment { process.environment = environment }
            process.currentDirectoryURL = directory
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle(forWritingAtPath: output)
            process.standardError = FileHandle(forWritingAtPath: errors)
            let status = try await withCheckedThrowingContinuation { continuation in
                process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
                do { try process.run() } catch { continuation.resume(throwing: error) }
            }
            return ProgramRun(
                status: status, output: try scratch.read("output"), errors: try scratch.read("errors"))
        }
    }
}
