import AzureCore

/// An answer of the Batch service that says no.
struct BatchServiceError: Error, Sendable, Hashable {
    /// One more fact.
    struct Detail: Sendable, Hashable {
        let key: String
        let value: String
    }

    var status: Int
    var code: String
    var message: String
    var values: [Detail] = []

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// The same error with one more fact.
    func with(_ key: String, _ value: String) -> BatchServiceError {
        var error = self
        error.values.append(Detail(key: key, value: value))
        return error
    }

    /// Code, message and facts, as errors inside answers have them.
    var json: JSONValue {
        var json: JSONValue = ["code": .string(code), "message": ["lang": "en-US", "value": .string(message)]]
        if !values.isEmpty {
            json["values"] = .array(values.map { ["key": .string($0.key), "value": .string($0.value)] })
        }
        return json
    }

    /// The body of the answer.
    func body(requestID: String, time: String, endpoint: String) -> JSONValue {
        var body = json
        body["odata.metadata"] = .string(
            "\(endpoint)/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element")
        body["message"] = [
            "lang": "en-US", "value": .string("\(message)\nRequestId:\(requestID)\nTime:\(time)"),
        ]
        return body
    }
}
