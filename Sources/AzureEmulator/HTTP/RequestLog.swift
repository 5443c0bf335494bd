import AzureCore
import HTTPTypes
import Logging

/// A service that logs each request at debug level once the head of its answer is known: method, path without what may be a
/// secret, status, error code, ids, and how long it took.
struct RequestLog: EmulatedService {
    private let service: any EmulatedService
    private let name: String
    private let logger: Logger
    private let time: TimeSource

    /// - Parameters:
    ///   - service: What answers.
    ///   - name: Its name, such as `Blob`.
    ///   - logger: Gets the entries.
    ///   - time: Measures how long an answer took.
    init(_ service: any EmulatedService, name: String, logger: Logger, time: TimeSource = .system) {
        self.service = service
        self.name = name
        self.logger = logger
        self.time = time
    }

    func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
        guard logger.logLevel <= .debug else { return await service.respond(to: request, body: body) }
        let start = time.uptime()
        let response = await service.respond(to: request, body: body)
        var metadata: Logger.Metadata = [
            "azure.service": "\(name)",
            "http.request.method": "\(request.method.rawValue)",
            "url.path": "\(Redactor.url(request.path ?? ""))",
            "http.response.status_code": "\(response.head.status.code)",
            "duration": "\((time.uptime() - start).formattedSeconds)",
        ]
        let answer = response.head.headerFields
        metadata["azure.request_id"] = Self.first(of: ["x-ms-request-id", "request-id"], in: answer)
        metadata["azure.client_request_id"] = Self.first(
            of: ["x-ms-client-request-id", "client-request-id"], in: request.headerFields)
        metadata["azure.error_code"] = Self.first(of: ["x-ms-error-code"], in: answer)
        logger.debug("Answered request", metadata: metadata)
        return response
    }

    private static func first(of names: [String], in fields: HTTPFields) -> Logger.Metadata.Value? {
        names.lazy.compactMap { HTTPField.Name($0).flatMap { fields[values: $0].first } }.first.map { "\($0)" }
    }
}
