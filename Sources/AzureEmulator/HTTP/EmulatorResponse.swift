package import AzureCore
package import HTTPTypes

package import struct Foundation.Data

extension HTTPTransportResponse {
    /// An answer with header fields given by name; a name or value that HTTP does not allow is left out.
    ///
    /// - Parameters:
    ///   - status: The status code.
    ///   - headers: Names and values, sent as spelled here.
    ///   - body: The bytes; `Content-Length` is set to their number unless the headers have it already.
    package static func emulated(
        _ status: Int, headers: [(String, String)] = [], body: Data = Data()
    ) -> HTTPTransportResponse {
        var fields = HTTPFields(emulated: headers)
        if fields[.contentLength] == nil, status != 204, status != 304 {
            fields[.contentLength] = String(body.count)
        }
        return HTTPTransportResponse(
            head: HTTPResponse(status: .init(code: status), headerFields: fields), body: HTTPResponseBody(body))
    }
}

extension HTTPFields {
    /// Fields given by name; a name that HTTP does not allow is left out.
    package init(emulated headers: [(String, String)]) {
        self.init()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            append(HTTPField(name: name, value: value))
        }
    }
}
