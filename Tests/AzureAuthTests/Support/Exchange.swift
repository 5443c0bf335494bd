import AzureCore
import AzureTesting
import Foundation
import HTTPTypes

/// Sends one request through a policy as the pipeline of a client would, retries included.
func send(
    _ request: PipelineRequest, through policy: any PipelinePolicy, to transport: MockTransport,
    clock: ManualClock = ManualClock(advancesBySleeping: true), retry: RetryOptions = RetryOptions()
) async throws -> HTTPTransportResponse {
    let options = PipelineOptions(transport: transport, retry: retry, timeSource: clock.timeSource)
    let pipeline = HTTPPipeline(
        service: .blob, authority: request.request.authority ?? "",
        requestIDHeader: HTTPField.Name("x-ms-client-request-id")!, authentication: policy, options: options)
    return try await pipeline.send(request)
}

/// A request to a blob.
func blobRequest(
    _ method: HTTPRequest.Method = .get, scheme: String = "https", path: String = "/c/b", headers: HTTPFields = [:],
    body: HTTPBody? = nil
) -> PipelineRequest {
    PipelineRequest(
        HTTPRequest(
            method: method, scheme: scheme, authority: "account.blob.core.windows.net", path: path,
            headerFields: headers),
        body: body, operation: "Blob.Test")
}

/// Everything that printing a value can show.
func everythingPrinted(of value: Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return [String(describing: value), String(reflecting: value), "\(value)", dumped].joined(separator: "\n")
}
