#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension LocalFile {
    /// Sets the time of modification, and that of the last access.
    ///
    /// - Parameters:
    ///   - seconds: Since the beginning of 1970.
    ///   - nanoseconds: From 0 to 999,999,999.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/fileError`` for a time that the system cannot keep.
    package func setModified(seconds: Int64, nanoseconds: Int64) throws {
        guard let seconds = time_t(exactly: seconds), let nanoseconds = Int(exactly: nanoseconds),
            (0..<1_000_000_000).contains(nanoseconds)
        else {
            throw AzureError(
                code: .fileError,
                message: "'\(name)' cannot be given a time of modification \(seconds) seconds after 1970.")
        }
        let time = timespec(tv_sec: seconds, tv_nsec: nanoseconds)
        guard futimens(descriptor, [time, time]) == 0 else {
            throw Self.error(name, "given a time of modification", errno)
        }
    }
}
