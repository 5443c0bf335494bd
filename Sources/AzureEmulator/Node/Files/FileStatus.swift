import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the file system says of an entry.
struct FileStatus: Sendable {
    enum Kind: Sendable {
        case file, directory, link
        /// A pipe, a socket or a device.
        case other
    }

    let kind: Kind
    /// The number of bytes.
    let size: Int64
    /// The permissions.
    let mode: UInt32
    /// Who owns it.
    let owner: UInt32
    /// When it was changed last: seconds since 1970, as far from it as whoever set them liked, and nanoseconds.
    let modified: (seconds: Int64, nanoseconds: Int64)
}

extension FileStatus {
    init(_ status: stat) {
        let type = UInt32(status.st_mode) & UInt32(S_IFMT)
        let kind: Kind =
            type == UInt32(S_IFREG)
            ? .file : type == UInt32(S_IFDIR) ? .directory : type == UInt32(S_IFLNK) ? .link : .other
        #if canImport(Darwin)
        let modified = status.st_mtimespec
        #else
        let modified = status.st_mtim
        #endif
        self.init(
            kind: kind, size: max(0, Int64(status.st_size)), mode: UInt32(status.st_mode) & 0o7777,
            owner: UInt32(status.st_uid), modified: (Int64(modified.tv_sec), Int64(modified.tv_nsec)))
    }

    /// What a path leads to; nil when it leads nowhere.
    init?(following path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// What an open file is; nil when the descriptor is none.
    init?(_ descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    /// ``modified`` as a date.
    var lastModified: Date {
        Date(timeIntervalSince1970: Double(modified.seconds) + Double(modified.nanoseconds) / 1e9)
    }

    /// A text that changes when the file does. Times that no clock shows wrap around.
    var tag: String {
        let microseconds = modified.seconds &* 1_000_000 &+ modified.nanoseconds / 1000
        return "0x" + String(UInt64(bitPattern: microseconds ^ size), radix: 16)
    }
}
