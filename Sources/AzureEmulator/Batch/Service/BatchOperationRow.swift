import HTTPTypes

/// What the service knows of an operation: how it is called, what it takes, and who carries it out.
struct BatchOperationRow: Sendable {
    /// Carries out a call; throws a ``BatchServiceError``.
    typealias Handler = @Sendable (BatchOperations, BatchCall) async throws -> BatchAnswer

    let method: HTTPRequest.Method
    /// The segments of the path, with `*` for an id.
    let pattern: [Substring]
    /// The object of the table of models that the body is checked against; nil when a body means nothing.
    let body: String?
    /// Nil for an operation that the emulator does not offer.
    let handler: Handler?

    init(
        _ method: HTTPRequest.Method, _ pattern: String, body: String? = nil, _ handler: Handler? = nil
    ) {
        self.method = method
        self.pattern = pattern.split(separator: "/")
        self.body = body
        self.handler = handler
    }
}
