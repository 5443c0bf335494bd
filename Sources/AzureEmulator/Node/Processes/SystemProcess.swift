import CEmulatorSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A process of this machine, as the kernel describes it.
struct SystemProcess: Sendable, Hashable {
    /// Its number.
    let id: Int32
    /// The number of its parent.
    let parent: Int32
    /// The session that it belongs to.
    let session: Int32
    /// Whether it has ended and only waits for its parent to ask how.
    let isZombie: Bool
    /// When it started, in ticks since the machine did. Together with ``id`` it names the process for good.
    let startTime: UInt64

    /// The number of the current process.
    static let current: Int32 = getpid()
}

extension SystemProcess {
    #if os(Linux)
    /// Every process that can be seen.
    static func all() -> [SystemProcess] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var result: [SystemProcess] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let id = Int32(name), let process = SystemProcess(id: id) { result.append(process) }
        }
        return result
    }

    /// The process with a number; nil when there is none.
    init?(id: Int32) {
        // The name of the program stands in parentheses and may itself have any character.
        guard let text = Self.read("/proc/\(id)/stat", limit: 4096),
            let end = text.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = text[(end + 1)...].split(separator: UInt8(ascii: " "))
        func number(_ index: Int) -> UInt64? {
            fields.indices.contains(index) ? UInt64(String(decoding: fields[index], as: UTF8.self)) : nil
        }
        guard let state = fields.first?.first, let parent = number(1), let session = number(3),
            let startTime = number(19)
        else { return nil }
        self.id = id
        self.parent = Int32(truncatingIfNeeded: parent)
        self.session = Int32(truncatingIfNeeded: session)
        isZombie = state == UInt8(ascii: "Z") || state == UInt8(ascii: "X")
        self.startTime = startTime
    }

    /// Its environment when it started, as `NAME=value` separated by zero bytes; nil when that is secret.
    var environment: [UInt8]? { Self.read("/proc/\(id)/environ", limit: 4 * 1024 * 1024) }

    /// Its working directory; nil when that is secret.
    var workingDirectory: String? { Self.link("/proc/\(id)/cwd") }

    /// The namespace that its number belongs to; nil when that is secret.
    var namespace: String? { Self.link("/proc/\(id)/ns/pid") }

    private static func link(_ path: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            let count = readlink(path, buffer.baseAddress!, buffer.count)
            guard count > 0 else { return nil }
            return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    private static func read(_ path: String, limit: Int) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var result: [UInt8] = []
        return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            while result.count < limit {
                let count = Glibc.read(file, buffer.baseAddress!, buffer.count)
                if count < 0 { return errno == EINTR ? result : nil }
                if count == 0 { break }
                result.append(contentsOf: buffer.prefix(count))
            }
            return result
        }
    }
    #else
    /// Without `/proc`, only process groups are known.
    static func all() -> [SystemProcess] { [] }

    /// The process with a number; nil when there is none.
    init?(id: Int32) {
        guard kill(id, 0) == 0 else { return nil }
        self.init(id: id, parent: 0, session: getsid(id), isZombie: false, startTime: 0)
    }

    private init(id: Int32, parent: Int32, session: Int32, isZombie: Bool, startTime: UInt64) {
        self.id = id
        self.parent = parent
        self.session = session
        self.isZombie = isZombie
        self.startTime = startTime
    }

    var environment: [UInt8]? { nil }
    var workingDirectory: String? { nil }
    var namespace: String? { nil }
    #endif

    /// The limit on file locks, which marks the processes of a run; nil when that is secret.
    var lockLimit: UInt64? {
        var limit: UInt64 = 0
        return azure_get_lock_limit(id, &limit) == 0 ? limit : nil
    }
}
