import AzureCore
import HTTPTypes

import struct Foundation.Data

/// The body of a request on its way to the service, and what is known of the rest of it.
///
/// It has one reader at a time, since the connection that it comes from takes no more.
actor IncomingBody {
    /// A read that came while another one waits for its bytes.
    struct IsBeingRead: Error {}

    /// How many bytes were announced; nil when they come in chunks.
    nonisolated let announced: Int64?
    /// Whether the client waits to be asked for it.
    nonisolated let waitsForInvitation: Bool
    private var chunks: HTTPByteStream.AsyncIterator
    private var received: Int64 = 0
    private var hasEnded = false
    /// Whether somebody waits for the next bytes.
    private var isBeingRead = false
    private var isAskedFor = false

    /// Takes a body.
    ///
    /// - Parameters:
    ///   - chunks: The bytes.
    ///   - request: The head of the request.
    init(_ chunks: HTTPByteStream, of request: HTTPRequest) {
        self.chunks = chunks.makeAsyncIterator()
        waitsForInvitation = request.headerFields[.expect]?.lowercased() == "100-continue"
        let length = request.headerFields[.contentLength].flatMap { Int64(digits: $0) }
        announced = request.headerFields[.transferEncoding] == nil ? length ?? 0 : nil
    }

    /// The next bytes.
    ///
    /// - Parameter invite: Asks a client that waits for it to send the body. Called the first time.
    func next(inviting invite: @Sendable () async -> Void) async throws -> Data? {
        if !isAskedFor {
            isAskedFor = true
            if waitsForInvitation { await invite() }
        }
        return try await next()
    }

    private func next() async throws -> Data? {
        guard !hasEnded else { return nil }
        guard !isBeingRead else { throw IsBeingRead() }
        isBeingRead = true
        var chunks = chunks
        defer {
            self.chunks = chunks
            isBeingRead = false
        }
        guard let chunk = try await chunks.next() else {
            hasEnded = true
            return nil
        }
        received += Int64(chunk.count)
        return chunk
    }

    /// Whether so much is still to come, or so little is known of it, that the connection is better given up.
    func isTooLong(toDrain limit: Int64) -> Bool {
        guard !hasEnded, announced != 0 else { return false }
        // A service that has answered, and reads on.
        if isBeingRead { return true }
        if waitsForInvitation, !isAskedFor { return true }
        guard let announced else { return false }
        return announced - received > limit
    }

    /// Reads what the service left, and throws it away. Whoever reads later finds the end, and not the next request.
    ///
    /// - Returns: Whether that was all.
    func drain(upTo limit: Int64) async throws -> Bool {
        guard !isBeingRead else { return false }
        if announced == 0 { hasEnded = true }
        var left = limit
        while !hasEnded, left >= 0 { left -= Int64(try await next()?.count ?? 0) }
        return hasEnded
    }
}
