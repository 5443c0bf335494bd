import AzureCore
import Foundation
import HTTPTypes

extension BlobCall {
    /// The most bytes of a request for a query.
    private static let maxQuery = 512 * 1024

    /// Query Blob Contents.
    func queryBlob() async throws -> HTTPTransportResponse {
        guard let body = try await request.collectBody(upTo: Self.maxQuery) else {
            throw BlobServiceError.requestBodyTooLarge
        }
        let query = try QueryRequest(body)
        let statement = try SQLParser.statement(query.expression)
        try statement.check(query.input)
        let blob = try await existingBlob()
        guard !blob.isArchived(at: service.time.now()) else { throw BlobServiceError.blobArchived }
        let execution = QueryExecution(
            statement, query, total: blob.content.length, now: service.time.now(),
            marker: withUnsafeBytes(of: UUID().uuid) { Array($0) })
        // They are about the content of the blob, which this is not.
        let fields = contentFields(of: blob, at: store.leaseTime(), isWhole: false)
            .filter { !["Content-Type", "Content-Encoding", "Accept-Ranges"].contains($0.0) }
        var response = HTTPTransportResponse.emulated(200, headers: fields + [("Content-Type", "avro/binary")])
        // How long the answer is shows only at its end.
        response.head.headerFields[.contentLength] = nil
        let chunks = blob.content.chunks(in: 0..<blob.content.length)
        response.body = HTTPResponseBody(HTTPByteStream(QueryAnswer(execution: execution, chunks: chunks)), length: nil)
        return response
    }
}

/// The answer to a query, made as it is read.
private struct QueryAnswer: AsyncSequence, Sendable {
    struct AsyncIterator: AsyncIteratorProtocol {
        var execution: QueryExecution
        var chunks: HTTPByteStream.AsyncIterator

        mutating func next() async throws -> Data? {
            while !execution.isOver {
                try Task.checkCancellation()
                if execution.needsBytes {
                    if let chunk = try await chunks.next() { execution.append(chunk) } else { execution.finish() }
                }
                let part = execution.step()
                // Others have their turn, however long the query is.
                await Task.yield()
                if !part.isEmpty { return part }
            }
            return nil
        }
    }

    let execution: QueryExecution
    let chunks: HTTPByteStream

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(execution: execution, chunks: chunks.makeAsyncIterator())
    }
}
