/// A step of the pipeline, which sees the requests and the responses of a client.
///
/// A policy changes the request, calls `next` once (a retry policy: as often as needed), and returns what comes back.
public protocol PipelinePolicy: Sendable {
    /// Handles one call.
    ///
    /// - Parameters:
    ///   - request: The call.
    ///   - next: The rest of the pipeline.
    func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse
}

/// The rest of the pipeline, as a policy sees it.
public struct PipelineNext: Sendable {
    let policies: ArraySlice<any PipelinePolicy>
    let last: any PipelinePolicy

    init(policies: ArraySlice<any PipelinePolicy>, last: any PipelinePolicy) {
        self.policies = policies
        self.last = last
    }

    /// Nothing but the end of a pipeline, for a policy that is used on its own.
    package init(last: any PipelinePolicy) {
        self.init(policies: [], last: last)
    }

    /// Sends the request on.
    public func callAsFunction(_ request: PipelineRequest) async throws -> HTTPTransportResponse {
        guard let policy = policies.first else {
            return try await last.send(request, next: self)
        }
        return try await policy.send(request, next: PipelineNext(policies: policies.dropFirst(), last: last))
    }
}

/// A policy made from a function.
public struct ClosurePolicy: PipelinePolicy {
    private let handler: @Sendable (PipelineRequest, PipelineNext) async throws -> HTTPTransportResponse

    /// Creates a policy.
    public init(
        _ handler: @escaping @Sendable (PipelineRequest, PipelineNext) async throws -> HTTPTransportResponse
    ) {
        self.handler = handler
    }

    public func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        try await handler(request, next)
    }
}
