import HTTPTypes

import struct Foundation.Data

/// Writes the `multipart/mixed` body of a batch: a whole HTTP request in each part.
enum BlobBatchEncoder {
    /// One part, without the boundary in front of it.
    ///
    /// - Parameters:
    ///   - request: The request, authorised.
    ///   - id: What the answer to it will be called.
    static func part(_ request: HTTPRequest, id: Int) -> Data {
        var text = "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: \(id)\r\n\r\n"
        text += "\(request.method.rawValue) \(request.path ?? "/") HTTP/1.1\r\n"
        for field in request.headerFields { text += "\(field.name.rawName): \(field.value)\r\n" }
        return Data((text + "\r\n").utf8)
    }

    static func body(_ parts: [Data], boundary: String) -> Data {
        var body = Data()
        for part in parts {
            body += Data("--\(boundary)\r\n".utf8)
            body += part
            // The line break in front of a boundary belongs to the boundary, so the request needs one of its own.
            body += Data("\r\n".utf8)
        }
        return body + Data("--\(boundary)--\r\n".utf8)
    }
}
