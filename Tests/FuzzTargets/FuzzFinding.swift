#if DEBUG
import AzureCore
import BatchService

/// Something that does not hold for an input.
package struct FuzzFinding: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Throws a ``FuzzFinding`` unless a condition holds.
func require(_ condition: Bool, _ otherwise: @autoclosure () -> String) throws {
    guard condition else { throw FuzzFinding(otherwise()) }
}

/// Runs a call of a client, whose only errors are `AzureError` and `CancellationError`.
///
/// - Returns: The result; nil when it failed as it may.
@discardableResult
func accepting<Result>(_ call: () throws -> Result) throws -> Result? {
    do {
        return try call()
    } catch {
        try checkClientError(error)
        return nil
    }
}

/// Runs a call of a client, whose only errors are `AzureError` and `CancellationError`.
@discardableResult
func accepting<Result>(_ call: () async throws -> Result) async throws -> Result? {
    do {
        return try await call()
    } catch {
        try checkClientError(error)
        return nil
    }
}

private func checkClientError(_ error: any Error) throws {
    if error is FuzzFinding { throw error }
    // A submission of many tasks tells which of them failed, and the error of each.
    try require(
        error is AzureError || error is BatchTaskSubmissionError || error is CancellationError,
        "A client threw \(type(of: error)): \(error)")
    // What is printed of an error may be as long as what came from outside, but not without bound.
    try require("\(error)".utf8.count < 1 << 20, "The description of an error is \("\(error)".utf8.count) bytes long.")
}
#endif
