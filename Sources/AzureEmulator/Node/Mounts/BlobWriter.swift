import AzureCore
import Foundation
import HTTPTypes

/// Why a node could not write a blob.
struct BlobWriteProblem: Error, Sendable, Hashable, CustomStringConvertible {
    let description: String
}

/// Writes and deletes blobs for nodes, by addresses that have all that gives access to them.
struct BlobWriter: Sendable {
    let transport: any HTTPTransport
    let timeSource: TimeSource

    private static let retry = RetryOptions(
        maxRetries: 2, baseDelay: .milliseconds(200), overallDeadline: .seconds(60))

    /// The address of a blob in a container.
    static func url(_ name: String, in container: String) -> String {
        let base = container.prefix { $0 != "?" }
        return base + (base.hasSuffix("/") ? "" : "/") + PercentEncoding.encodePath(name)
            + container.dropFirst(base.count)
    }

    /// Writes a blob at once.
    ///
    /// - Returns: Its ETag.
    /// - Throws: A ``BlobWriteProblem``.
    func put(_ body: HTTPBody, length: Int64, type: String, to url: String) async throws -> String {
        let response = try await send(
            .put, url, [("x-ms-blob-type", "BlockBlob"), ("Content-Type", type), ("Content-Length", "\(length)")], body,
            accepting: [201])
        return response.head.headerFields[.eTag] ?? ""
    }

    /// Deletes a blob that is still what it was, if there is one.
    ///
    /// - Throws: A ``BlobWriteProblem``.
    func delete(_ url: String, etag: String) async throws {
        _ = try await send(.delete, url, [("If-Match", etag)], nil, accepting: [202, 404, 412])
    }

    private func send(
        _ method: HTTPRequest.Method, _ url: String, _ fields: [(String, String)], _ body: HTTPBody?,
        accepting statuses: Set<Int>
    ) async throws -> HTTPTransportResponse {
        guard let request = Self.request(method, url, fields) else {
            throw BlobWriteProblem(description: "It is no http or https URL")
        }
        var schedule = RetrySchedule(options: Self.retry, isUnsafe: false)
        let start = timeSource.uptime()
        while true {
            let problem: BlobWriteProblem
            let outcome: RetrySchedule.Outcome?
            do {
                let response = try await transport.send(request, body: body, options: HTTPTransportOptions())
                let status = response.head.status
                if statuses.contains(status.code) { return response }
                problem = BlobWriteProblem(description: "HTTP status \(status.code)")
                outcome = RetryRule.outcome(
                    of: status, after: RetryAfter.delay(in: response.head.headerFields, now: timeSource.now()))
            } catch let error as HTTPTransportError {
                problem = BlobWriteProblem(description: Redactor.text(error.message))
                outcome = RetryRule.outcome(ofReading: error)
            }
            guard let outcome,
                case .retry(let delay) = schedule.next(
                    after: outcome, elapsed: timeSource.uptime() - start, random: .random(in: 0..<1))
            else { throw problem }
            try await timeSource.sleep(delay)
        }
    }

    private static func request(
        _ method: HTTPRequest.Method, _ url: String, _ fields: [(String, String)]
    ) -> HTTPRequest? {
        guard let separator = url.range(of: "://"),
            ["http", "https"].contains(url[..<separator.lowerBound].lowercased()),
            url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { return nil }
        let rest = url[separator.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        var request = HTTPRequest(
            method: method, scheme: url[..<separator.lowerBound].lowercased(), authority: String(authority),
            path: String(rest[authority.endIndex...]))
        for (name, value) in fields + [("x-ms-version", "2021-12-02")] {
            if let name = HTTPField.Name(name) { request.headerFields[name] = value }
        }
        return request
    }
}
