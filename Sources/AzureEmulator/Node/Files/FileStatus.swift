import CEmulatorSupport
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
    /// What a path leads to; nil when it leads nowhere.
    init?(following path: String) {
        var status = azure_file_status()
        guard azure_get_file_status(AT_FDCWD, path, 1, &status) == 0 else { return nil }
        self.init(status)
    }

    /// What an open file is; nil when the descriptor is none.
    init?(_ descriptor: Int32) {
        var status = azure_file_status()
        guard azure_get_file_status(descriptor, nil, 0, &status) == 0 else { return nil }
        self.init(status)
    }

    /// What an entry of an open directory is, links not followed; nil when there is none.
    init?(of name: FileName, in directory: Int32) {
        var status = azure_file_status()
        guard name.withPointer({ azure_get_file_status(directory, $0, 0, &status) }) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: azure_file_status) {
        let type = status.mode & UInt32(S_IFMT)
        let kind: Kind =
            type == UInt32(S_IFREG)
            ? .file : type == UInt32(S_IFDIR) ? .directory : type == UInt32(S_IFLNK) ? .link : .other
        self.init(
            kind: kind, size: max(0, status.size), mode: status.mode & 0o7777, owner: status.owner,
            modified: (status.modified_seconds, status.modified_nanoseconds))
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
