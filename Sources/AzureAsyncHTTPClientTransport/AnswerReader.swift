#if AsyncHTTPClient
import AsyncHTTPClient
import AzureCore
import NIOCore

import struct Foundation.Data

/// Reads the body of an answer, and sees that it is as long as it was announced.
actor AnswerReader {
    private var iterator: HTTPClientResponse.Body.AsyncIterator
    private let length: Int64?
    private let watch: IdleWatch
    private var count: Int64 = 0

    init(_ body: HTTPClientResponse.Body, length: Int64?, watch: IdleWatch) {
        iterator = body.makeAsyncIterator()
        self.length = length
        self.watch = watch
    }

    func next() async throws -> Data? {
        let chunk: Data?
        do {
            chunk = try await watch.limiting { try await self.pull() }
        } catch {
            throw AsyncHTTPClientFailure.error(error, host: watch.host)
        }
        try Task.checkCancellation()
        count += Int64(chunk?.count ?? 0)
        if let length, count > length || chunk == nil && count < length {
            throw HTTPTransportError(
                .connectionLost,
                "'\(watch.host)' announced \(length) bytes, and \(count) arrived. The connection broke, or the HTTPClient "
                    + "decompresses, which it must not.")
        }
        return chunk
    }

    private func pull() async throws -> Data? {
        var iterator = iterator
        defer { self.iterator = iterator }
        guard let buffer = try await iterator.next(isolation: self) else { return nil }
        return Data(buffer.readableBytesView)
    }
}
#endif
