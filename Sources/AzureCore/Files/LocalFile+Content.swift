package import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension LocalFile {
    /// Reads bytes; fewer only at the end of the file. No more memory is taken than the file has bytes there.
    package func read(at offset: Int64, count: Int) throws -> Data {
        let (rest, isBehind) = try size.subtractingReportingOverflow(offset)
        guard offset >= 0, count > 0, !isBehind, rest > 0 else { return Data() }
        let wanted = min(count, Int(clamping: rest))
        var data = Data(count: wanted)
        let done = try data.withUnsafeMutableBytes { try read(at: offset, into: $0) }
        return done == wanted ? data : data.prefix(done)
    }

    /// Fills memory with bytes, and says how many there were; fewer only at the end of the file.
    package func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try checkPlace(offset, count: buffer.count)
        var done = 0
        while done < buffer.count {
            let more = pread(
                descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset) + off_t(done))
            if more == 0 { break }
            guard more > 0 || errno == EINTR else { throw Self.error(name, "read", errno) }
            done += max(more, 0)
        }
        return done
    }

    package func write(_ data: Data, at offset: Int64) throws {
        try checkPlace(offset, count: data.count)
        try data.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let more = pwrite(
                    descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset) + off_t(done))
                guard more > 0 || errno == EINTR else { throw Self.error(name, "written", errno) }
                done += max(more, 0)
            }
        }
    }

    /// Refuses a place that no file has.
    private func checkPlace(_ offset: Int64, count: Int) throws {
        guard offset >= 0, !offset.addingReportingOverflow(Int64(count)).overflow else {
            throw AzureError.invalidArgument("\(count) bytes at \(offset) are no place in the file '\(name)'.")
        }
    }
}
