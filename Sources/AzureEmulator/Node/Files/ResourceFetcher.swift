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
    let transport: any HTTPTransport
    let timeSource: TimeSource

    /// How much is asked for at once, so that no file has to fit into memory.
    static let rangeSize: Int64 = 8 * 1024 * 1024
    private static let retry = RetryOptions(
        maxRetries: 2, baseDelay: .milliseconds(200), overallDeadline: .seconds(60))

    /// Fetches files into a directory.
    ///
    /// - Throws: A ``TaskFailure`` for the first file that cannot be had, or `CancellationError`.
    func fetch(_ files: [ResourceFile], into directory: String) async throws {
        for file in files {
            switch file.source {
            case .file(let url):
                try await fetch(url, to: file.path, in: directory, mode: file.mode)
            case .container(let url, let prefix):
                // Some tools mark directories with empty blobs of that name.
                for name in try await list(url, prefix: prefix).map(\.name) where !name.hasSuffix("/") {
                    let path = file.path.isEmpty || file.path == "." ? name : "\(file.path)/\(name)"
                    let blob = try Self.blobURL(name, container: url)
                    try await fetch(blob, to: path, in: directory, mode: file.mode)
                }
            }
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
        } catch let problem as DownloadProblem {
            throw problem.blobFailure(details)
        } catch let error as HTTPTransportError {
            throw DownloadProblem(error).blobFailure(details)
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
                throw DownloadProblem.other("It ended after \(offset) bytes")
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
        let response = try await send(url, headers: headers, accepting: [200, 206, 416])
        let range = response.head.headerFields[.contentRange]
        let total = range?.split(separator: "/").last.flatMap { Int64($0) }
        let status = response.head.status.code
        if status == 416, offset > 0 { throw DownloadProblem.status(416) }
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
                let page = try await send(
                    url + (url.contains("?") ? "&" : "?") + query, headers: [:], accepting: [200])
                let data = try await page.body.collect(upTo: 32 * 1024 * 1024)
                guard let listing = BlobListing(data) else { throw DownloadProblem.other("The list is not XML") }
                entries += listing.entries
                marker = listing.nextMarker
                guard seen.insert(marker).inserted else {
                    throw DownloadProblem.other("The list comes back to a page that was there before")
                }
            } while !marker.isEmpty
        } catch let problem as DownloadProblem {
            throw problem.containerFailure([.init(name: "BlobSource", value: Redactor.url(url))])
        } catch let error as HTTPTransportError {
            throw DownloadProblem(error).containerFailure([.init(name: "BlobSource", value: Redactor.url(url))])
        }
        return entries
    }

    private static func blobURL(_ name: String, container: String) throws -> String {
        let base = container.prefix { $0 != "?" }
        return base + (base.hasSuffix("/") ? "" : "/") + PercentEncoding.encodePath(name)
            + container.dropFirst(base.count)
    }

    /// Sends a GET, again after a transient failure, and follows redirects.
    private func send(
        _ url: String, headers: HTTPFields, accepting statuses: Set<Int>
    ) async throws -> HTTPTransportResponse {
        var schedule = RetrySchedule(options: Self.retry, isUnsafe: false)
        let start = timeSource.uptime()
        while true {
            let problem: DownloadProblem
            let outcome: RetrySchedule.Outcome?
            do {
                let response = try await follow(url, headers: headers)
                let status = response.head.status
                guard !statuses.contains(status.code) else {
                    guard !response.body.isDecoded else {
                        throw DownloadProblem.other(
                            "It has a Content-Encoding, which the emulator's HTTP transport decodes")
                    }
                    return response
                }
                problem = .status(status.code)
                let delay = RetryAfter.delay(in: response.head.headerFields, now: timeSource.now())
                outcome = RetryRule.outcome(of: status, after: delay)
            } catch let error as HTTPTransportError {
                problem = DownloadProblem(error)
                outcome = RetryRule.outcome(ofReading: error)
            }
            let elapsed = timeSource.uptime() - start
            guard let outcome,
                case .retry(let delay) = schedule.next(
                    after: outcome, elapsed: elapsed, random: .random(in: 0..<1))
            else { throw problem }
            try await timeSource.sleep(delay)
        }
    }

    private func follow(_ url: String, headers: HTTPFields) async throws -> HTTPTransportResponse {
        var url = url
        for _ in 0..<5 {
            let response = try await transport.send(
                try Self.request(url, headers: headers), body: nil, options: HTTPTransportOptions())
            guard [301, 302, 303, 307, 308].contains(response.head.status.code),
                let location = response.head.headerFields[.location],
                let target = URL(string: location, relativeTo: URL(string: url))?.absoluteString
            else { return response }
            url = target
        }
        throw DownloadProblem.other("It redirects too often")
    }

    private static func request(_ url: String, headers: HTTPFields) throws -> HTTPRequest {
        guard let separator = url.range(of: "://"),
            ["http", "https"].contains(url[..<separator.lowerBound].lowercased()),
            url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { throw DownloadProblem.other("It is no http or https URL") }
        let rest = url[separator.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest[authority.endIndex...]
        return HTTPRequest(
            method: .get, scheme: url[..<separator.lowerBound].lowercased(), authority: String(authority),
            path: path.hasPrefix("/") ? String(path) : "/" + path, headerFields: headers)
    }
}

/// Why a download failed.
private enum DownloadProblem: Error {
    case status(Int)
    case timedOut
    case other(String)

    init(_ error: HTTPTransportError) {
        self = error.kind == .timedOut ? .timedOut : .other(error.message)
    }

    func blobFailure(_ details: [TaskFailure.Detail]) -> TaskFailure {
        switch self {
        case .status(404):
            TaskFailure(
                .user, "BlobNotFound", "One of the specified Azure Blob(s) is not found", details: details)
        case .status(401), .status(403):
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

    func containerFailure(_ details: [TaskFailure.Detail]) -> TaskFailure {
        switch self {
        case .status(404):
            TaskFailure(
                .user, "ResourceContainerNotFound", "One of the specified Azure Blob container(s) is not found",
                details: details)
        case .status(401), .status(403):
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

    private var reason: String {
        switch self {
        case .status(let status): "HTTP status \(status)"
        case .timedOut: "Nothing arrived for too long"
        case .other(let text): Redactor.text(text)
        }
    }
}
