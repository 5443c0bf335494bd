import AzureCore

/// Where the blobs of a container go below a directory. Their names are not to be trusted.
///
/// A name that would lead out of the directory, or that shares its file with another name (also on file systems
/// that ignore case), is an error; nothing is renamed silently.
struct LocalBlobPaths: Sendable {
    /// Names that are files, folded so that all spellings which some file system takes for one are equal.
    private var files: [String: String] = [:]
    /// Names that are directories, folded alike.
    private var directories: [String: String] = [:]

    /// The path of a blob, relative to the directory.
    mutating func path(of blob: String) throws -> [String] {
        let parts = blob.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        func fail(_ reason: String) -> AzureError {
            .invalidArgument("The blob '\(blob)' cannot become a file: \(reason). Download it by itself.")
        }
        for part in parts {
            guard !part.isEmpty else { throw fail("a part of its name is empty") }
            guard part != ".", part != ".." else { throw fail("its name has the part '\(part)'") }
            guard !part.utf8.contains(0) else { throw fail("its name has a NUL character") }
            guard part.utf8.count <= 255 else { throw fail("a part of its name is longer than 255 bytes") }
        }
        var directory = ""
        for part in parts.dropLast() {
            directory += "\(part.lowercased())/"
            if let file = files[String(directory.dropLast())] { throw fail("'\(file)' is a file") }
            directories[String(directory.dropLast())] = blob
        }
        let folded = directory + (parts.last ?? "").lowercased()
        if let other = directories[folded] { throw fail("'\(other)' needs a directory of that name") }
        if let other = files.updateValue(blob, forKey: folded) {
            throw fail("'\(other)' has the same name to a file system that ignores case")
        }
        return parts
    }
}
