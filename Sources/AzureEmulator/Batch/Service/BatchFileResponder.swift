import AzureCore
import Foundation
import HTTPTypes

/// Lists, reads and deletes the files below a directory of a task or a node: regular files and directories.
///
/// A link stands for what it leads to, with the size and the bytes of that, as for the program that opens it; unless it
/// leads out of the node, then it does not exist. Deleting takes the link itself.
struct BatchFileResponder: Sendable {
    /// The directory on disk.
    let root: String
    /// The directory that links must not lead out of.
    let boundary: String
    /// The URL that the files are below, without a slash at its end: `…/files`.
    let url: String

    /// - Parameters:
    ///   - root: The directory on disk.
    ///   - boundary: The directory that links must not lead out of. The default is nil: the root.
    ///   - url: The URL that the files are below.
    init(root: String, boundary: String? = nil, url: String) {
        (self.root, self.boundary, self.url) = (root, boundary ?? root, url)
    }

    /// What is known of a file.
    private struct Entry: Sendable {
        /// The path below the root, with slashes.
        let name: String
        let status: FileStatus
        var isDirectory: Bool { status.kind == .directory }

        /// Nil for what is neither a file nor a directory: nobody could read it to its end.
        init?(_ name: String, _ status: FileStatus?) {
            guard let status, [.file, .directory].contains(status.kind) else { return nil }
            (self.name, self.status) = (name, status)
        }
    }

    // MARK: Operations

    /// Lists files and directories by name; without `isRecursive` only those right in the root.
    func list(isRecursive: Bool) async throws -> [(key: String, value: JSONValue)] {
        let entries = try await BlockingIO.run { self.entries(isRecursive: isRecursive) }
        return entries.map { entry in
            var item: JSONValue = [
                "name": .string(entry.name), "url": .string(url(of: entry.name)),
                "isDirectory": .bool(entry.isDirectory),
            ]
            if !entry.isDirectory {
                item["properties"] = [
                    "creationTime": .string(ISO8601Date.format(entry.status.lastModified)),
                    "lastModified": .string(ISO8601Date.format(entry.status.lastModified)),
                    "contentLength": .string(String(entry.status.size)), "contentType": "application/octet-stream",
                    "fileMode": .string("0o\(String(entry.status.mode, radix: 8))"),
                ]
            }
            return (entry.name, item)
        }
    }

    /// Size, times and mode as header fields.
    func properties(of path: String, request: EmulatorRequest) async throws -> BatchAnswer {
        let entry = try await entry(path)
        try checkDates(entry, request)
        return BatchAnswer(
            status: 200, headers: headers(of: entry) + [("Content-Length", String(entry.status.size))])
    }

    /// The content, or the range that `ocp-range` names.
    func download(_ path: String, request: EmulatorRequest) async throws -> BatchAnswer {
        guard try await !entry(path).isDirectory else {
            throw BatchServiceError(400, "InvalidInput", "The specified path is a directory.")
        }
        let file = try await BlockingIO.run { NodeFile(try location(of: path)) }
        guard let file, let entry = Entry(path, file.status) else { throw BatchServiceError.notFound("File") }
        try checkDates(entry, request)
        let range = try Self.range(request.header("ocp-range") ?? request.header("Range"), size: file.status.size)
        return BatchAnswer(
            status: 200, headers: headers(of: entry),
            content: HTTPResponseBody(file.chunks(range), length: range.upperBound - range.lowerBound))
    }

    /// Deletes a file, or a directory: with what is in it only when `isRecursive`.
    func delete(_ path: String, isRecursive: Bool) async throws -> BatchAnswer {
        let parts = try Self.parts(of: path)
        let name = FileName(parts.last ?? "")
        try await BlockingIO.run {
            guard let root = PathGuard.resolve(root, inside: boundary),
                let parent = OpenDirectory(root)?.descend(parts.dropLast()), let status = parent.status(of: name)
            else { throw BatchServiceError.notFound("File") }
            // One that cannot be read may have entries.
            if status.kind == .directory, !isRecursive, (try? parent.directory(name)?.names())?.isEmpty != true {
                throw BatchServiceError(
                    409, "OperationInvalidForCurrentState", "The directory is not empty; delete it recursively.")
            }
            guard parent.remove(name) else {
                throw BatchServiceError(500, "IOError", "The file cannot be deleted.")
            }
        }
        return .empty(200)
    }

