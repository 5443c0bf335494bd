#if !Emulator
import AzureCore
import Foundation
import Testing

@testable import AzureEmulator

@Suite("What a build without the trait says", .timeLimit(.minutes(2)))
struct MissingTraitTests {
    @Test("Starting the emulator is an error that names the trait, and what needs no trait")
    func server() async {
        let error = await #expect(throws: AzureError.self) {
            try await withEmulator { _ in Issue.record("It started.") }
        }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("'Emulator'") == true && error?.message.contains("InProcessTransport") == true)
    }

    @Test("The command ends with 1 and names the trait")
    func command() async throws {
        let directory = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
        let programs = [directory, Bundle.main.bundleURL].map { $0.appendingPathComponent("azure-emulator") }
        let program: URL = try #require(programs.first { FileManager.default.isExecutableFile(atPath: $0.path) })
        let process = Process()
        let output = Pipe()
        process.executableURL = program
        process.standardError = output
        let (ends, ended) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in ended.finish() }
        try process.run()
        for await _ in ends {}
        #expect(process.terminationStatus == 1)
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(text.contains("'Emulator'"))
    }
}
#endif
