/// The end of every pipeline: hands the request to the transport.
struct TransportPolicy: PipelinePolicy {
    let transport: any HTTPTransport
    let options: HTTPTransportOptions

    func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        try Task.checkCancellation()
        if let length = request.body?.length, length < 0 {
            throw AzureError.invalidArgument("A body cannot have \(length) bytes.")
        }
        var options = options
        if let timeout = request.idleTimeout { options.idleTimeout = timeout }
        return try await readingTransport {
            try await transport.send(request.request, body: request.body, options: options)
        }
    }
}
