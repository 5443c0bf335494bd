#if Emulator
import BlobStorage
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

// MARK: Docs/ServingBlobs.md

public func router(for container: BlobContainerClient) -> Router<BasicRequestContext> {
    // snippet.serving-router
    let router = Router()
    for method in [HTTPRequest.Method.get, .head] {
        router.on("files/**", method: method) { request, context in
            let name = context.parameters.getCatchAll().joined(separator: "/")
            return try await answer(request, with: container.blob(name.removingPercentEncoding ?? name))
        }
    }
    // snippet.end
    return router
}

// snippet.serving-answer
func answer(_ request: Request, with blob: BlobClient) async throws -> Response {
    let range = request.headers[.range].flatMap(BlobRange.init(header:))
    let conditions = BlobAccessConditions(ifNoneMatch: request.headers[.ifNoneMatch].map { ETag($0) })
    do {
        if request.method == .head {
            let properties = try await blob.properties(options: BlobPropertiesOptions(conditions: conditions))
            return Response(status: .ok, headers: fields(of: properties, length: properties.contentLength))
        }
        // Nothing but the head is here yet. What follows is fetched as the client takes it.
        let content = try await blob.downloadStream(options: BlobDownloadOptions(range: range, conditions: conditions))
        var headers = fields(of: content.properties, length: content.length)
        if let range {
            let last = range.offset + content.length - 1
            headers[.contentRange] = "bytes \(range.offset)-\(last)/\(content.properties.contentLength)"
        }
        let body = ResponseBody(contentLength: Int(content.length)) { writer in
            for try await chunk in content { try await writer.write(ByteBuffer(bytes: chunk)) }
            try await writer.finish(nil)
        }
        return Response(status: range == nil ? .ok : .partialContent, headers: headers, body: body)
    } catch let error as AzureError {
        switch error.code {
        case .conditionNotMet: return Response(status: .notModified)
        case .invalidRange: return Response(status: .rangeNotSatisfiable)
        case .notFound: return Response(status: .notFound)
        case .throttled: return Response(status: .serviceUnavailable)
        default: throw error
        }
    }
}

func fields(of properties: BlobProperties, length: Int64) -> HTTPFields {
    var fields: HTTPFields = [.acceptRanges: "bytes", .contentLength: String(length)]
    fields[.contentType] = properties.httpHeaders.contentType
    fields[.contentEncoding] = properties.httpHeaders.contentEncoding
    fields[.cacheControl] = properties.httpHeaders.cacheControl
    fields[.eTag] = properties.etag?.rawValue
    return fields
}

extension BlobRange {
    /// A range such as `bytes=0-99` or `bytes=100-`. A server may ignore all others, and send the whole.
    init?(header: String) {
        let numbers = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard header.hasPrefix("bytes="), numbers.count == 2, let first = numbers[0], first >= 0 else { return nil }
        if let last = numbers[1] {
            guard last >= first, last < .max else { return nil }
            self.init(first..<last + 1)
        } else if header.hasSuffix("-") {
            self.init(offset: first)
        } else {
            return nil
        }
    }
}
// snippet.end
#endif
