#if Emulator
import Foundation
import GRDBSQLite
import Synchronization

/// Has SQLite keep the files of a directory of a certain name on disks that forget. All others stay where they are: it
/// stands in the place of SQLite's own file system, and passes on to it what is not for it.
enum ForgetfulFileSystem {
    private static let root = "/forgetful-disk/"
    private static let disks = Mutex<[String: ForgetfulDisk]>([:])

    /// Runs a test with the path of a database on a disk.
    static func with<Result>(_ disk: ForgetfulDisk, _ body: (_ path: String) throws -> Result) rethrows -> Result {
        _ = isRegistered
        let name = UUID().uuidString
        disks.withLock { $0[name] = disk }
        defer { _ = disks.withLock { $0.removeValue(forKey: name) } }
        return try body("\(root)\(name)/data.sqlite")
    }

    /// The disk of a path, and the name that the file has there.
    fileprivate static func find(_ path: UnsafePointer<CChar>?) -> (disk: ForgetfulDisk, name: String)? {
        guard let path else { return nil }
        let text = String(cString: path)
        guard text.hasPrefix(root) else { return nil }
        let parts = text.dropFirst(root.count).split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let disk = disks.withLock({ $0[String(parts[0])] }) else { return nil }
        return (disk, String(parts[1]))
    }

    /// SQLite's own file system.
    nonisolated(unsafe) fileprivate static let original = sqlite3_vfs_find(nil)!

    private static let isRegistered: Bool = {
        let system = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        system.initialize(to: original.pointee)
        system.pointee.zName = UnsafePointer(strdup("forgetful"))
        system.pointee.pNext = nil
        system.pointee.szOsFile = max(original.pointee.szOsFile, Int32(MemoryLayout<OpenFile>.size))
        system.pointee.xOpen = { _, name, file, flags, outFlags in
            guard let found = find(name) else { return original.pointee.xOpen(original, name, file, flags, outFlags) }
            return open(found.disk, found.name, file, flags, outFlags)
        }
        system.pointee.xDelete = { _, name, syncsDirectory in
            guard let found = find(name) else { return original.pointee.xDelete(original, name, syncsDirectory) }
            return result(SQLITE_IOERR) {
                try found.disk.removeFile(found.name)
                if syncsDirectory != 0 { try found.disk.syncNames() }
            }
        }
        system.pointee.xAccess = { _, name, flags, answer in
            guard let found = find(name) else { return original.pointee.xAccess(original, name, flags, answer) }
            answer?.pointee = found.disk.file(found.name) == nil ? 0 : 1
            return SQLITE_OK
        }
        system.pointee.xFullPathname = { _, name, size, answer in
            guard find(name) != nil, let name, strlen(name) < Int(size) else {
                return original.pointee.xFullPathname(original, name, size, answer)
            }
            strcpy(answer!, name)
            return SQLITE_OK
        }
        return sqlite3_vfs_register(system, 1) == SQLITE_OK
    }()

    fileprivate static func result(_ failure: Int32, _ body: () throws -> Void) -> Int32 {
        do {
            try body()
            return SQLITE_OK
        } catch {
            return failure
        }
    }

