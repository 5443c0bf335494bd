import AzureCore
import Foundation
import HTTPTypes
import Synchronization

@testable import BlobStorage

/// A body that a test watches: how many chunks were taken out of it, and whether whoever read it has let it go.
final class WatchedBody: Sendable {
    private let taken = Atomic(0)
    private let closings: AsyncStream<Void>
    private let close: AsyncStream<Void>.Continuation

    init() {
        (closings, close) = AsyncStream.makeStream()
    }

    var takenChunks: Int { taken.load(ordering: .acquiring) }

    /// Waits until nobody has the stream any more. A task that has handed it on may let it go a moment later.
    func closed() async {
        for await _ in closings {}
    }

    /// What goes with the last reference to the stream, as a connection does.
    private final class Connection: Sendable {
        let body: WatchedBody
        init(_ body: WatchedBody) { self.body = body }
        deinit { body.close.finish() }
    }

    /// Gives chunks: by number, nil at the end.
    func stream(_ chunk: @escaping @Sendable (Int) throws -> Data?) -> HTTPByteStream {
        let connection = Connection(self)
        return HTTPByteStream(unfolding: {
            { try chunk(connection.body.taken.add(1, ordering: .acquiringAndReleasing).newValue - 1) }
        })
    }
}

/// An answer with a stream for its body.
func answer(
    _ status: Int, _ headers: [String: String] = [:], length: Int64? = nil, _ stream: HTTPByteStream
) -> HTTPTransportResponse {
    var fields = HTTPFields()
    for (name, value) in headers { fields[HTTPField.Name(name)!] = value }
    return HTTPTransportResponse(
        head: HTTPResponse(status: .init(code: status), headerFields: fields),
        body: HTTPResponseBody(stream, length: length))
}

/// A blob behind a transport that answers by the number of the request.
func scriptedBlob(
    capabilities: HTTPTransportCapabilities = .all, timeSource: TimeSource = .system,
    transportOptions: HTTPTransportOptions = HTTPTransportOptions(),
    _ send:
        @escaping @Sendable (_ number: Int, HTTPRequest, HTTPBody?, HTTPTransportOptions) async throws ->
        HTTPTransportResponse
) throws -> BlobClient {
    let number = Atomic(0)
    let transport = ClosureTransport(capabilities: capabilities) { request, body, options in
        try await send(number.add(1, ordering: .relaxed).newValue, request, body, options)
    }
    return try BlobClient(
        url: "https://example.blob.core.windows.net/pictures/b",
        options: .init(
            pipeline: PipelineOptions(
                transport: transport, transportOptions: transportOptions, timeSource: timeSource)))
}
