package import HTTPTypes

package import struct Foundation.Data

/// An answer that means success, and the call that it belongs to.
package struct ServiceAnswer: Sendable {
    package var head: HTTPResponse
    package var body: HTTPResponseBody
    /// Whether an earlier try of the call may have acted; see ``HTTPTransportResponse/earlierTryMayHaveActed``.
    package let earlierTryMayHaveActed: Bool
    /// The call, for errors about the answer.
    package let context: ErrorContext

    /// The body in memory. The answer was buffered as far as the operation allows, which is the limit.
    package func data() async throws -> Data {
        do {
            return try await body.collect(upTo: .max)
        } catch {
            throw context.describing(error)
        }
    }

    /// The body as it arrives. One that breaks off, or has another length than was announced, throws; it never ends short.
    package func wholeStream() -> HTTPByteStream {
        guard let length = body.length else { return body.stream }
        return body.stream.checked(length: length) { [context] count in
            context.error(.truncatedBody, "The answer was announced with \(length) bytes, and \(count) arrived.")
        }
    }

    /// Reads the body. What `read` throws becomes an error that tells of the call.
    package func read<Value>(_ read: (Data) throws -> Value) async throws -> Value {
        let data = try await data()
        return try context.reading { try read(data) }
    }
}

extension ErrorContext {
    /// Reads an answer of the call, or a part of one; what is thrown becomes an error that tells of the call.
    package func reading<Value>(_ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let error as DecodingError {
            throw self.error(.invalidResponse, "The answer is not \(Value.self): \(error.place)", underlying: error)
        } catch {
            throw describing(error)
        }
    }
}

extension DecodingError {
    /// Where and why, in a few words and without the data.
    package var place: String {
        let (context, last): (Context, (any CodingKey)?) =
            switch self {
            case .keyNotFound(let key, let context): (context, key)
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context, nil)
            @unknown default: (Context(codingPath: [], debugDescription: "unknown"), nil)
            }
        var path = ""
        for key in context.codingPath + (last.map { [$0] } ?? []) {
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        let reason =
            switch self {
            case .keyNotFound: "it is missing"
            case .typeMismatch(let type, _): "it is not \(type)"
            case .valueNotFound: "it is null"
            default: Redactor.text(context.debugDescription)
            }
        return path.isEmpty ? reason : "at \(path), \(reason)"
    }
}
