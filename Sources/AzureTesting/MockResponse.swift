import AzureCore
import HTTPTypes

public import struct Foundation.Data

/// What a ``MockTransport`` answers.
public struct MockResponse: Sendable {
    /// What happens to the request.
    enum Outcome: Sendable {
        case answer(HTTPResponse, [Data], isDecoded: Bool, breakAfter: (any Error)?)
        case failure(any Error)
    }

    let outcome: Outcome

    /// An answer with a body of bytes.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - headers: The header fields. `Content-Length` is added unless it is there.
    ///   - body: The bytes.
    public init(_ status: Int, headers: [String: String] = [:], body: Data = Data()) {
        self.init(status, headers: headers, chunks: [body])
    }

    /// An answer with a body of text.
    public init(_ status: Int, headers: [String: String] = [:], body: String) {
        self.init(status, headers: headers, body: Data(body.utf8))
    }

    /// An answer whose body comes in chunks.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - headers: The header fields. `Content-Length` is added unless it is there.
    ///   - chunks: The chunks.
    ///   - isDecoded: Whether the transport pretends to have decoded the content.
    ///   - breakAfter: What the body throws after the last chunk, as if the connection had been lost; nil ends it well.
    public init(
        _ status: Int, headers: [String: String] = [:], chunks: [Data], isDecoded: Bool = false,
        breakAfter: (any Error)? = nil
    ) {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if fields[.contentLength] == nil {
            fields[.contentLength] = String(chunks.reduce(0) { $0 + $1.count })
        }
        outcome = .answer(
            HTTPResponse(status: .init(code: status), headerFields: fields), chunks, isDecoded: isDecoded,
            breakAfter: breakAfter)
    }

    /// No answer but an error, such as an ``AzureCore/HTTPTransportError``.
    public static func failure(_ error: any Error) -> MockResponse {
        MockResponse(outcome: .failure(error))
    }

    private init(outcome: Outcome) {
        self.outcome = outcome
    }

    /// What the transport returns or throws.
    func transportResponse(to method: HTTPRequest.Method) throws -> HTTPTransportResponse {
        switch outcome {
        case .failure(let error): throw error
        case .answer(let head, let chunks, let isDecoded, let breakAfter):
            let hasBody = method != .head && head.status.code != 204 && head.status.code != 304
            let stream = HTTPByteStream(
                AsyncThrowingStream { continuation in
                    if hasBody { chunks.forEach { continuation.yield($0) } }
                    continuation.finish(throwing: breakAfter)
                })
            let length = isDecoded ? nil : hasBody ? head.headerFields[.contentLength].flatMap { Int64($0) } : 0
            return HTTPTransportResponse(
                head: head, body: HTTPResponseBody(stream, length: length, isDecoded: isDecoded))
        }
    }
}
