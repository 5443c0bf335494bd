#if DEBUG
import Foundation

@testable import AzureEmulator
@testable import BlobStorage

/// Runs a part of the emulator, whose only errors are answers that blame the request.
///
/// - Returns: The result; nil when the request was refused.
func acceptingRefusal<Result>(_ body: () throws -> Result) throws -> Result? {
    do {
        return try body()
    } catch {
        try checkRefusal(error)
        return nil
    }
}

/// Runs a part of the emulator, whose only errors are answers that blame the request.
func acceptingRefusal<Result>(_ body: () async throws -> Result) async throws -> Result? {
    do {
        return try await body()
    } catch {
        try checkRefusal(error)
        return nil
    }
}

private func checkRefusal(_ error: any Error) throws {
    let status: Int
    switch error {
    case is FuzzFinding: throw error
    case let error as BlobServiceError: status = error.status
    case let error as BatchServiceError: status = error.status
    case let error as QueryError: throw FuzzFinding("The query failed before it ran: \(error)")
    default: throw FuzzFinding("The emulator threw \(type(of: error)), which becomes a 500: \(error)")
    }
    try require(
        (400..<500).contains(status) || [304, 501].contains(status), "A request was answered with \(status): \(error)")
}

/// Reads the answer to a query as a client does: whatever the query was, it is a whole one.
func checkQueryAnswer(_ answer: Data) throws {
    var decoder = BlobQueryDecoder()
    do {
        let events = try decoder.append(answer)
        let hasFailed = events.contains { event in
            if case .error(let error) = event { error.isFatal } else { false }
        }
        if !hasFailed { try decoder.finish() }
    } catch {
        throw FuzzFinding("The answer to a query cannot be read: \(error)")
    }
}
#endif
