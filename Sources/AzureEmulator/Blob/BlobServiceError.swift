import AzureCore

import struct Foundation.Data
import struct Foundation.Date

/// An answer of the Blob service that says no.
struct BlobServiceError: Error, Sendable, Hashable {
    /// One more element of the error's body.
    struct Detail: Sendable, Hashable {
        let name: String
        let value: String
    }

    var status: Int
    var code: String
    var message: String
    var details: [Detail] = []
    var headers: [Detail] = []

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// The same error with one more element in its body.
    func with(_ name: String, _ value: String) -> BlobServiceError {
        var error = self
        error.details.append(Detail(name: name, value: value))
        return error
    }

    /// The same error with one more header field.
    func withHeader(_ name: String, _ value: String) -> BlobServiceError {
        var error = self
        error.headers.append(Detail(name: name, value: value))
        return error
    }

    /// The answer: code in a header field, and code, message and details as XML.
    func response(requestID: String, now: Date) -> HTTPTransportResponse {
        var fields = headers.map { ($0.name, $0.value) }
        fields.append(("x-ms-error-code", code))
        guard status != 304 else { return .emulated(status, headers: fields) }
        var xml = XMLText()
        xml.open("Error")
        xml.element("Code", code)
        xml.element("Message", "\(message)\nRequestId:\(requestID)\nTime:\(ServiceTime.format(now))")
        for detail in details { xml.element(detail.name, detail.value) }
        xml.close("Error")
        fields.append(("Content-Type", "application/xml"))
        return .emulated(status, headers: fields, body: xml.data)
    }
}
