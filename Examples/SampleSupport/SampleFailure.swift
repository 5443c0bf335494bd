import AzureCore

/// Why a sample cannot go on, in words for the person who runs it.
public struct SampleFailure: Error, Sendable, CustomStringConvertible {
    /// What happened and what to do, in one line.
    public var message: String
    /// What a program on a node wrote about it, if that is known; several lines perhaps.
    public var output: String?

    /// Creates a failure.
    public init(_ message: String, output: String? = nil) {
        self.message = message
        self.output = output
    }

    public var description: String { message }

    /// Runs a step; its error says which step it was.
    ///
    /// - Parameter name: The step, to complete "… failed:", as in `Creating pool [x]`.
    public static func during<Value>(_ name: String, _ step: () async throws -> Value) async throws -> Value {
        do {
            return try await step()
        } catch let failure as SampleFailure {
            throw failure
        } catch {
            // Some errors list what was done before the interruption; that is no news while all of it is taken away.
            guard !Task.isCancelled, !(error is CancellationError) else { throw CancellationError() }
            throw SampleFailure("\(name) failed: \(summary(of: error))")
        }
    }

    /// The error in one line. Details of several lines, such as the text that a service has signed, are left out.
    public static func summary(of error: any Error) -> String {
        guard var error = error as? AzureError else { return "\(error)" }
        error.details.removeAll { $0.value.contains(where: \.isNewline) }
        return "\(error)"
    }

    /// Runs a step of cleaning up. Its error is kept, so that the other steps are done all the same.
    ///
    /// - Parameters:
    ///   - failures: Where the error goes.
    ///   - name: The step, to complete "… failed:".
    static func keep<Value>(
        in failures: inout [SampleFailure], during name: String, _ step: () async throws -> Value
    ) async {
        do {
            _ = try await during(name, step)
        } catch {
            failures.append(error as? SampleFailure ?? SampleFailure("\(name) failed: \(summary(of: error))"))
        }
    }
}