    private static func open(
        _ disk: ForgetfulDisk, _ name: String, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
        _ outFlags: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let file else { return SQLITE_CANTOPEN }
        file.pointee.pMethods = nil
        let known = disk.file(name)
        guard let number = known ?? (try? disk.makeFile(name)) else { return SQLITE_CANTOPEN }
        let isJournal = flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL) != 0
        let handle = Handle(disk, name, number, syncsNames: known == nil && isJournal)
        handle.isTemporary = flags & SQLITE_OPEN_DELETEONCLOSE != 0
        file.withMemoryRebound(to: OpenFile.self, capacity: 1) { file in
            file.initialize(
                to: OpenFile(
                    base: sqlite3_file(pMethods: methods), handle: Unmanaged.passRetained(handle).toOpaque()))
        }
        outFlags?.pointee = flags
        return SQLITE_OK
    }

    nonisolated(unsafe) private static let methods: UnsafePointer<sqlite3_io_methods> = {
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        methods.initialize(to: sqlite3_io_methods())
        methods.pointee.iVersion = 1
        methods.pointee.xClose = { file in
            let opaque = openFile(file).pointee.handle
            let handle = Unmanaged<Handle>.fromOpaque(opaque).takeRetainedValue()
            if handle.isTemporary { try? handle.disk.removeFile(handle.name) }
            return SQLITE_OK
        }
        methods.pointee.xRead = { file, buffer, count, position in
            let handle = handle(file)
            guard let data = try? handle.disk.read(handle.number, at: Int(position), count: Int(count)) else {
                return Failure.read
            }
            memset(buffer!, 0, Int(count))
            data.withUnsafeBytes { if let bytes = $0.baseAddress { memcpy(buffer!, bytes, data.count) } }
            return data.count == Int(count) ? SQLITE_OK : Failure.shortRead
        }
        methods.pointee.xWrite = { file, buffer, count, position in
            let handle = handle(file)
            let data = Data(bytes: buffer!, count: Int(count))
            return result(Failure.write) { try handle.disk.write(data, to: handle.number, at: Int(position)) }
        }
        methods.pointee.xTruncate = { file, length in
            let handle = handle(file)
            return result(Failure.truncate) { try handle.disk.truncate(handle.number, to: Int(length)) }
        }
        methods.pointee.xSync = { file, _ in
            let handle = handle(file)
            return result(Failure.sync) {
                try handle.disk.sync(handle.number)
                // As SQLite's own file system does for a journal that is new.
                if handle.syncsNames { try handle.disk.syncNames() }
                handle.syncsNames = false
            }
        }
        methods.pointee.xFileSize = { file, answer in
            let handle = handle(file)
            answer?.pointee = sqlite3_int64(handle.disk.size(handle.number))
            return SQLITE_OK
        }
        methods.pointee.xLock = { _, _ in SQLITE_OK }
        methods.pointee.xUnlock = { _, _ in SQLITE_OK }
        methods.pointee.xCheckReservedLock = { _, answer in
            answer?.pointee = 0
            return SQLITE_OK
        }
        methods.pointee.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        methods.pointee.xSectorSize = { _ in 4096 }
        methods.pointee.xDeviceCharacteristics = { _ in 0 }
        return UnsafePointer(methods)
    }()

    fileprivate static func openFile(_ file: UnsafeMutablePointer<sqlite3_file>?) -> UnsafeMutablePointer<OpenFile> {
        UnsafeMutableRawPointer(file!).assumingMemoryBound(to: OpenFile.self)
    }

    fileprivate static func handle(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Handle {
        Unmanaged<Handle>.fromOpaque(openFile(file).pointee.handle).takeUnretainedValue()
    }
}

/// SQLite's codes, which are expressions in C.
private enum Failure {
    static let read = SQLITE_IOERR | 1 << 8
    static let shortRead = SQLITE_IOERR | 2 << 8
    static let write = SQLITE_IOERR | 3 << 8
    static let sync = SQLITE_IOERR | 4 << 8
    static let truncate = SQLITE_IOERR | 6 << 8
}

/// What SQLite holds of an open file: its own part first.
private struct OpenFile {
    var base: sqlite3_file
    var handle: UnsafeMutableRawPointer
}

/// An open file. Only one connection uses it.
private final class Handle {
    let disk: ForgetfulDisk
    let name: String
    let number: Int
    /// Whether the next sync has to sync the names of the directory, too.
    var syncsNames: Bool
    var isTemporary = false

    init(_ disk: ForgetfulDisk, _ name: String, _ number: Int, syncsNames: Bool) {
        (self.disk, self.name, self.number, self.syncsNames) = (disk, name, number, syncsNames)
    }
}
#endif
