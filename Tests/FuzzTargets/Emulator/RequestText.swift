#if DEBUG
import AzureCore
import Foundation
import HTTPTypes

/// A request in text: `PUT /a/c/b?comp=block`, header fields, an empty line, and the body.
struct RequestText {
    var head: HTTPRequest
    var body: Data

    /// Takes a request apart; nil when its method is none.
    init?(_ bytes: [UInt8]) {
        let message = MessageText(bytes)
        let words = message.firstLine.split(separator: " ", maxSplits: 1)
        guard let first = words.first, let method = HTTPRequest.Method(String(first)) else { return nil }
        // A server passes on no path with blanks or line breaks.
        let path = (words.count > 1 ? String(words[1]) : "/").filter { !$0.isWhitespace && $0 != "\0" }
        head = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1:10000", path: path)
        for field in message.fields {
            guard let name = HTTPField.Name(field.name) else { continue }
            head.headerFields.append(HTTPField(name: name, value: field.value))
        }
        body = message.body
    }

    /// Adds a field that is not there.
    mutating func setDefault(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name), head.headerFields[name] == nil else { return }
        head.headerFields[name] = value
    }

    /// The body in two chunks.
    var chunks: HTTPByteStream {
        let halves = [Data(body.prefix(body.count / 2)), Data(body.dropFirst(body.count / 2))]
        return HTTPByteStream(
            AsyncStream { continuation in
                for half in halves { continuation.yield(half) }
                continuation.finish()
            })
    }
}

/// Reads an answer of the emulator as far as 1 MiB, and looks at what any answer has to be.
///
/// - Returns: The body; nil when there is more of it.
func checkAnswer(_ response: HTTPTransportResponse, to request: HTTPRequest) async throws -> Data? {
    let status = response.head.status.code
    let line = "\(request.method.rawValue) \(request.path ?? "")"
    try require((200..<500).contains(status) || status == 501, "\(line) was answered with \(status).")
    let body: Data
    do {
        body = try await response.body.collect(upTo: 1 << 20)
    } catch let error as AzureError where error.code == .bodyTooLarge {
        return nil
    }
    guard request.method != .head, status != 204, status != 304 else { return body }
    if let length = response.head.headerFields[.contentLength] {
        try require(length == String(body.count), "\(line): the length is \(length), and \(body.count) bytes came.")
    }
    let type = response.head.headerFields[.contentType] ?? ""
    // Blobs have the type that was given to them.
    guard status >= 400, !body.isEmpty else { return body }
    if type.hasPrefix("application/json") {
        try require(
            (try? JSONSerialization.jsonObject(with: body)) != nil, "\(line): the error is no JSON: \(Array(body).text)"
        )
    } else if type.hasPrefix("application/xml") {
        do {
            _ = try AzureCore.XMLElement.parse(body)
        } catch {
            throw FuzzFinding("\(line): the error is no XML: \(Array(body).text)")
        }
    }
    return body
}
#endif
