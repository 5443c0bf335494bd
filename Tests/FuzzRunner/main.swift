import CFuzzer
import Dispatch
import Foundation
import FuzzTargets

/// Runs one fuzz target with libFuzzer; `Scripts/fuzz` is the way to call it.
///
/// usage: fuzz-runner list
///        fuzz-runner prepare TARGET DIRECTORY     writes the seeds and the dictionary
///        fuzz-runner run TARGET [LIBFUZZER ARGUMENT …]
enum FuzzRunner {
    /// What libFuzzer calls. It calls from the main thread alone, one input at a time, and knows no context.
    nonisolated(unsafe) private static var target: FuzzTarget?

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch (arguments.first, arguments.dropFirst().first.flatMap(FuzzTarget.named)) {
        case ("list", _): for target in FuzzTarget.all { print(target.name) }
        case ("prepare", let target?):
            let directory = URL(fileURLWithPath: arguments.dropFirst(2).first ?? ".")
            try FuzzCorpus.writeSeeds(of: target, to: directory.appendingPathComponent("seeds"))
            try FuzzCorpus.writeWords(of: target, to: directory.appendingPathComponent("words"))
        case ("run", let target?):
            Self.target = target
            exit(run(arguments: ["fuzz-runner"] + arguments.dropFirst(2)))
        default:
            FileHandle.standardError.write(Data("usage: Scripts/fuzz --help\n".utf8))
            exit(2)
        }
    }

    private static func run(arguments: [String]) -> Int32 {
        var count = Int32(arguments.count)
        // libFuzzer keeps them as long as the process lives.
        let values = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: arguments.count + 1)
        for (index, argument) in arguments.enumerated() { values[index] = strdup(argument) }
        values[arguments.count] = nil
        var pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = values
        return LLVMFuzzerRunDriver(&count, &pointer) { data, size in
            FuzzRunner.run([UInt8](UnsafeBufferPointer(start: data, count: size)))
            return 0
        }
    }

    private static func run(_ input: [UInt8]) {
        guard let target else { return }
        do {
            if let body = target.immediate { try body(input) } else { try wait { try await target.run(input) } }
        } catch {
            fatalError("\(target.name): \(error)")
        }
    }

    /// Runs asynchronous work to its end on other threads, while this one waits.
    private static func wait(for work: @escaping @Sendable () async throws -> Void) throws {
        let isDone = DispatchSemaphore(value: 0)
        let failure = Failure()
        Task.detached {
            do { try await work() } catch { failure.error = error }
            isDone.signal()
        }
        isDone.wait()
        if let error = failure.error { throw error }
    }

    /// An error, written before the semaphore is signalled and read behind it.
    private final class Failure: @unchecked Sendable {
        var error: (any Error)?
    }
}

try FuzzRunner.main()
