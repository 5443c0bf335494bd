import AzureCore
import Foundation
import HTTPTypes

/// A file with what a node has to tell.
struct NodeLogFile: Sendable {
    /// The name of the blob.
    let name: String
    let content: Data
}

/// Why a file could not be put into a container.
struct NodeLogProblem: Error, Sendable, Hashable {
    let reason: String
}

/// Puts small files into a container, whose address has all that gives access to it.
struct NodeLogUploader: Sendable {
    let transport: any HTTPTransport
    let timeSource: TimeSource

    private static let retry = RetryOptions(
        maxRetries: 2, baseDelay: .milliseconds(200), overallDeadline: .seconds(60))

    func upload(_ files: [NodeLogFile], to container: String) async throws {
        for file in files { try await put(file.content, to: Self.url(file.name, in: container)) }
    }

    private static func url(_ name: String, in container: String) -> String {
        let base = container.prefix { $0 != "?" }
        return base + (base.hasSuffix("/") ? "" : "/") + PercentEncoding.encodePath(name)
            + container.dropFirst(base.count)
    }

    private func put(_ content: Data, to url: String) async throws {
        guard let request = Self.request(url, length: content.count) else {
            throw NodeLogProblem(reason: "It is no http or https URL")
        }
        var schedule = RetrySchedule(options: Self.retry, isUnsafe: false)
        let start = timeSource.uptime()
        while true {
            let problem: NodeLogProblem
            let outcome: RetrySchedule.Outcome?
            do {
                let response = try await transport.send(
                    request, body: HTTPBody(content), options: HTTPTransportOptions())
                let status = response.head.status
                if status.code == 201 { return }
                problem = NodeLogProblem(reason: "HTTP status \(status.code)")
                outcome = RetryRule.outcome(
                    of: status, after: RetryAfter.delay(in: response.head.headerFields, now: timeSource.now()))
            } catch let error as HTTPTransportError {
                problem = NodeLogProblem(reason: Redactor.text(error.message))
                outcome = RetryRule.outcome(ofReading: error)
            }
            guard let outcome,
                case .retry(let delay) = schedule.next(
                    after: outcome, elapsed: timeSource.uptime() - start, random: .random(in: 0..<1))
            else { throw problem }
            try await timeSource.sleep(delay)
        }
    }

    private static func request(_ url: String, length: Int) -> HTTPRequest? {
        guard let separator = url.range(of: "://"),
            ["http", "https"].contains(url[..<separator.lowerBound].lowercased()),
            url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { return nil }
        let rest = url[separator.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        var request = HTTPRequest(
            method: .put, scheme: url[..<separator.lowerBound].lowercased(), authority: String(authority),
            path: String(rest[authority.endIndex...]))
        request.headerFields[.contentLength] = String(length)
        request.headerFields[.contentType] = "text/plain; charset=utf-8"
        for (name, value) in [("x-ms-blob-type", "BlockBlob"), ("x-ms-version", "2021-12-02")] {
            if let name = HTTPField.Name(name) { request.headerFields[name] = value }
        }
        return request
    }
}
