public import struct Foundation.Data

/// The body of an answer: chunks that can be read once.
public struct HTTPResponseBody: AsyncSequence, Sendable {
    public typealias Element = Data
    public typealias Failure = any Error
    public typealias AsyncIterator = HTTPByteStream.AsyncIterator

    /// The chunks.
    public let stream: HTTPByteStream

    /// The number of bytes, where the service sent it.
    public let length: Int64?

    /// Whether the transport's engine decoded the content unasked, so that these are not the bytes that the service
    /// stored. JSON and XML answers do not mind; whoever reads blob content must refuse.
    public let isDecoded: Bool

    /// Creates a body.
    public init(_ stream: HTTPByteStream, length: Int64?, isDecoded: Bool = false) {
        self.stream = stream
        self.length = length
        self.isDecoded = isDecoded
    }

    /// A body of bytes in memory.
    public init(_ data: Data, isDecoded: Bool = false) {
        self.init(HTTPByteStream(data), length: Int64(data.count), isDecoded: isDecoded)
    }

    /// A body of the UTF-8 bytes of a text.
    public init(_ text: String) {
        self.init(Data(text.utf8))
    }

    /// A body without bytes.
    public static let empty = HTTPResponseBody(Data())

    public func makeAsyncIterator() -> AsyncIterator {
        stream.makeAsyncIterator()
    }

    /// The same body, with other errors.
    func mapError(_ transform: @escaping @Sendable (any Error) -> any Error) -> HTTPResponseBody {
        HTTPResponseBody(stream.mapError(transform), length: length, isDecoded: isDecoded)
    }

    /// Reads the whole body into memory.
    ///
    /// - Parameter limit: The maximum number of bytes to accept.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/bodyTooLarge`` when there are more.
    public func collect(upTo limit: Int) async throws -> Data {
        try await stream.collect(upTo: limit, expecting: length)
    }
}
