package import HTTPTypes

/// One call of a service before it is sent: what is asked for, and which answers mean success.
package struct ServiceOperation: Sendable {
    /// The name, such as `Blob.Upload`, for logs, spans and errors.
    package var name: String
    package var method: HTTPRequest.Method
    /// The path below the endpoint, percent-encoded.
    package var path: String
    /// Path and query as the service sent them, such as those of a next page, in place of `path` and `query`.
    package var link: String?
    package var query: [(name: String, value: String)] = []
    package var headers = HTTPFields()
    package var body: HTTPBody?
    /// The statuses that mean success; nil stands for all from 200 to 299.
    package var success: [Int]?
    /// Whether it may be sent twice; nil stands for what the method implies.
    package var retrySafety: PipelineRequest.RetrySafety?
    /// How the body of the answer is read.
    package var responseHandling = PipelineRequest.ResponseHandling.buffered(limit: PipelineRequest.defaultBufferLimit)
    /// Whether an answer that means success can have a body; nil stands for what the method implies.
    package var answersContent: Bool?
    /// Looks at the head of an answer that means success, and throws when it cannot be what was asked for.
    package var checkHead: (@Sendable (HTTPResponse) throws -> Void)?
    package var call: CallOptions

    package init(_ name: String, _ method: HTTPRequest.Method, path: String, call: CallOptions) {
        self.name = name
        self.method = method
        self.path = path
        self.call = call
    }

    /// Whether an answer that means success can have a body. Neither service answers with content to what only writes.
    var mayAnswerContent: Bool { answersContent ?? [.get, .post].contains(method) }

    func isSuccess(_ status: HTTPResponse.Status) -> Bool {
        success.map { $0.contains(status.code) } ?? (status.kind == .successful)
    }
}
