#if Emulator
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Directories and what is in them.
enum FileTree {
    /// Removes a file or a directory with everything in it, also what tasks made unreadable.
    ///
    /// - Returns: Whether it is gone.
    @discardableResult
    static func remove(_ path: String) -> Bool {
        if (try? FileManager.default.removeItem(atPath: path)) != nil { return true }
        // Links are not followed.
        guard let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType else {
            return true
        }
        guard type == .typeDirectory else { return unlink(path) == 0 }
        chmod(path, 0o700)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            remove("\(path)/\(name)")
        }
        return rmdir(path) == 0
    }

    /// Makes a directory and those above it.
    static func makeDirectory(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Makes an empty file, or empties one.
    static func writeEmpty(_ path: String) throws {
        try Data().write(to: URL(fileURLWithPath: path))
    }
}
#endif
