import Foundation

/// Reads ranges of files.
enum FileChunks {
    /// The bytes of a range, one chunk in memory at a time.
    static func stream(of range: HTTPBody.FileRange, chunkSize: Int) -> HTTPByteStream {
        HTTPByteStream(unfolding: {
            let reader = Reader(range: range, chunkSize: max(1, chunkSize))
            return { try await reader.next() }
        })
    }

    /// The bytes of a range at once.
    static func read(_ range: HTTPBody.FileRange) async throws -> Data {
        guard range.length > 0 else { return Data() }
        let reader = Reader(range: range, chunkSize: Int(clamping: range.length))
        return try await reader.next() ?? Data()
    }

    /// Chunks of the usual size are read into memory that is used again.
    private static let buffers = RecycledBuffers(size: HTTPBody.usualChunkSize, maxSpare: 16)

    /// The place in a file that a stream has come to.
    private actor Reader {
        private let path: String
        private let chunkSize: Int
        private var offset: Int64
        private var left: Int64
        private var file: LocalFile?
        private let source: FileSource?

        init(range: HTTPBody.FileRange, chunkSize: Int) {
            path = range.path
            source = range.source
            file = range.source?.file
            self.chunkSize = chunkSize
            offset = range.offset
            left = range.length
        }

        func next() async throws -> Data? {
            guard left > 0 else { return nil }
            let (path, offset, count) = (path, offset, Int(min(Int64(chunkSize), left)))
            let (open, source, isLast) = (file, source, Int64(count) == left)
            let (file, data) = try await BlockingIO.run {
                let file = try open ?? LocalFile(path, .read)
                let data = try FileChunks.read(file, at: offset, count: count)
                // The last chunk is held back until it is known that all of them are of one state of the file.
                if isLast { try source?.checkUnchanged() }
                return (file, data)
            }
            guard data.count == count else {
                throw AzureError(
                    code: .fileError,
                    message: "The file '\(path)' became shorter while it was read: \(left - Int64(data.count)) bytes "
                        + "are missing.")
            }
            self.file = file
            self.offset += Int64(count)
            left -= Int64(count)
            return data
        }
    }

    private static func read(_ file: LocalFile, at offset: Int64, count: Int) throws -> Data {
        guard count > buffers.size / 2, count <= buffers.size, let buffer = buffers.take(),
            let memory = buffer.baseAddress
        else { return try file.read(at: offset, count: count) }
        do {
            let done = try file.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
            return buffers.data(memory, count: done)
        } catch {
            buffers.put(memory)
            throw error
        }
    }
}
