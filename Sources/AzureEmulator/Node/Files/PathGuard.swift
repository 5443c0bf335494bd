#if Emulator
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Keeps paths that come from elsewhere inside a directory.
enum PathGuard {
    /// Whether something that exists lies inside a directory, or is that directory, once all links are followed.
    static func isInside(_ path: String, root: String) -> Bool {
        guard let path = resolve(path), let root = resolve(root) else { return false }
        return path == root || path.hasPrefix(root + "/")
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
#endif
