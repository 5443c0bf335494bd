#if AsyncHTTPClient
import AsyncHTTPClient
import AzureCore
import NIOCore
import Synchronization

import struct Foundation.Data

/// The body of a request in the engine's form.
final class RequestBody: Sendable {
    private static let chunkSize = 256 * 1024

    private let body: HTTPBody
    private let watch: IdleWatch
    private let error = Mutex<(any Error)?>(nil)

    init(_ body: HTTPBody, watch: IdleWatch) {
        self.body = body
        self.watch = watch
    }

    /// Why the body could not be read.
    var failure: (any Error)? { error.withLock { $0 } }

    var message: HTTPClientRequest.Body {
        if case .bytes(let data) = body.content, data.count <= Self.chunkSize { return .bytes(ByteBuffer(bytes: data)) }
        return .stream(Buffers(body: self), length: body.length.map { .known($0) } ?? .unknown)
    }

    /// The bytes, a bounded number at a time.
    private struct Buffers: AsyncSequence, Sendable {
        typealias Element = ByteBuffer

        let body: RequestBody

        func makeAsyncIterator() -> Iterator {
            Iterator(body: body, chunks: body.body.chunks(ofSize: RequestBody.chunkSize).makeAsyncIterator())
        }

        struct Iterator: AsyncIteratorProtocol {
            let body: RequestBody
            var chunks: HTTPByteStream.AsyncIterator
            var rest = Data()

            mutating func next() async throws -> ByteBuffer? {
                do {
                    if rest.isEmpty { rest = try await chunks.next() ?? Data() }
                } catch {
                    body.error.withLock { $0 = error }
                    throw error
                }
                body.watch.touch()
                guard !rest.isEmpty else { return nil }
                let piece = rest.prefix(RequestBody.chunkSize)
                rest = rest.dropFirst(piece.count)
                return ByteBuffer(bytes: piece)
            }
        }
    }
}
#endif
