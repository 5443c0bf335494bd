import AzureCore
import BatchModels
import HTTPTypes

import struct Foundation.Data

/// One operation with its parameters, ready to be sent.
struct BatchCall: Sendable {
    private(set) var operation: ServiceOperation

    init(_ name: String, _ method: HTTPRequest.Method, _ path: BatchPath, _ call: CallOptions) throws {
        guard !path.isAmbiguous else {
            throw AzureError(
                service: .batch, code: .invalidArgument,
                message: "An id, name or file path is empty, '.' or '..'. Give the one of the resource that is meant.",
                operation: name)
        }
        operation = ServiceOperation(name, method, path: path.text, call: call)
        operation.responseHandling = .buffered(limit: BatchConnection.answerLimit)
        if method != .head { operation.headers[.accept] = "application/json" }
    }

    /// Says that sending it twice has the effect of sending it once, although its method does not.
    mutating func setIdempotent() {
        operation.retrySafety = .idempotent
    }

    /// Has the body of the answer, a file, handed on as it arrives.
    mutating func setStreamed() {
        setContent(limit: 0)
        operation.responseHandling = .streamed
    }

    /// Has the body of the answer, a part of a file, read into memory.
    mutating func setContent(limit: Int64) {
        operation.responseHandling = .buffered(limit: Int(clamping: limit))
        operation.headers[.accept] = "application/octet-stream"
        operation.headers[.acceptEncoding] = "identity"
    }

    /// Follows a link of the service in place of the path.
    mutating func follow(_ link: NextLink) {
        operation.link = link.path
        operation.call = operation.call.withoutDate
    }

    // MARK: Query

    mutating func add(query name: String, _ value: String?) {
        if let value { operation.query.append((name, value)) }
    }

    mutating func add(query name: String, _ value: Bool?) {
        add(query: name, value.map { $0 ? "true" : "false" })
    }

    mutating func add(query name: String, _ value: AzureTimestamp?) {
        add(query: name, value?.text(for: .body))
    }

    mutating func add(query name: String, _ values: [String]) {
        if !values.isEmpty { operation.query.append((name, values.joined(separator: ","))) }
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

    mutating func add(_ conditions: BatchAccessConditions) {
        operation.headers[.ifMatch] = conditions.ifMatch?.headerValue
        operation.headers[.ifNoneMatch] = conditions.ifNoneMatch?.headerValue
        operation.headers[.ifModifiedSince] = conditions.ifModifiedSince?.text(for: .header)
        operation.headers[.ifUnmodifiedSince] = conditions.ifUnmodifiedSince?.text(for: .header)
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
        operation.headers[.ocpRange] =
            "bytes=\(range.offset)-" + (range.length.map { String(range.offset + $0 - 1) } ?? "")
    }

    // MARK: Body

    mutating func add(body model: (some BatchModel)?) throws {
        guard let model else { return }
        setBody(try Self.json(model, operation: operation.name))
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
        operation.body = HTTPBody(json)
        operation.headers[.contentType] = "application/json; odata=minimalmetadata"
    }
}
