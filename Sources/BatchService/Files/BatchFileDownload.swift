public import AzureCore

public import struct Foundation.Data

/// A file that is being downloaded: its properties, and its bytes as they arrive.
///
/// ```swift
/// let file = try await batch.files.downloadTaskFile("stdout.txt", ofTask: "task-1", inJob: "job-1")
/// for try await chunk in file { … }
/// ```
///
/// The bytes can be read once. A file that breaks off throws; it never ends short.
public struct BatchFileDownload: AsyncSequence, Sendable {
    public typealias Element = Data
    public typealias Failure = any Error
    public typealias AsyncIterator = HTTPByteStream.AsyncIterator

    /// The properties of the file.
    public let properties: BatchFileProperties
    private let stream: HTTPByteStream

    init(properties: BatchFileProperties, stream: HTTPByteStream) {
        self.properties = properties
        self.stream = stream
    }

    public func makeAsyncIterator() -> AsyncIterator {
        stream.makeAsyncIterator()
    }

    /// Reads the remaining bytes into memory.
    ///
    /// - Parameter limit: The largest number of bytes to accept.
    /// - Throws: An `AzureError` with `AzureErrorCode.bodyTooLarge` when there are more.
    public func collect(upTo limit: Int) async throws -> Data {
        if let length = properties.contentLength, length > limit {
            throw AzureError(
                service: .batch, code: .bodyTooLarge,
                message: "The file has \(length) bytes, more than the \(limit) that this call accepts in memory.")
        }
        return try await stream.collect(upTo: limit)
    }
}
