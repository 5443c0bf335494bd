import Foundation

/// Reads ranges of files.
enum FileChunks {
    /// The bytes of a range, one chunk in memory at a time.
    static func stream(of range: HTTPBody.FileRange, chunkSize: Int) -> HTTPByteStream {
        HTTPByteStream(unfolding: {
            let reader = Reader(range: range, chunkSize: chunkSize)
            return { try await reader.next() }
        })
    }

    /// The bytes of a range at once.
    static func read(_ range: HTTPBody.FileRange) async throws -> Data {
        guard range.length > 0 else { return Data() }
        let reader = Reader(range: range, chunkSize: Int(range.length))
        return try await reader.next() ?? Data()
    }

    /// The place in a file that a stream has come to.
    private actor Reader {
        private let path: String
        private let chunkSize: Int
        private var offset: Int64
        private var left: Int64
        private var file: FileHandle?

        init(range: HTTPBody.FileRange, chunkSize: Int) {
            path = range.path
            self.chunkSize = chunkSize
            offset = range.offset
            left = range.length
        }

        func next() async throws -> Data? {
            guard left > 0 else { return nil }
            let (path, offset, count) = (path, offset, Int(min(Int64(chunkSize), left)))
            let open = file
            let (handle, data) = try await BlockingIO.run { [path] in
                do {
                    let handle = try open ?? FileHandle(forReadingFrom: URL(fileURLWithPath: path))
                    if open == nil { try handle.seek(toOffset: UInt64(offset)) }
                    return (handle, try handle.read(upToCount: count) ?? Data())
                } catch {
                    throw AzureError(
                        code: .fileError, message: "The file '\(path)' cannot be read: \(error).", underlying: error)
                }
            }
            guard data.count == count else {
                throw AzureError(
                    code: .fileError,
                    message: "The file '\(path)' became shorter while it was read: \(left - Int64(data.count)) bytes "
                        + "are missing.")
            }
            file = handle
            self.offset += Int64(count)
            left -= Int64(count)
            return data
        }
    }
}
