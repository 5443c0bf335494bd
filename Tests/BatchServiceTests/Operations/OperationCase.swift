import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import HTTPTypes
import Testing

/// One operation: what is called, what has to be sent, and what has to come of the answer.
struct OperationCase: Sendable, CustomTestStringConvertible {
    let operation: String
    let method: HTTPRequest.Method
    let path: String
    var query: [String: String] = [:]
    var headers: [String: String] = [:]
    var body: String?
    var status = 200
    var answer = ""
    /// What `run` gives for the answer.
    let result: String
    let run: @Sendable (BatchClient) async throws -> String

    init(
        _ operation: String, _ method: HTTPRequest.Method, _ path: String, query: [String: String] = [:],
        headers: [String: String] = [:], body: String? = nil, status: Int = 200, answer: String = "",
        result: String = OperationCase.etag, run: @escaping @Sendable (BatchClient) async throws -> String
    ) {
        self.operation = operation
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.status = status
        self.answer = answer
        self.result = result
        self.run = run
    }

    var testDescription: String { operation }

    // MARK: Parts that many cases share

    static let etag = "\"0x8D\" 1767323045.0 s-1 c-1 https://d"

    /// The header fields of every answer.
    static let answerHeaders = [
        "ETag": "\"0x8D\"", "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT", "request-id": "s-1",
        "client-request-id": "c-1", "DataServiceId": "https://d",
        "ocp-creation-time": "Thu, 01 Jan 2026 00:00:00 GMT", "ocp-batch-file-isdirectory": "True",
        "ocp-batch-file-mode": "100644", "ocp-batch-file-url": "https%3A%2F%2Fh%2Ff", "Content-Type": "text/plain",
    ]

    static func describe(_ headers: BatchResponseHeaders) -> String {
        [
            headers.etag?.rawValue, headers.lastModified?.date.map { "\($0.timeIntervalSince1970)" }, headers.requestID,
            headers.clientRequestID, headers.dataServiceID,
        ].compactMap { $0 }.joined(separator: " ")
    }

    /// Options that every operation takes.
    static let request = CallOptions(
        serverTimeout: .milliseconds(4500), clientRequestID: "my-id",
        date: .init(Date(timeIntervalSince1970: 1_767_323_000)))

    static let conditions = BatchAccessConditions(
        ifMatch: "0x1", ifNoneMatch: "*", ifModifiedSince: .init(Date(timeIntervalSince1970: 1_767_312_000)),
        ifUnmodifiedSince: .init(Date(timeIntervalSince1970: 1_767_312_001)))

    static let conditionHeaders = dateHeaders.merging(["If-Match": "\"0x1\"", "If-None-Match": "*"]) { $1 }

    static let dates = BatchModifiedConditions(
        ifModifiedSince: .init(Date(timeIntervalSince1970: 1_767_312_000)),
        ifUnmodifiedSince: .init(Date(timeIntervalSince1970: 1_767_312_001)))

    static let dateHeaders = [
        "If-Modified-Since": "Fri, 02 Jan 2026 00:00:00 GMT", "If-Unmodified-Since": "Fri, 02 Jan 2026 00:00:01 GMT",
    ]

    static func page(_ items: String) -> String { #"{"odata.metadata":"m","value":[\#(items)]}"# }
}

/// Reads a list to its end.
func collect<Items: AsyncSequence>(_ items: Items, _ describe: (Items.Element) -> String?) async throws -> String {
    var result: [String] = []
    for try await item in items { result.append(describe(item) ?? "nil") }
    return result.joined(separator: ",")
}
