import AzureCore
import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A developer's tool that gives tokens. Its arguments pass no shell, and it runs in a directory of the system, with its output bounded.
struct CredentialProgram: Sendable {
    /// What a program left.
    struct Output: Sendable {
        let status: Int32
        let output: Data
        let errors: String
    }

    /// Why a program did not come to its end.
    enum Failure: Error, Sendable {
        case notFound
        case notStarted(String)
        case timedOut
        case tooMuchOutput
    }

    /// No token is longer, nor any complaint.
    static let outputLimit = 1 << 20

    let name: String
    let arguments: [String]
    let environment: CredentialEnvironment
    let timeout: Duration

    /// The program in the directories of `PATH`; relative ones, whose files anybody may have put there, are left out.
    func path() throws(Failure) -> String {
        for directory in (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":") where directory.hasPrefix("/") {
            let path = "\(directory)/\(name)"
            if access(path, X_OK) == 0 { return path }
        }
        throw .notFound
    }

    /// Runs it to its end on a thread of its own.
    ///
    /// - Throws: A ``Failure``, or `CancellationError`. Its processes have ended then.
    func run() async throws -> Output {
        let stop = StopFlag()
        return try await withTaskCancellationHandler {
            try await BlockingIO.run { try runBlocking(stop) }
        } onCancel: {
            stop.set()
        }
    }

    private func runBlocking(_ stop: StopFlag) throws -> Output {
        let path = try path()
        var child = try ChildProcess(
            path, arguments, environment: environment.values.merging(["AZURE_CORE_NO_COLOR": "true"]) { $1 })
        defer { child.end() }
        let end = ContinuousClock.now + timeout
        while try child.readSome() {
            if stop.isSet { throw CancellationError() }
            guard ContinuousClock.now < end else { throw Failure.timedOut }
            guard child.received <= Self.outputLimit else { throw Failure.tooMuchOutput }
        }
        let status = child.wait { !stop.isSet && ContinuousClock.now < end }
        if stop.isSet { throw CancellationError() }
        guard let status else { throw Failure.timedOut }
        return Output(status: status, output: child.output, errors: String(decoding: child.errors, as: UTF8.self))
    }
}

/// Says to a thread that it should stop.
private final class StopFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .acquiring) }

    func set() { flag.store(true, ordering: .releasing) }
}
