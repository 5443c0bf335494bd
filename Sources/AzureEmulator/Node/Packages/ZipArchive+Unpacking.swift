import AzureCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension ZipArchive {
    /// How much is read at once.
    private static let chunkSize: Int64 = 256 * 1024

    /// Gives the content of an entry, chunk by chunk, and makes sure that it is what the archive says.
    ///
    /// - Throws: A ``ZipProblem``, or what reading and the consumer throw.
    func unpack(_ entry: Entry, _ consume: (Data) throws -> Void) throws {
        var checksum = CRC32()
        var size: Int64 = 0
        try pieces(of: entry) { data in
            size += Int64(data.count)
            guard size <= entry.size else { throw ZipProblem("'\(entry.path)' is longer than it says") }
            checksum.update(data)
            try consume(data)
        }
        guard size == entry.size, checksum.value == entry.checksum else {
            throw ZipProblem("'\(entry.path)' is damaged")
        }
    }

    private func pieces(of entry: Entry, _ consume: (Data) throws -> Void) throws {
        let content = try content(of: entry)
        var offset = content.lowerBound
        var inflater = Inflater(.raw)
        while offset < content.upperBound {
            let count = min(Self.chunkSize, content.upperBound - offset)
            let data = try source.read(offset, Int(count))
            guard data.count == count else { throw ZipProblem("It breaks off") }
            offset += count
            guard entry.isPacked else {
                try consume(data)
                continue
            }
            do {
                inflater.push(data)
                while let piece = try inflater.next() { try consume(piece) }
            } catch let error as AzureError {
                throw ZipProblem("'\(entry.path)' is damaged: \(error.message)")
            }
        }
        guard entry.isPacked else { return }
        do { try inflater.finish() } catch { throw ZipProblem("'\(entry.path)' breaks off") }
    }

    /// Unpacks everything below a directory.
    ///
    /// - Parameters:
    ///   - path: The names of the directory below the root, with slashes.
    ///   - root: A directory that no task can replace.
    /// - Throws: A ``ZipProblem``, an `AzureError` when a file cannot be written, or `CancellationError`.
    func unpack(into path: String, below root: String) async throws {
        try await BlockingIO.run { try FileTree.makeDirectory(path, below: root) }
        for entry in entries {
            try Task.checkCancellation()
            try await BlockingIO.run { try self.write(entry, to: "\(path)/\(entry.path)", below: root) }
        }
    }

    private func write(_ entry: Entry, to path: String, below root: String) throws {
        if entry.isDirectory { return try FileTree.makeDirectory(path, below: root) }
        let file = FileHandle(fileDescriptor: try FileTree.makeFile(path, below: root), closeOnDealloc: true)
        try unpack(entry) { try file.write(contentsOf: $0) }
        // Whoever has the node may read and write all of it; without permissions, a file may be a program.
        _ = fchmod(file.fileDescriptor, mode_t((entry.mode ?? ResourceFile.defaultMode) | 0o600))
    }
}
