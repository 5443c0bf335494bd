import AzureCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A file of a node that is open for reading: its size is that of the bytes that are read, whatever becomes of its name.
final class NodeFile: Sendable {
    let status: FileStatus
    private let path: String
    private let descriptor: Int32

    /// Opens a regular file; nil when there is none. A pipe does not make this wait.
    convenience init?(_ path: String) {
        self.init(descriptor: open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC), path)
    }

    /// Opens a regular file of a directory, which `path` names in messages; nil when there is none.
    convenience init?(_ name: FileName, in directory: OpenDirectory, path: String) {
        self.init(descriptor: directory.openFile(name), path)
    }

    private init?(descriptor: Int32, _ path: String) {
        guard descriptor >= 0 else { return nil }
        guard let status = FileStatus(descriptor), status.kind == .file else {
            close(descriptor)
            return nil
        }
        (self.path, self.descriptor, self.status) = (path, descriptor, status)
    }

    deinit { close(descriptor) }

    /// The bytes of a range, one chunk in memory at a time.
    func chunks(_ range: Range<Int64>) -> HTTPByteStream {
        HTTPByteStream(unfolding: {
            let position = Position(range)
            return { [self] in
                guard let (offset, count) = await position.next(HTTPBody.usualChunkSize) else { return nil }
                return try await BlockingIO.run { try self.read(at: offset, count: count) }
            }
        })
    }

    private actor Position {
        private var rest: Range<Int64>

        init(_ range: Range<Int64>) {
            rest = range
        }

        func next(_ size: Int) -> (offset: Int64, count: Int)? {
            guard !rest.isEmpty else { return nil }
            let count = min(rest.upperBound - rest.lowerBound, Int64(size))
            defer { rest = (rest.lowerBound + count)..<rest.upperBound }
            return (rest.lowerBound, Int(count))
        }
    }

    /// Reads exactly so many bytes.
    ///
    /// - Throws: An `AzureError` when the file has not as many.
    func read(at offset: Int64, count: Int) throws -> Data {
        var data = Data(count: count)
        var done = 0
        while done < count {
            let read = data.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset) + off_t(done))
            }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else {
                throw AzureError(
                    code: .fileError,
                    message: "The file '\(path)' became shorter while it was read, or cannot be read.")
            }
            done += read
        }
        return data
    }
}
