import struct Foundation.Data

extension HTTPByteStream {
    /// The same chunks, with every failure but cancellation made an ``AzureError``.
    ///
    /// - Parameter locate: Adds what the call was.
    package func throwingAzureErrors(
        _ locate: @escaping @Sendable (inout AzureError) -> Void
    ) -> HTTPByteStream {
        HTTPByteStream(unfolding: {
            let chunks = LocatedChunks(self, locate)
            return { try await chunks.next() }
        })
    }
}

/// Reads a stream, and says of its failure what the call was.
private actor LocatedChunks {
    private var chunks: HTTPByteStream.AsyncIterator
    private let locate: @Sendable (inout AzureError) -> Void

    init(_ stream: HTTPByteStream, _ locate: @escaping @Sendable (inout AzureError) -> Void) {
        chunks = stream.makeAsyncIterator()
        self.locate = locate
    }

    func next() async throws -> Data? {
        var chunks = chunks
        defer { self.chunks = chunks }
        do {
            return try await chunks.next()
        } catch let error as CancellationError {
            throw error
        } catch {
            var failure = AzureError(error)
            locate(&failure)
            throw failure
        }
    }
}
