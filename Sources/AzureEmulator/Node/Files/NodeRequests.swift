import AzureCore
import Foundation
import HTTPTypes

/// Sends the requests of a node: again after transient failures, by the rule that the clients follow, too.
struct NodeRequests: Sendable {
    /// What sends the requests.
    let transport: any HTTPTransport
    let timeSource: TimeSource

    /// A version of Blob Storage that knows blocks of as many bytes as are needed.
    static let storageVersion = "2021-12-02"
    private static let retry = RetryOptions(
        maxRetries: 2, baseDelay: .milliseconds(200), overallDeadline: .seconds(60))

    /// Gets something, and follows redirects.
    ///
    /// - Throws: A ``NodeRequestProblem``, an `HTTPTransportError` or `CancellationError`.
    func get(_ url: String, headers: HTTPFields = [:], accepting statuses: Set<Int>) async throws
        -> HTTPTransportResponse
    {
        let response = try await send(.get, url, headers: headers, body: nil, accepting: statuses)
        guard !response.body.isDecoded else {
            throw NodeRequestProblem.other(
                "It has a Content-Encoding, which the emulator's HTTP transport decodes")
        }
        return response
    }

    /// Writes something that is the same when it is written twice. Redirects are not followed: nobody is to get content
    /// who was not named.
    ///
    /// - Throws: A ``NodeRequestProblem``, an `HTTPTransportError` or `CancellationError`.
    func put(_ url: String, headers: HTTPFields, body: Data) async throws {
        try await put(url, headers: headers, body: HTTPBody(body), length: Int64(body.count))
    }

    /// Writes a blob at once.
    ///
    /// - Returns: Its ETag.
    /// - Throws: A ``NodeRequestProblem``, or `CancellationError`.
    func putBlob(_ body: HTTPBody, length: Int64, type: String, to url: String) async throws -> String {
        let headers: HTTPFields = [.blobType: "BlockBlob", .contentType: type, .storageVersion: Self.storageVersion]
        do {
            return try await put(url, headers: headers, body: body, length: length).headerFields[.eTag] ?? ""
        } catch let error as HTTPTransportError {
            throw NodeRequestProblem(error)
        }
    }

    /// Deletes a blob that is still what it was, if there is one.
    ///
    /// - Throws: A ``NodeRequestProblem``, or `CancellationError`.
    func deleteBlob(_ url: String, etag: String) async throws {
        let headers: HTTPFields = [.ifMatch: etag, .storageVersion: Self.storageVersion]
        do {
            _ = try await send(.delete, url, headers: headers, body: nil, accepting: [202, 404, 412])
        } catch let error as HTTPTransportError {
            throw NodeRequestProblem(error)
        }
    }

    @discardableResult
    private func put(
        _ url: String, headers: HTTPFields, body: HTTPBody, length: Int64
    ) async throws -> HTTPResponse {
        var headers = headers
        headers[.contentLength] = String(length)
        let response = try await send(.put, url, headers: headers, body: body, accepting: [200, 201])
        for try await _ in response.body {}
        return response.head
    }

    private func send(
        _ method: HTTPRequest.Method, _ url: String, headers: HTTPFields, body: HTTPBody?, accepting statuses: Set<Int>
    ) async throws -> HTTPTransportResponse {
        var schedule = RetrySchedule(options: Self.retry, isUnsafe: false)
        let start = timeSource.uptime()
        while true {
            let problem: NodeRequestProblem
            let outcome: RetrySchedule.Outcome?
            do {
                let response = try await follow(method, url, headers: headers, body: body)
                let status = response.head.status
                guard !statuses.contains(status.code) else { return response }
                problem = NodeRequestProblem(response.head)
                let delay = RetryAfter.delay(in: response.head.headerFields, now: timeSource.now())
                outcome = RetryRule.outcome(of: status, after: delay)
            } catch let error as HTTPTransportError {
                problem = NodeRequestProblem(error)
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

    private func follow(
        _ method: HTTPRequest.Method, _ url: String, headers: HTTPFields, body: HTTPBody?
    ) async throws -> HTTPTransportResponse {
        var url = url
        for _ in 0..<5 {
            let response = try await transport.send(
                try Self.request(method, url, headers: headers), body: body, options: HTTPTransportOptions())
            guard method == .get, [301, 302, 303, 307, 308].contains(response.head.status.code),
                let location = response.head.headerFields[.location],
                let target = URL(string: location, relativeTo: URL(string: url))?.absoluteString
            else { return response }
            url = target
        }
        throw NodeRequestProblem.other("It redirects too often")
    }
}

extension NodeRequests {
    /// The address of a blob in a container whose address may have a signature.
    static func blobURL(_ name: String, container: String) -> String {
        let base = container.prefix { $0 != "?" }
        return base + (base.hasSuffix("/") ? "" : "/") + PercentEncoding.encodePath(name)
            + container.dropFirst(base.count)
    }

    /// Whether something is an address that requests can go to.
    static func isAddress(_ url: String) -> Bool { (try? request(.get, url, headers: [:])) != nil }

    private static func request(
        _ method: HTTPRequest.Method, _ url: String, headers: HTTPFields
    ) throws -> HTTPRequest {
        guard let separator = url.range(of: "://"),
            ["http", "https"].contains(url[..<separator.lowerBound].lowercased()),
            url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { throw NodeRequestProblem.other("It is no http or https URL") }
        let rest = url[separator.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest[authority.endIndex...]
        return HTTPRequest(
            method: method, scheme: url[..<separator.lowerBound].lowercased(), authority: String(authority),
            path: path.hasPrefix("/") ? String(path) : "/" + path, headerFields: headers)
    }
}

/// Why a request of a node did not bring what it should.
enum NodeRequestProblem: Error, CustomStringConvertible {
    /// A status, with the code of the error that a service of Azure names beside it.
    case status(Int, code: String?)
    case timedOut
    case other(String)

    init(_ error: HTTPTransportError) {
        self = error.kind == .timedOut ? .timedOut : .other(error.message)
    }

    init(_ head: HTTPResponse) {
        self = .status(
            head.status.code, code: HTTPField.Name("x-ms-error-code").flatMap { head.headerFields[$0] })
    }

    var description: String { reason }

    /// The problem in words, without secrets.
    var reason: String {
        switch self {
        case .status(let status, let code): "HTTP status \(status)" + (code.map { " (\(Redactor.text($0)))" } ?? "")
        case .timedOut: "Nothing arrived for too long"
        case .other(let text): Redactor.text(text)
        }
    }
}

extension HTTPField.Name {
    static let blobType = HTTPField.Name("x-ms-blob-type")!
    static let storageVersion = HTTPField.Name("x-ms-version")!
}
