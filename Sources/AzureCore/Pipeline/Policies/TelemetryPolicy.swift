import HTTPTypes

/// Says in `User-Agent` which package, and which application if it wants to be known, is calling.
package struct TelemetryPolicy: PipelinePolicy {
    let userAgent: String

    init(service: AzureService, applicationID: String?) {
        let package = "azure-swift-\(service.name.lowercased())/\(PackageVersion.current)"
        let application = (applicationID ?? "").filter { $0.isASCII && !$0.isWhitespace }.prefix(24)
        userAgent = application.isEmpty ? package : "\(application) \(package)"
    }

    package func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        var request = request
        if request.request.headerFields.value(.userAgent) == nil {
            request.request.headerFields[.userAgent] = userAgent
        }
        return try await next(request)
    }
}

/// The version of this package.
public enum PackageVersion {
    /// As in `0.1.0`.
    public static let current = "0.1.0"
}
