import HTTPTypes
import Logging

/// Logs each try at debug level: static messages, with everything that varies as metadata.
package struct LoggingPolicy: PipelinePolicy {
    let options: LoggingOptions
    let logger: Logger
    let timeSource: TimeSource

    package func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        let logger = request.logger ?? logger
        guard logger.logLevel <= .debug else { return try await next(request) }
        let about = request.logMetadata
        logger.debug("Sending request", metadata: about.adding(headers(request.request.headerFields, "request")))
        let start = timeSource.uptime()
        do {
            let response = try await next(request)
            let answer: Logger.Metadata = [
                "http.response.status_code": "\(response.head.status.code)",
                "duration": "\((timeSource.uptime() - start).formattedSeconds)",
            ]
            logger.debug(
                "Received response",
                metadata: about.adding(answer).adding(headers(response.head.headerFields, "response")))
            return response
        } catch {
            logger.debug("Request failed", metadata: about.adding(["error": "\(Redactor.text("\(error)"))"]))
            throw error
        }
    }

    private func headers(_ fields: HTTPFields, _ side: String) -> Logger.Metadata {
        var result: Logger.Metadata = [:]
        for field in fields {
            let name = field.name.canonicalName
            result["http.\(side).header.\(name)"] =
                options.allowedHeaders.contains(name) ? "\(field.value)" : "\(Redactor.mark)"
        }
        return result
    }
}

extension Logger.Metadata {
    fileprivate func adding(_ other: Logger.Metadata) -> Logger.Metadata {
        merging(other) { _, new in new }
    }
}
