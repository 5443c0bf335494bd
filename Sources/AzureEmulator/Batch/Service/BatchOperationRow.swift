import HTTPTypes

/// What the service knows of an operation: how it is called, what it takes, and who carries it out.
struct BatchOperationRow: Sendable {
    /// Carries out a call; throws a ``BatchServiceError``.
    typealias Handler = @Sendable (BatchOperations, BatchCall) async throws -> BatchAnswer

    let method: HTTPRequest.Method
    /// The segments of the path, with `*` for an id.
    let pattern: [Substring]
    /// The versions of the service that have it.
    let versions: ClosedRange<BatchVersion>
    /// The object of the table of models that the body is checked against; nil when a body means nothing.
    let body: String?
    /// The object that an answer is, or has a list of; nil when it is the same in all versions.
    let answer: String?
    let handler: Handler

    init(
        _ method: HTTPRequest.Method, _ pattern: String, from first: BatchVersion = .oldest,
        to last: BatchVersion = .latest, body: String? = nil, answer: String? = nil, _ handler: @escaping Handler
    ) {
        self.method = method
        self.pattern = pattern.split(separator: "/")
        versions = first...last
        self.body = body
        self.answer = answer
        self.handler = handler
    }
}
