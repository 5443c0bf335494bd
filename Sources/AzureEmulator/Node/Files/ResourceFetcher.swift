import AzureCore
import Foundation
import HTTPTypes

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Fetches the resource files of a task over HTTP.
struct ResourceFetcher: Sendable {
    /// What sends the requests.
    let requests: NodeRequests
    /// The storage that is linked to the account; nil when none is.
    var linkedStorage: LinkedStorage?

    /// How much is asked for at once, so that no file has to fit into memory.
    static let rangeSize: Int64 = 8 * 1024 * 1024

    /// Fetches files into a directory.
    ///
    /// - Throws: A ``TaskFailure`` for the first file that cannot be had, or `CancellationError`.
    func fetch(_ files: [ResourceFile], into directory: String) async throws {
        for file in files {
            switch file.source {
            case .file(let url):
                try await fetch(url, to: file.path, in: directory, mode: file.mode)
            case .container(let url, let prefix): try await fetch(file, from: url, prefix, into: directory)
            case .linkedContainer(let name, let prefix):
                guard let linkedStorage else { throw TaskFailure.noLinkedStorage(name) }
                let url = linkedStorage.containerURL(name, now: requests.timeSource.now())
                try await fetch(file, from: url, prefix, into: directory)
            }
        }
    }

    /// Fetches the blobs of a container.
    private func fetch(
        _ file: ResourceFile, from container: String, _ prefix: String, into directory: String
    ) async throws {
        // Some tools mark directories with empty blobs of that name.
        for name in try await list(container, prefix: prefix).map(\.name) where !name.hasSuffix("/") {
            let path = file.path.isEmpty || file.path == "." ? name : "\(file.path)/\(name)"
            let blob = NodeRequests.blobURL(name, container: container)
            try await fetch(blob, to: path, in: directory, mode: file.mode)
        }
    }

    /// Fetches a file.
    func fetch(_ url: String, to path: String, in directory: String, mode: UInt32) async throws {
        let details = [
            TaskFailure.Detail(name: "BlobSource", value: Redactor.url(url)),
            TaskFailure.Detail(name: "FilePath", value: path),
        ]
        guard ResourceFile.isSafe(path) else {
            throw TaskFailure(
                .user, "ResourceFileCreateFailed", "Failure encountered creating resource file",
                details: details + [.init(name: "Message", value: "The path leaves the working directory")])
        }
        let target: FileHandle
        do {
            target = try await BlockingIO.run {
                // A link on the way is refused: a task that ran here before may have put it there.
                FileHandle(fileDescriptor: try FileTree.makeFile(path, below: directory), closeOnDealloc: true)
            }
        } catch {
            throw TaskFailure(
                .server, "ResourceFileCreateFailed", "Failure encountered creating resource file",
                details: details + [.init(name: "Message", value: "\(error)")])
        }
        defer { try? target.close() }
        do {
            try await download(url, into: target)
            // Not before: the file may be one that nobody may write to.
            fchmod(target.fileDescriptor, mode_t(mode))
        } catch let problem as NodeRequestProblem {
            throw problem.blobFailure(details)
        } catch let error as HTTPTransportError {
            throw NodeRequestProblem(error).blobFailure(details)
        }
    }
}

extension ResourceFetcher {
    private func download(_ url: String, into target: FileHandle) async throws {
        var offset: Int64 = 0
        var etag: String?
        while true {
            let part = try await get(url, from: offset, etag: etag)
            // A service that knows no ranges sends everything at once; one whose file is empty refuses the range.
            if part.status == 416, offset == 0 { return }
            let start = offset
            for try await chunk in part.body {
                offset += Int64(chunk.count)
                do {
                    try await BlockingIO.run { try target.write(contentsOf: chunk) }
                } catch {
                    throw TaskFailure(.server, "ResourceFileWriteFailed", "Failure encountered writing resource file")
                }
            }
            etag = etag ?? part.etag
            // A part without bytes would be asked for again and again.
            guard part.body.length.map({ offset - start == $0 }) ?? true, part.status != 206 || offset > start else {
                throw NodeRequestProblem.other("It ended after \(offset) bytes")
            }
            guard part.status == 206, let total = part.total, offset < total else { return }
        }
    }