    // MARK: Files

    /// The names that a path is made of; one that does not stay below the root does not exist.
    private static func parts(of path: String) throws -> [Substring] {
        let parts = path.pathParts
        guard !path.utf8.contains(0), !parts.contains(where: { [".", "..", ""].contains($0) }) else {
            throw BatchServiceError.notFound("File")
        }
        return parts
    }

    /// Where a path leads once all links are followed. What lies outside the boundary does not exist.
    private func location(of path: String) throws -> String {
        _ = try Self.parts(of: path)
        guard let location = PathGuard.resolve("\(root)/\(path)", inside: boundary) else {
            throw BatchServiceError.notFound("File")
        }
        return location
    }

    private func entry(_ path: String) async throws -> Entry {
        try await BlockingIO.run {
            guard let entry = Entry(path, FileStatus(following: try location(of: path))) else {
                throw BatchServiceError.notFound("File")
            }
            return entry
        }
    }

    private func entries(isRecursive: Bool) -> [Entry] {
        guard let root = PathGuard.resolve(root, inside: boundary) else { return [] }
        var entries: [Entry] = []
        var directories = [""]
        while let directory = directories.popLast() {
            let prefix = directory.isEmpty ? "" : "\(directory)/"
            guard let open = OpenDirectory(directory.isEmpty ? root : "\(root)/\(directory)") else { continue }
            for name in (try? open.names()) ?? [] {
                // A file may go away while a task runs.
                guard let text = name.text, let status = open.status(of: name) else { continue }
                let path = prefix + text
                let target =
                    status.kind == .link
                    ? PathGuard.resolve("\(root)/\(path)", inside: boundary).flatMap { FileStatus(following: $0) }
                    : status
                guard let entry = Entry(path, target) else { continue }
                entries.append(entry)
                // Links to directories may lead back to where they are.
                if status.kind == .directory, isRecursive { directories.append(path) }
            }
        }
        return entries.sorted { $0.name < $1.name }
    }

    // MARK: Header fields

    private func headers(of entry: Entry) -> [(String, String)] {
        let modified = RFC1123Date.format(entry.status.lastModified)
        return [
            ("Last-Modified", modified), ("ETag", entry.status.tag), ("ocp-creation-time", modified),
            ("ocp-batch-file-isdirectory", entry.isDirectory ? "True" : "False"),
            ("ocp-batch-file-url", PercentEncoding.encode(url(of: entry.name))),
            ("ocp-batch-file-mode", "0o\(String(entry.status.mode, radix: 8))"),
            ("Content-Type", "application/octet-stream"),
        ]
    }

    private func url(of path: String) -> String { "\(url)/\(PercentEncoding.encodePath(path))" }

    private func checkDates(_ entry: Entry, _ request: EmulatorRequest) throws {
        var version = BatchResourceVersion(now: entry.status.lastModified)
        version.etag = ""
        try BatchConditions(request).check(version)
    }

    /// Reads `bytes=FIRST-LAST`; the last byte may be left out, or lie behind the end.
    static func range(_ header: String?, size: Int64) throws -> Range<Int64> {
        guard let header else { return 0..<size }
        let ends = header.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard header.hasPrefix("bytes="), ends.count == 2, let first = Int64(ends[0]), first >= 0,
            let last = ends[1].isEmpty ? Int64.max : Int64(ends[1]), last >= first
        else { throw BatchServiceError.invalidHeader("ocp-range", header) }
        guard first < size else { throw BatchServiceError.invalidRange }
        // The last byte of the file at most, so that one more is no overflow.
        return first..<(min(size - 1, last) + 1)
    }
}
