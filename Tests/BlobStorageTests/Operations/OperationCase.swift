import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Testing

/// One call of an operation: what has to be sent, and what has to come of the answer.
///
/// An operation may have several cases, when options exclude each other. Together they set every option, so that
/// every query parameter and header field that the service knows is sent by at least one of them. That, and which
/// header fields of the answer are read, is found by running them, and printed in Docs/Coverage.md.
struct OperationCase: Sendable, CustomTestStringConvertible {
    /// Group and name as the facts have them, such as `container.set_metadata`.
    let operation: String
    /// What tells cases of one operation apart.
    var variant = ""
    let method: HTTPRequest.Method
    /// The path without the query, percent-encoded.
    let path: String
    /// The whole query, decoded, but for `timeout`, which every call has.
    var query: [String: String] = [:]
    /// All header fields but those of every call.
    var headers: [String: String] = [:]
    /// The body that has to be sent; nil for none.
    var body: String?
    var status = 200
    /// Header fields of the answer besides those of every answer.
    var answerHeaders: [String: String] = [:]
    var answer = ""
    /// The body of the answer where it is no text.
    var answerData: Data?
    /// What the result has to show, by path, such as `lease.state`; see ``Reflected``.
    var result: [String: String] = [:]
    /// Makes the call, with ``call``, and returns all that came of it.
    let run: @Sendable (Fixture) async throws -> any Sendable

    init(
        _ operation: String, variant: String = "", _ method: HTTPRequest.Method, _ path: String,
        query: [String: String] = [:], headers: [String: String] = [:], body: String? = nil, status: Int = 200,
        answerHeaders: [String: String] = [:], answer: String = "", answerData: Data? = nil,
        result: [String: String] = [:],
        run: @escaping @Sendable (Fixture) async throws -> any Sendable
    ) {
        self.operation = operation
        self.variant = variant
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.status = status
        self.answerHeaders = answerHeaders
        self.answer = answer
        self.answerData = answerData
        self.result = result
        self.run = run
    }

    var testDescription: String { variant.isEmpty ? operation : "\(operation), \(variant)" }

    // MARK: What many cases share

    /// The choices that every case passes on.
    static let call = CallOptions(serverTimeout: .seconds(7), clientRequestID: "my-id")

    /// Fri, 02 Jan 2026 03:04:05 GMT.
    static let date = Date(timeIntervalSince1970: 1_767_323_045)
    static let dateText = "Fri, 02 Jan 2026 03:04:05 GMT"

    /// The header fields of every answer.
    static let commonAnswerHeaders = [
        "x-ms-request-id": "s-1", "x-ms-client-request-id": "my-id", "x-ms-version": "2026-10-06",
        "Date": "Fri, 02 Jan 2026 00:00:00 GMT", "ETag": "\"0x8D\"", "Last-Modified": dateText,
    ]

    static let blobConditions = BlobAccessConditions(
        ifMatch: "\"0x1\"", ifNoneMatch: "\"0x2\"", ifModifiedSince: .init(date), ifUnmodifiedSince: .init(date),
        ifTags: "\"a\" = 'b'", leaseID: "lease")
    static let blobConditionHeaders = [
        "If-Match": "\"0x1\"", "If-None-Match": "\"0x2\"", "If-Modified-Since": dateText,
        "If-Unmodified-Since": dateText, "x-ms-if-tags": "\"a\" = 'b'", "x-ms-lease-id": "lease",
    ]
    static let dateConditionHeaders = ["If-Modified-Since": dateText, "If-Unmodified-Since": dateText]

    /// Runs the case against an answer.
    func outcome(of answer: MockResponse) async throws -> (request: MockTransport.Request, result: any Sendable) {
        let fixture = try Fixture(answer)
        let result = try await run(fixture)
        return (try fixture.request(), result)
    }

    /// The answer that the case expects.
    ///
    /// - Parameter change: Changes its header fields.
    func response(_ change: (inout [String: String]) -> Void = { _ in }) -> MockResponse {
        var headers = Self.commonAnswerHeaders.merging(answerHeaders) { $1 }
        change(&headers)
        return MockResponse(status, headers: headers, body: answerData ?? Data(answer.utf8))
    }
}
