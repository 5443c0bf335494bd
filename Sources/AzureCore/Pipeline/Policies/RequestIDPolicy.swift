import HTTPTypes

import struct Foundation.UUID

/// Gives each call an id, the same for all its tries, unless the caller has set one.
public struct RequestIDPolicy: PipelinePolicy {
    let header: HTTPField.Name

    public func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        var request = request
        if request.request.headerFields[header] == nil {
            request.request.headerFields[header] = UUID().uuidString.lowercased()
        }
        return try await next(request)
    }
}
