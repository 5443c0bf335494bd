import AzureCore
import BatchModels
import HTTPTypes

import struct Foundation.Data

/// One operation with its parameters, ready to be sent.
struct BatchCall: Sendable {
    let operation: String
    let method: HTTPRequest.Method
    let path: BatchPath
    private(set) var query: [(name: String, value: String)] = []
    private(set) var headers = HTTPFields()
    private(set) var body: Data?
    var retrySafety: PipelineRequest.RetrySafety?
    /// Whether the body of the answer is handed on as it arrives.
    var isStreamed = false

    init(_ operation: String, _ method: HTTPRequest.Method, _ path: BatchPath) throws {
        guard !path.isAmbiguous else {
            throw AzureError(
                service: .batch, code: .invalidArgument,
                message: "An id, name or file path is empty, '.' or '..'. Give the one of the resource that is meant.",
                operation: operation)
        }
        (self.operation, self.method, self.path) = (operation, method, path)
    }

    // MARK: Query

    mutating func add(query name: String, _ value: String?) {
        if let value { query.append((name, value)) }
    }

    mutating func add(query name: String, _ value: Bool?) {
        add(query: name, value.map { $0 ? "true" : "false" })
    }

    mutating func add(query name: String, _ value: AzureTimestamp?) {
        add(query: name, value?.text(for: .body))
    }

    mutating func add(query name: String, _ values: [String]) {
        if !values.isEmpty { query.append((name, values.joined(separator: ","))) }
    }

    /// Asks for some properties only, and always for those by which the resource is known.
    mutating func add(select properties: [String], keys: [String]) {
        guard !properties.isEmpty, !properties.contains("*") else { return add(query: "$select", properties) }
        add(query: "$select", keys.filter { !properties.contains($0) } + properties)
    }

    mutating func add(maxResults: Int?) throws {
        guard let maxResults else { return }
        guard (1...1000).contains(maxResults) else {
            throw AzureError.invalidArgument("maxResults is \(maxResults); it must be from 1 to 1000.")
        }
        add(query: "maxresults", String(maxResults))
    }

    // MARK: Header fields

    mutating func add(_ options: BatchRequestOptions) throws {
        if let timeOut = options.timeOut {
            let (seconds, attoseconds) = timeOut.boundedComponents
            let whole = attoseconds > 0 && seconds < Int64(Int32.max) ? seconds + 1 : seconds
            guard whole > 0, whole <= Int32.max else {
                throw AzureError.invalidArgument("timeOut is \(timeOut); it must be at least one second.")
            }
            add(query: "timeOut", String(whole))
        }
        headers[.ocpDate] = options.date?.text(for: .header)
        headers[.clientRequestID] = options.clientRequestID
    }

    mutating func add(_ conditions: BatchAccessConditions) {
        headers[.ifMatch] = conditions.ifMatch.map(Self.quoted)
        headers[.ifNoneMatch] = conditions.ifNoneMatch.map(Self.quoted)
        headers[.ifModifiedSince] = conditions.ifModifiedSince?.text(for: .header)
        headers[.ifUnmodifiedSince] = conditions.ifUnmodifiedSince?.text(for: .header)
    }

    mutating func add(_ conditions: BatchModifiedConditions) {
        add(
            BatchAccessConditions(
                ifModifiedSince: conditions.ifModifiedSince, ifUnmodifiedSince: conditions.ifUnmodifiedSince))
    }

    mutating func add(_ range: BatchFileRange?) throws {
        guard let range else { return }
        guard range.offset >= 0,
            range.length.map({ $0 > 0 && !range.offset.addingReportingOverflow($0).overflow }) ?? true
        else {
            throw AzureError.invalidArgument(
                "The range of \(range.length ?? 0) bytes from \(range.offset) is none; offset must not be negative and "
                    + "length must be positive.")
        }
        headers[.ocpRange] = "bytes=\(range.offset)-" + (range.length.map { String(range.offset + $0 - 1) } ?? "")
    }

    /// ETags stand in quotes in header fields, but not in the service's JSON.
    private static func quoted(_ etag: String) -> String {
        let isFinal = etag.isEmpty || etag == "*" || ["\"", "'", "W/"].contains { etag.hasPrefix($0) }
        return isFinal ? etag : "\"\(etag)\""
    }

    // MARK: Body

    mutating func add(body model: (some BatchModel)?) throws {
        guard let model else { return }
        body = try Self.json(model, operation: operation)
    }

    /// A model as it goes out.
    static func json(_ model: some BatchModel, operation: String) throws -> Data {
        do {
            return try BatchJSON.requestBody(model)
        } catch let EncodingError.invalidValue(value, context) {
            let place = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
                .joined(separator: ".")
            throw AzureError(
                service: .batch, code: .invalidArgument,
                message: "\(place) cannot be \(value): \(context.debugDescription)", operation: operation)
        }
    }

    /// Sets a body that is JSON already.
    mutating func setBody(_ json: Data) {
        body = json
    }

    // MARK: The request

    /// The request on its way into the pipeline.
    func request(to endpoint: AzureEndpoint, version: BatchServiceVersion, limit: Int) -> PipelineRequest {
        var fields = headers
        // These are signed, so that they have to be there before the transport adds its own.
        if let body {
            fields[.contentType] = "application/json; odata=minimalmetadata"
            fields[.contentLength] = String(body.count)
        } else if [.post, .put, .patch].contains(method) {
            fields[.contentLength] = "0"
        }
        if isStreamed {
            fields[.accept] = "application/octet-stream"
            fields[.acceptEncoding] = "identity"
        } else if method != .head {
            fields[.accept] = "application/json"
        }
        let request = endpoint.request(
            method, path: path.text, query: [("api-version", version.rawValue)] + query, headers: fields)
        return PipelineRequest(
            request, body: body.map { HTTPBody($0) }, operation: operation, retrySafety: retrySafety,
            responseHandling: isStreamed ? .streamed : .buffered(limit: limit))
    }
}
