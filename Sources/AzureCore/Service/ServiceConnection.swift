package import HTTPTypes

package import struct Foundation.Data

/// The one way of a call from a client to its service and back: here it becomes a request, and here its answer is
/// judged.
///
/// Retries, authentication and what the log shows are policies of the pipeline, which sees each try. A logical call,
/// with all its tries, begins and ends in ``send(_:)``; so would a span of it.
///
/// It never changes; as a class it costs the clients that hold it a reference.
package final class ServiceConnection: Sendable {
    package let endpoint: AzureEndpoint
    package let definition: ServiceDefinition
    package let timeSource: TimeSource
    /// When failed tries are made again, unless a call has ``CallOptions/retry``.
    package let retry: RetryOptions
    private let pipeline: HTTPPipeline

    /// Connects to a service.
    ///
    /// - Parameters:
    ///   - endpoint: The address that all requests go to.
    ///   - definition: The service.
    ///   - authentication: Date and authorisation.
    ///   - options: The options that the caller gave the client.
    package init(
        endpoint: AzureEndpoint, definition: ServiceDefinition, authentication: any PipelinePolicy,
        options: PipelineOptions
    ) {
        self.endpoint = endpoint
        self.definition = definition
        timeSource = options.timeSource
        retry = options.retry
        pipeline = HTTPPipeline(
            service: definition.service, authority: endpoint.authority,
            requestIDHeader: definition.clientRequestIDHeader, authentication: authentication, options: options)
    }

    /// Sends a call and returns the answer if it means success.
    ///
    /// - Throws: An ``AzureError`` made from what the service answered, or from why no answer came;
    ///   `CancellationError` when the task was cancelled.
    package func send(_ operation: ServiceOperation) async throws -> ServiceAnswer {
        let request = try request(for: operation)
        let response = try await pipeline.send(request)
        operation.call.onResponse?(response.head)
        let context = context(of: request, head: response.head)
        guard operation.isSuccess(response.head.status) else {
            throw try await error(response, context, operation.call.serverTimeout)
        }
        let length = response.body.length
        guard !definition.isStranger(response.head, bodyLength: length, to: operation) else {
            throw definition.strangerError(response.head, body: try await Self.body(of: response), context)
        }
        do {
            try operation.checkHead?(response.head)
        } catch {
            throw context.describing(error)
        }
        return ServiceAnswer(
            head: response.head, body: response.body, earlierTryMayHaveActed: response.earlierTryMayHaveActed,
            context: context)
    }

    /// Whether what a call asks for is there: it is not when the service says so, in whichever words.
    package func exists(_ operation: ServiceOperation) async throws -> Bool {
        do {
            _ = try await send(operation)
            return true
        } catch let error as AzureError where error.status(from: definition.service) == .notFound {
            return false
        }
    }

    /// The call as errors tell of it.
    package func context(of request: PipelineRequest, head: HTTPResponse? = nil) -> ErrorContext {
        ErrorContext(
            service: definition.service, request: request,
            clientRequestIDHeader: definition.clientRequestIDHeader, head: head)
    }

    /// The error that an answer, or one that is a part of another, stands for.
    package func error(for head: HTTPResponse, body: Data, about context: ErrorContext) -> AzureError {
        definition.error(for: head, body: body, about: context, now: timeSource.now())
    }

    private func error(
        _ response: HTTPTransportResponse, _ context: ErrorContext, _ serverTimeout: Duration?
    ) async throws -> AzureError {
        var error = error(for: response.head, body: try await Self.body(of: response), about: context)
        error.earlierTryMayHaveActed = response.earlierTryMayHaveActed
        error.tries = response.tries
        if error.code == .operationTimedOut, let serverTimeout {
            error.message += " The limit was \(serverTimeout.formattedSeconds) (serverTimeout)."
        }
        return error
    }

    /// What there is of the body of an answer that is an error. One that should have been a stream may break off here.
    private static func body(of response: HTTPTransportResponse) async throws -> Data {
        do {
            return try await response.body.collect(upTo: PipelineRequest.defaultBufferLimit)
        } catch let error as CancellationError {
            throw error
        } catch {
            return Data()
        }
    }

    /// The request on its way into the pipeline.
    package func request(for operation: ServiceOperation) throws -> PipelineRequest {
        var query = operation.query
        var headers = operation.headers
        if let seconds = try operation.call.serverTimeoutSeconds() {
            query.append((definition.timeoutParameter, String(seconds)))
        }
        switch definition.version {
        case .header(let name, let value): headers[name] = value
        case .query(let name, let value): query.insert((name, value), at: 0)
        }
        if let date = operation.call.date { headers[definition.dateHeader] = date.text(for: .header) }
        if let id = operation.call.clientRequestID {
            try HeaderValue.check(id, of: definition.clientRequestIDHeader.rawName)
            headers[definition.clientRequestIDHeader] = id
        } else {
            headers[definition.clientRequestIDHeader] = RequestIDPolicy.newID()
        }
        // Its policy would do that, too, and copy all fields for one.
        if headers.value(.userAgent) == nil { headers[.userAgent] = pipeline.userAgent }
        // The length is signed, so that it has to be there before the transport adds its own.
        if let length = operation.body?.length {
            headers[.contentLength] = String(length)
        } else if operation.body == nil, [.put, .post, .patch].contains(operation.method) {
            headers[.contentLength] = "0"
        }
        var request = PipelineRequest(
            endpoint.request(operation.method, path: operation.path, query: query, headers: headers),
            body: operation.body, operation: operation.name, retrySafety: operation.retrySafety,
            responseHandling: operation.responseHandling, logger: operation.call.logger,
            idleTimeout: operation.call.idleTimeout, retry: operation.call.retry)
        if let link = operation.link { request.request.path = link }
        if operation.call.isSafeToRetry { request.retrySafety = .idempotent }
        request.refusals = operation.call.refusals
        return request
    }
}
