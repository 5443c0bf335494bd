import AzureCore
import HTTPTypes

import struct Foundation.Data

/// The answer to a batch, put together part by part.
struct BlobBatchAnswer: Sendable {
    let boundary: String
    private var body = Data()

    init(boundary: String) {
        self.boundary = boundary
    }

    /// Adds the answer to one request.
    mutating func append(_ response: HTTPTransportResponse, id: String?) async throws {
        var text = "--\(boundary)\r\nContent-Type: application/http\r\n"
        if let id { text += "Content-ID: \(id)\r\n" }
        text += "\r\nHTTP/1.1 \(response.head.status.code) \(response.head.status.reasonPhrase)\r\n"
        for field in response.head.headerFields { text += "\(field.name.rawName): \(field.value)\r\n" }
        body += Data((text + "\r\n").utf8)
        body += try await response.body.collect(upTo: 1024 * 1024)
        body += Data("\r\n".utf8)
    }

    /// The answer to the whole.
    var response: HTTPTransportResponse {
        .emulated(
            202, headers: [("Content-Type", "multipart/mixed; boundary=\(boundary)")],
            body: body + Data("--\(boundary)--\r\n".utf8))
    }
}
