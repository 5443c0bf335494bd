#if Emulator
import AzureCore
import HTTPTypes
import HummingbirdCore
import NIOCore

import struct Foundation.Data

/// Carries one request from a connection to a service, and the answer back.
struct EmulatorAnswering: Sendable {
    /// What the service's side of an exchange comes to.
    private enum Step: Sendable {
        /// It begins to read a body that the client keeps back until it is asked for.
        case wantsBody
        case response(HTTPTransportResponse)
    }

    /// Ends a connection whose client still sends what nobody wants.
    private struct Unwanted: Error {}

    let service: any EmulatedService
    let limits: EmulatorServerLimits
    /// Whether connections are encrypted.
    var isSecure = false

    /// Answers a request.
    ///
    /// The service decides who asks before it reads the body, so a client that waits to be asked for the body is asked no
    /// sooner than that. A body that the service did not read to its end is read up to a limit, or the connection ends.
    @concurrent
    func answer(_ request: Request, on channel: any Channel, writer: consuming ResponseWriter) async throws {
        let watch = try await channel.pipeline.handler(type: ClientWatch.self).get()
        let chunks = HTTPByteStream(request.body.map { buffer in buffer.withUnsafeReadableBytes { Data($0) } })
        let body = IncomingBody(chunks, of: request.head)
        var head = request.head
        // The part of the server that reads requests does not know.
        head.scheme = isSecure ? "https" : "http"
        let (asked, ask) = AsyncStream.makeStream(of: Void.self)
        let client = ClientAddress.text(channel.remoteAddress?.ipAddress)
        let steps = watch.steps { [head] (next: AsyncThrowingStream<Step, any Error>.Continuation) in
            let stream = HTTPByteStream(unfolding: {
                {
                    try await body.next {
                        next.yield(.wantsBody)
                        for await _ in asked { break }
                    }
                }
            })
            let response = await ClientAddress.$current.withValue(client) {
                await service.respond(to: head, body: stream)
            }
            next.yield(.response(response))
        }
        var response: HTTPTransportResponse?
        for try await step in steps {
            switch step {
            case .wantsBody:
                try await writer.writeInformationalHead(HTTPResponse(status: .continue))
                ask.yield()
            case .response(let found): response = found
            }
        }
        guard var response else { throw CancellationError() }
        let isLast = await body.isTooLong(toDrain: limits.drainedBytes)
        if isLast { response.head.headerFields[.connection] = "close" }
        try await write(response, to: request.method, watch, channel, writer)
        let isClean = try await withDeadline(
            isLast ? limits.lingering : limits.idleTimeout, waiting: TimeSource.system.limit, otherwise: Unwanted()
        ) { [limits] in try await body.drain(upTo: limits.drainedBytes) }
        let limit = closeLater(channel)
        defer { limit.cancel() }
        await watch.sent(on: channel)
        guard isClean, !isLast else { throw Unwanted() }
    }

    @concurrent
    private func write(
        _ response: HTTPTransportResponse, to method: HTTPRequest.Method, _ watch: ClientWatch, _ channel: any Channel,
        _ writer: consuming ResponseWriter
    ) async throws {
        let status = response.head.status.code
        guard method != .head, status != 204, status != 304 else {
            return try await writer.writeResponse(response.head)
        }
        var body = try await writer.writeHead(response.head)
        let chunks = OutgoingBody(response.body)
        while let chunk = try await watch.run({ try await chunks.next() }) {
            let limit = closeLater(channel)
            defer { limit.cancel() }
            try await body.write(ByteBuffer(bytes: chunk))
        }
        try await body.finish(nil)
    }

    /// Ends the connection unless that is cancelled: a client that takes nothing holds its answer back, but not for ever.
    private func closeLater(_ channel: any Channel) -> Scheduled<Void> {
        channel.eventLoop.scheduleTask(in: TimeAmount(limits.idleTimeout)) { channel.close(promise: nil) }
    }
}

/// The body of an answer, for whoever reads it piece by piece.
private actor OutgoingBody {
    private var chunks: HTTPByteStream.AsyncIterator

    init(_ body: HTTPResponseBody) {
        chunks = body.makeAsyncIterator()
    }

    func next() async throws -> Data? {
        var chunks = chunks
        defer { self.chunks = chunks }
        return try await chunks.next()
    }
}
#endif