    private struct Part {
        let status: Int
        let total: Int64?
        let etag: String?
        let body: HTTPResponseBody
    }

    private func get(_ url: String, from offset: Int64, etag: String?) async throws -> Part {
        var headers: HTTPFields = [.acceptEncoding: "identity"]
        headers[.range] = "bytes=\(offset)-\(offset + Self.rangeSize - 1)"
        if let etag { headers[.ifMatch] = etag }
        let response = try await requests.get(url, headers: headers, accepting: [200, 206, 416])
        let range = response.head.headerFields[.contentRange]
        let total = range?.split(separator: "/").last.flatMap { Int64($0) }
        let status = response.head.status.code
        if status == 416, offset > 0 { throw NodeRequestProblem.status(416, code: nil) }
        return Part(
            status: status, total: total, etag: response.head.headerFields[.eTag], body: response.body)
    }

    /// The blobs of a container whose names start with a prefix.
    func list(_ url: String, prefix: String) async throws -> [BlobListing.Entry] {
        var entries: [BlobListing.Entry] = []
        var marker = ""
        var seen: Set<String> = []
        do {
            repeat {
                var query = "restype=container&comp=list&prefix=\(PercentEncoding.encode(prefix))"
                if !marker.isEmpty { query += "&marker=\(PercentEncoding.encode(marker))" }
                let page = try await requests.get(
                    url + (url.contains("?") ? "&" : "?") + query, headers: [:], accepting: [200])
                let data = try await page.body.collect(upTo: 32 * 1024 * 1024)
                guard let listing = BlobListing(data) else { throw NodeRequestProblem.other("The list is not XML") }
                entries += listing.entries
                marker = listing.nextMarker
                guard seen.insert(marker).inserted else {
                    throw NodeRequestProblem.other("The list comes back to a page that was there before")
                }
            } while !marker.isEmpty
        } catch let problem as NodeRequestProblem {
            throw problem.containerFailure([.init(name: "BlobSource", value: Redactor.url(url))])
        } catch let error as HTTPTransportError {
            throw NodeRequestProblem(error).containerFailure([.init(name: "BlobSource", value: Redactor.url(url))])
        }
        return entries
    }
}

extension NodeRequestProblem {
    fileprivate func blobFailure(_ details: [TaskFailure.Detail]) -> TaskFailure {
        switch self {
        case .status(404, _):
            TaskFailure(
                .user, "BlobNotFound", "One of the specified Azure Blob(s) is not found", details: details)
        case .status(401, _), .status(403, _):
            TaskFailure(
                .user, "BlobAccessDenied", "Access for one of the specified Azure Blob(s) is denied",
                details: details)
        case .timedOut:
            TaskFailure(
                .server, "BlobDownloadTimedOut",
                "Timeout encountered while downloading one of the specified Azure Blob(s)", details: details)
        default:
            TaskFailure(
                .server, "BlobDownloadMiscError",
                "Miscellaneous error encountered while downloading one of the specified Azure Blob(s)",
                details: details + [.init(name: "Message", value: reason)])
        }
    }

    fileprivate func containerFailure(_ details: [TaskFailure.Detail]) -> TaskFailure {
        switch self {
        case .status(404, _):
            TaskFailure(
                .user, "ResourceContainerNotFound", "One of the specified Azure Blob container(s) is not found",
                details: details)
        case .status(401, _), .status(403, _):
            TaskFailure(
                .user, "ResourceContainerAccessDenied",
                "Access for one of the specified Azure Blob container(s) is denied", details: details)
        default:
            TaskFailure(
                .server, "ResourceContainerListMiscError",
                "Miscellaneous error encountered while listing one of the specified Azure Blob container(s)",
                details: details + [.init(name: "Message", value: reason)])
        }
    }
}

extension TaskFailure {
    fileprivate static func noLinkedStorage(_ container: String) -> TaskFailure {
        TaskFailure(
            .user, "ResourceContainerListMiscError",
            "Miscellaneous error encountered while listing one of the specified Azure Blob container(s)",
            details: [
                Detail(name: "Message", value: "No storage is linked to the account for the container '\(container)'")
            ])
    }
}
