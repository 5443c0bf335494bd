import AzureCore
import Foundation
import HTTPTypes

/// An answer of the Batch service, before it gets what all answers have.
struct BatchAnswer: Sendable {
    var status: Int
    var headers: [(String, String)] = []
    var json: JSONValue?
    /// A body that is no JSON, with its length.
    var content: HTTPResponseBody?

    /// An answer without a body.
    static func empty(_ status: Int, version: BatchResourceVersion? = nil, dataServiceID: String? = nil) -> BatchAnswer
    {
        var answer = BatchAnswer(status: status, headers: version?.headers ?? [])
        if let dataServiceID { answer.headers.append(("DataServiceId", dataServiceID)) }
        return answer
    }

    /// Has the answer name the address that was asked for, unless it names what was made.
    mutating func nameRequest(_ url: String) {
        guard status != 201, let index = headers.firstIndex(where: { $0.0 == "DataServiceId" }) else { return }
        headers[index].1 = url
    }

    /// An answer with a JSON body.
    static func json(_ status: Int = 200, _ json: JSONValue, version: BatchResourceVersion? = nil) -> BatchAnswer {
        BatchAnswer(status: status, headers: version?.headers ?? [], json: json)
    }

    /// The answer as it goes out.
    ///
    /// - Parameters:
    ///   - request: What is answered.
    ///   - requestID: The id that the service gives the request.
    ///   - now: The time of the service.
    func response(to request: EmulatorRequest, requestID: String, now: Date) -> HTTPTransportResponse {
        var fields = headers
        fields.append(("request-id", requestID))
        fields.append(("DataServiceVersion", "3.0"))
        fields.append(("Date", RFC1123Date.format(now)))
        if let id = request.header("client-request-id"),
            request.header("return-client-request-id")?.lowercased() == "true"
        {
            fields.append(("client-request-id", id))
        }
        if let content {
            var response = HTTPTransportResponse.emulated(status, headers: fields)
            response.head.headerFields[.contentLength] = content.length.map { String($0) }
            response.body = content
            return response
        }
        guard let json else { return .emulated(status, headers: fields) }
        fields.append(("Content-Type", "application/json;odata=minimalmetadata"))
        return .emulated(status, headers: fields, body: json.data)
    }
}

extension BatchServiceError {
    /// The error as an answer.
    func answer(to request: EmulatorRequest, requestID: String, now: Date, endpoint: String) -> BatchAnswer {
        // Neither HEAD nor 304 has a body.
        guard request.method != .head, status != 304 else { return .empty(status) }
        return .json(status, body(requestID: requestID, time: ISO8601Date.format(now), endpoint: endpoint))
    }
}
