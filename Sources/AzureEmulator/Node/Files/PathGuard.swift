#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Keeps paths that come from elsewhere inside a directory.
enum PathGuard {
    /// Where something lies once all links are followed; nil when it is not there, or not inside a directory.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - root: The directory, which is inside itself.
    static func resolve(_ path: String, inside root: String) -> String? {
        guard let path = resolve(path), let root = resolve(root) else { return nil }
        return path == root || path.hasPrefix(root + "/") ? path : nil
    }

    /// Where something lies once all links are followed, as an absolute path; nil when it is not there.
    static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
