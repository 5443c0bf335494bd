import AzureCore
import HTTPTypes

import struct Foundation.Data

/// One operation before it is sent.
struct BlobRequest: Sendable {
    /// The name, such as `Container.Create`, for logs and errors.
    var operation: String
    var method: HTTPRequest.Method
    /// The container; nil for the account itself.
    var container: String?
    /// The blob; nil for the container itself.
    var blob: String?
    var query: [(name: String, value: String)]
    var headers: HTTPFields = [:]
    var body: HTTPBody?
    /// The statuses that mean success.
    var success: [Int]
    /// Whether sending it twice may act twice.
    var isUnsafe = false
    var responseHandling = PipelineRequest.ResponseHandling.buffered(limit: PipelineRequest.defaultBufferLimit)
    /// Whether an answer that means success can have a body; nil stands for what the method implies.
    var answersContent: Bool?
    var call: CallOptions

    init(
        _ operation: String, _ method: HTTPRequest.Method, container: String? = nil, blob: String? = nil,
        query: [(name: String, value: String)] = [], success: [Int], call: CallOptions
    ) {
        self.operation = operation
        self.method = method
        self.container = container
        self.blob = blob
        self.query = query
        self.success = success
        self.call = call
    }

    /// Adds a parameter unless the value is nil.
    mutating func addQuery(_ name: String, _ value: String?) {
        if let value { query.append((name, value)) }
    }

    /// Has a list go on at a token; nil stands for its start.
    mutating func continueList(at token: String?) {
        guard let token else { return }
        query.append(("marker", token))
        call = call.withoutDate
    }

    /// Gives the request a body of XML.
    mutating func setXML(_ document: Data) {
        body = HTTPBody(document)
        headers[.contentType] = "application/xml"
    }

    /// The call as any service has it.
    func serviceOperation() throws -> ServiceOperation {
        var result = ServiceOperation(operation, method, path: try path(), call: call)
        result.query = query
        result.headers = headers
        result.body = body
        result.success = success
        result.retrySafety = isUnsafe ? .unsafe : .idempotent
        result.responseHandling = responseHandling
        result.answersContent = answersContent
        if body != nil, let sent = headers.value(.structuredBody) {
            result.checkHead = { head in try StructuredBody.checkAcknowledgement(of: sent, in: head) }
        }
        return result
    }

    /// The path below the endpoint, percent-encoded; names that the service could not take are refused.
    func path() throws -> String {
        guard let container else { return "/" }
        try Checks.containerName(container)
        guard let blob else { return "/" + PercentEncoding.encode(container) }
        try Checks.blobName(blob)
        return "/\(PercentEncoding.encode(container))/\(PercentEncoding.encodePath(blob))"
    }
}
