import AzureCore
import HTTPTypes
import Logging

/// A service that keeps and logs each request once the head of its answer is known: method, path without what may be a
/// secret, status, error code, ids, and how long it took. The log has it at debug level.
struct RequestLog: EmulatedService {
    private let service: any EmulatedService
    private let name: String
    private let record: RequestRecord
    private let logger: Logger
    private let time: TimeSource

    /// - Parameters:
    ///   - service: What answers.
    ///   - name: Its name, such as `Blob`.
    ///   - record: Keeps the last requests.
    ///   - logger: Gets the entries.
    ///   - time: Measures how long an answer took.
    init(
        _ service: any EmulatedService, name: String, record: RequestRecord = RequestRecord(), logger: Logger,
        time: TimeSource = .system
    ) {
        self.service = service
        self.name = name
        self.record = record
        self.logger = logger
        self.time = time
    }

    func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
        let (received, start) = (time.now(), time.uptime())
        let response = await service.respond(to: request, body: body)
        let duration = time.uptime() - start
        let fields = response.head.headerFields
        record.add { number in
            RequestRecord.Entry(
                number: number, service: name, method: request.method.rawValue, resource: request.path ?? "",
                received: received, duration: duration, status: response.head.status.code,
                errorCode: fields.first(of: Self.errorCodes), requestID: fields.first(of: Self.requestIDs),
                clientRequestID: request.headerFields.first(of: Self.clientRequestIDs))
        }
        if logger.logLevel <= .debug { log(request, response, duration) }
        return response
    }

    private func log(_ request: HTTPRequest, _ response: HTTPTransportResponse, _ duration: Duration) {
        let fields = response.head.headerFields
        var metadata: Logger.Metadata = [
            "azure.service": "\(name)",
            "http.request.method": "\(request.method.rawValue)",
            "url.path": "\(Redactor.url(request.path ?? ""))",
            "http.response.status_code": "\(response.head.status.code)",
            "duration": "\(duration.formattedSeconds)",
        ]
        metadata["azure.request_id"] = fields.first(of: Self.requestIDs).map { "\($0)" }
        metadata["azure.client_request_id"] = request.headerFields.first(of: Self.clientRequestIDs).map { "\($0)" }
        metadata["azure.error_code"] = fields.first(of: Self.errorCodes).map { "\($0)" }
        logger.debug("Answered request", metadata: metadata)
    }

    private static let requestIDs = names("x-ms-request-id", "request-id")
    private static let clientRequestIDs = names("x-ms-client-request-id", "client-request-id")
    private static let errorCodes = names("x-ms-error-code")

    private static func names(_ names: String...) -> [HTTPField.Name] { names.compactMap { HTTPField.Name($0) } }
}

extension HTTPFields {
    /// The first value of the first of these fields that is there.
    fileprivate func first(of names: [HTTPField.Name]) -> String? {
        names.lazy.compactMap { self[values: $0].first }.first
    }
}
