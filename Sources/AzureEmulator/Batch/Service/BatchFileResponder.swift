#if Emulator
import AzureCore
import Foundation
import HTTPTypes

/// Lists, reads and deletes the files below a directory of a task or a node.
struct BatchFileResponder: Sendable {
    /// The directory on disk.
    let root: URL
    /// The URL that the files are below, without a slash at its end: `…/files`.
    let url: String

    /// What is known of a file.
    private struct Entry: Sendable {
        /// The path below the root, with slashes.
        let name: String
        let size: Int64
        let isDirectory: Bool
        let lastModified: Date
        let mode: Int
    }

    // MARK: Operations

    /// Lists files and directories by name; without `isRecursive` only those right in the root.
    func list(isRecursive: Bool) async throws -> [(key: String, value: JSONValue)] {
        let root = root
        let entries = try await BlockingIO.run { try Self.entries(below: root, isRecursive: isRecursive) }
        return entries.map { entry in
            var item: JSONValue = [
                "name": .string(entry.name), "url": .string(url(of: entry.name)),
                "isDirectory": .bool(entry.isDirectory),
            ]
            if !entry.isDirectory {
                item["properties"] = [
                    "creationTime": .string(ISO8601Date.format(entry.lastModified)),
                    "lastModified": .string(ISO8601Date.format(entry.lastModified)),
                    "contentLength": .string(String(entry.size)), "contentType": "application/octet-stream",
                    "fileMode": .string("0o\(String(entry.mode, radix: 8))"),
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
            status: 200, headers: headers(of: entry, path) + [("Content-Length", String(entry.size))])
    }

    /// The content, or the range that `ocp-range` names.
    func download(_ path: String, request: EmulatorRequest) async throws -> BatchAnswer {
        let entry = try await entry(path)
        guard !entry.isDirectory else {
            throw BatchServiceError(400, "InvalidInput", "The specified path is a directory.")
        }
        try checkDates(entry, request)
        let range = try Self.range(request.header("ocp-range") ?? request.header("Range"), size: entry.size)
        let body = HTTPBody(
            file: .init(path: try location(of: path).path, offset: range.lowerBound, length: Int64(range.count)))
        return BatchAnswer(
            status: 200, headers: headers(of: entry, path),
            content: HTTPResponseBody(body.chunks(), length: Int64(range.count)))
    }

    /// Deletes a file, or a directory: with what is in it only when `isRecursive`.
    func delete(_ path: String, isRecursive: Bool) async throws -> BatchAnswer {
        let entry = try await entry(path)
        let location = try location(of: path)
        try await BlockingIO.run {
            let files = FileManager.default
            if entry.isDirectory, !isRecursive, try !files.contentsOfDirectory(atPath: location.path).isEmpty {
                throw BatchServiceError(
                    409, "OperationInvalidForCurrentState", "The directory is not empty; delete it recursively.")
            }
            try files.removeItem(at: location)
        }
        return .empty(200)
    }

    // MARK: Files

    /// Where a path lies on disk; a path that leads out of the root, be it through a link, does not exist.
    private func location(of path: String) throws -> URL {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !path.contains("\0"), !parts.contains(where: { [".", "..", ""].contains($0) }) else {
            throw BatchServiceError.notFound("File")
        }
        let location = root.appendingPathComponent(path)
        let real = location.resolvingSymlinksInPath().path
        guard real.hasPrefix(root.resolvingSymlinksInPath().path + "/") else {
            throw BatchServiceError.notFound("File")
        }
        return location
    }

    private func entry(_ path: String) async throws -> Entry {
        let location = try location(of: path)
        return try await BlockingIO.run {
            guard let entry = try? Self.entry(path, at: location) else { throw BatchServiceError.notFound("File") }
            return entry
        }
    }

    private static func entry(_ name: String, at location: URL) throws -> Entry {
        let attributes = try FileManager.default.attributesOfItem(atPath: location.path)
        return Entry(
            name: name, size: (attributes[.size] as? NSNumber)?.int64Value ?? 0,
            isDirectory: attributes[.type] as? FileAttributeType == .typeDirectory,
            lastModified: attributes[.modificationDate] as? Date ?? Date(timeIntervalSince1970: 0),
            mode: (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0)
    }

    private static func entries(below root: URL, isRecursive: Bool) throws -> [Entry] {
        var entries: [Entry] = []
        var directories = [""]
        while let directory = directories.popLast() {
            let location = directory.isEmpty ? root : root.appendingPathComponent(directory)
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: location.path) else { continue }
            for name in names {
                let path = directory.isEmpty ? name : "\(directory)/\(name)"
                // A file may go away while a task runs.
                guard let entry = try? entry(path, at: root.appendingPathComponent(path)) else { continue }
                entries.append(entry)
                if entry.isDirectory, isRecursive { directories.append(path) }
            }
        }
        return entries.sorted { $0.name < $1.name }
    }

    // MARK: Header fields

    private func headers(of entry: Entry, _ path: String) -> [(String, String)] {
        [
            ("Last-Modified", RFC1123Date.format(entry.lastModified)),
            ("ETag", "0x\(String(Int64(entry.lastModified.timeIntervalSince1970 * 1e6) ^ entry.size, radix: 16))"),
            ("ocp-creation-time", RFC1123Date.format(entry.lastModified)),
            ("ocp-batch-file-isdirectory", entry.isDirectory ? "True" : "False"),
            ("ocp-batch-file-url", PercentEncoding.encode(url(of: path))),
            ("ocp-batch-file-mode", "0o\(String(entry.mode, radix: 8))"),
            ("Content-Type", "application/octet-stream"),
        ]
    }

    private func url(of path: String) -> String { "\(url)/\(PercentEncoding.encodePath(path))" }

    private func checkDates(_ entry: Entry, _ request: EmulatorRequest) throws {
        var version = BatchResourceVersion(now: entry.lastModified)
        version.etag = ""
        try BatchConditions(request).check(version)
    }

    /// Reads `bytes=FIRST-LAST`; the last byte may be left out, or lie behind the end.
    static func range(_ header: String?, size: Int64) throws -> Range<Int64> {
        guard let header else { return 0..<size }
        let ends = header.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard header.hasPrefix("bytes="), ends.count == 2, let first = Int64(ends[0]), first >= 0,
            let last = ends[1].isEmpty ? Int64.max - 1 : Int64(ends[1]), last >= first
        else { throw BatchServiceError.invalidHeader("ocp-range", header) }
        guard first < size else { throw BatchServiceError.invalidRange }
        return first..<min(size, last + 1)
    }
}
#endif
