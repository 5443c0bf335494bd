import AzureCore
import BlobStorage
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers `GET` and `HEAD` of one photo.
struct PhotoReading: Sendable {
    let photo: BlobClient
    let onServed: @Sendable (ServedPhoto) -> Void

    func answer(_ request: Request) async throws -> Response {
        // Whether there is a photo at all, whatever its version; the storage service takes that for writing only.
        if request.headers[.ifNoneMatch] == "*" {
            return Self.notModified(try await photo.properties().etag)
        }
        let conditions = BlobAccessConditions(ifNoneMatch: Self.version(in: request.headers[.ifNoneMatch]))
        do {
            if request.method == .head {
                let properties = try await photo.properties(options: .init(conditions: conditions))
                return Response(status: .ok, headers: Self.fields(of: properties, length: properties.contentLength))
            }
            return try await content(range: RequestedRange(request.headers)?.range, conditions)
        } catch AzureErrorCode.conditionNotMet {
            return Self.notModified(conditions.ifNoneMatch)
        } catch AzureErrorCode.invalidRange {
            let size = try await photo.properties().contentLength
            return Response(status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(size)"])
        }
    }

    /// The content. Only its head is here when this returns; the rest is fetched as the client takes it, so that slow
    /// clients cost little memory, and clients that leave cost nothing more.
    private func content(range: BlobRange?, _ conditions: BlobAccessConditions) async throws -> Response {
        let content = try await photo.downloadStream(options: .init(range: range, conditions: conditions))
        var headers = Self.fields(of: content.properties, length: content.length)
        if let range {
            let last = range.offset + content.length - 1
            headers[.contentRange] = "bytes \(range.offset)-\(last)/\(content.properties.contentLength)"
        }
        let body = ResponseBody(contentLength: Int(content.length)) { [name = photo.name, onServed] writer in
            var served = ServedPhoto(name: name, bytes: 0, isComplete: false)
            defer { onServed(served) }
            for try await chunk in content {
                try await writer.write(ByteBuffer(bytes: chunk))
                served.bytes += Int64(chunk.count)
            }
            try await writer.finish(nil)
            served.isComplete = true
        }
        return Response(status: range == nil ? .ok : .partialContent, headers: headers, body: body)
    }

    private static func notModified(_ version: ETag?) -> Response {
        var headers = HTTPFields()
        headers[.eTag] = version?.rawValue
        return Response(status: .notModified, headers: headers)
    }

    private static func fields(of properties: BlobProperties, length: Int64) -> HTTPFields {
        var fields: HTTPFields = [.acceptRanges: "bytes", .contentLength: String(length), .cacheControl: "no-cache"]
        fields[.contentType] = properties.httpHeaders.contentType ?? "application/octet-stream"
        fields[.eTag] = properties.etag?.rawValue
        return fields
    }

    /// The version that a client has. Weak ones compare as strong ones do here; of a list nothing is made, and the client
    /// gets the content once more.
    private static func version(in field: String?) -> ETag? {
        guard let field, !field.contains(",") else { return nil }
        return ETag(field.hasPrefix("W/") ? String(field.dropFirst(2)) : field)
    }
}
