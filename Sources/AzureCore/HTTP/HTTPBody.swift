public import struct Foundation.Data

/// The body of a request: bytes, a range of a file, or a stream.
///
/// A body knows its length, where that can be known, and whether it can be sent again. Only a body that can be
/// sent again is retried.
public struct HTTPBody: Sendable {
    /// A range of a file on disk.
    public struct FileRange: Sendable, Hashable {
        /// The path of the file.
        public var path: String
        /// The first byte.
        public var offset: Int64
        /// The number of bytes.
        public var length: Int64
        /// The file, where it is open already and must not change while it is sent.
        package var source: FileSource?

        /// Describes a range of a file.
        public init(path: String, offset: Int64, length: Int64) {
            self.path = path
            self.offset = offset
            self.length = length
        }
    }

    /// The content of a body, for transports that handle it in other ways than reading chunks.
    public enum Content: Sendable {
        /// Bytes in memory.
        case bytes(Data)
        /// A range of a file.
        case file(FileRange)
        /// A stream of chunks.
        case stream(HTTPByteStream)
    }

    /// The content of the body.
    public let content: Content

    /// The number of bytes; nil for a stream of unknown length.
    public let length: Int64?

    /// Whether the body can be sent more than once.
    public let isReplayable: Bool

    /// A body of bytes in memory.
    public init(_ data: Data) {
        content = .bytes(data)
        length = Int64(data.count)
        isReplayable = true
    }

    /// A body of the UTF-8 bytes of a text.
    public init(_ text: String) {
        self.init(Data(text.utf8))
    }

    /// A body read from a range of a file, which must not change meanwhile.
    public init(file: FileRange) {
        content = .file(file)
        length = file.length
        isReplayable = true
    }

    /// A body read from a stream.
    ///
    /// - Parameters:
    ///   - stream: The chunks.
    ///   - length: The number of bytes, if known. A stream that gives more or fewer is an error,
    ///     ``AzureErrorCode/invalidArgument``, and the request fails. What the stream throws is in the
    ///     ``AzureError/underlying`` of an error with ``AzureErrorCode/requestBodyFailed``.
    ///   - isReplayable: Whether the stream gives the same bytes each time it is read. The default is false.
    public init(stream: HTTPByteStream, length: Int64?, isReplayable: Bool = false) {
        content = .stream(stream.ofCaller)
        self.length = length
        self.isReplayable = isReplayable
    }

    /// The size of the chunks that files are read in, unless told otherwise: 256 KiB.
    public static let usualChunkSize = 256 * 1024

    /// The bytes, chunk by chunk.
    ///
    /// - Parameter size: The size of the chunks that are read from a file. The default is 256 KiB.
    /// - Returns: A stream. Files are read away from the cooperative thread pool.
    public func chunks(ofSize size: Int = HTTPBody.usualChunkSize) -> HTTPByteStream {
        switch content {
        case .bytes(let data): HTTPByteStream(data)
        case .file(let range): FileChunks.stream(of: range, chunkSize: size)
        case .stream(let stream):
            length.map { length in
                stream.checked(length: length) { given in
                    .invalidArgument("The body was announced with \(length) bytes, but the stream gave \(given).")
                }
            } ?? stream
        }
    }

    /// Reads the whole body into memory.
    ///
    /// - Parameter limit: The maximum number of bytes to accept.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/bodyTooLarge`` when there are more.
    public func collect(upTo limit: Int) async throws -> Data {
        if case .bytes(let data) = content, data.count <= limit { return data }
        if case .file(let range) = content, range.length <= limit {
            return try await FileChunks.read(range)
        }
        return try await chunks().collect(upTo: limit)
    }
}
