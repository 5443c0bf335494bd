import AzureTesting
import BlobStorage
import Foundation
import Synchronization

/// What came of reading an answer to a query.
struct QueryReading: Sendable {
    var rows = Data()
    var progress: [BlobQueryProgress] = []
    var errors: [BlobQueryError] = []
    /// What reading threw.
    var failure: (any Error)?

    var text: String { String(decoding: rows, as: UTF8.self) }

    /// Queries, and reads all rows of an answer that comes in these chunks.
    static func read(_ chunks: [Data], breakAfter: (any Error)? = nil) async throws -> QueryReading {
        let fixture = try Fixture(
            MockResponse(200, headers: ["x-ms-request-id": "s-3"], chunks: chunks, breakAfter: breakAfter))
        let heard = Mutex(QueryReading())
        let options = BlobQueryOptions(
            onProgress: { progress in heard.withLock { $0.progress.append(progress) } },
            onError: { error in heard.withLock { $0.errors.append(error) } })
        let result = try await fixture.blob.query("SELECT * FROM BlobStorage", options: options)
        var rows = Data()
        var failure: (any Error)?
        do {
            for try await chunk in result { rows.append(chunk) }
        } catch {
            failure = error
        }
        var reading = heard.withLock { $0 }
        reading.rows = rows
        reading.failure = failure
        return reading
    }

    /// Reads an answer that comes at once.
    static func read(_ answer: Data) async throws -> QueryReading { try await read([answer]) }
}
