public import AzureCore
public import HTTPTypes

import struct Foundation.Data

/// A transport that calls an emulated service in the same process: no sockets, no ports.
///
/// ```swift
/// let service = try BlobServiceClient(
///     endpoint: "http://127.0.0.1/devstoreaccount1", credential: .sharedKey(key),
///     options: BlobClientOptions(pipeline: PipelineOptions(transport: try InProcessTransport.blob())))
/// ```
public struct InProcessTransport: HTTPTransport {
    private let service: any EmulatedService

    /// Creates a transport to a service.
    package init(_ service: any EmulatedService) {
        self.service = service
    }

    /// Creates a transport to a Blob service of its own, empty at first.
    ///
    /// - Parameters:
    ///   - account: The name of the account. The default is `devstoreaccount1`.
    ///   - key: Its key in base64. The default is the well-known key of development storage.
    ///   - time: The service's clock. The default is the machine's.
    /// - Throws: An `AzureError` with `invalidArgument` when the key is not base64.
    public static func blob(
        account: String = "devstoreaccount1", key: String = EmulatedStorageAccount.wellKnownKey,
        time: TimeSource = .system
    ) throws -> InProcessTransport {
        InProcessTransport(try BlobEmulator(account: account, key: key, time: time))
    }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        try Task.checkCancellation()
        var request = request
        if let body, body.length == nil {
            request.headerFields[.transferEncoding] = "chunked"
        } else if body != nil || [.put, .post, .patch].contains(request.method) {
            request.headerFields[.contentLength] = String(body?.length ?? 0)
        }
        // The request may be a node's, for a client that came from elsewhere.
        var response = await ClientAddress.$current.withValue(nil) { [request] in
            await service.respond(to: request, body: body?.chunks() ?? HTTPByteStream(Data()))
        }
        try Task.checkCancellation()
        if request.method == .head { response.body = .empty }
        return response
    }
}
