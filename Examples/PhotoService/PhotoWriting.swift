import AzureCore
import BlobStorage
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers `PUT` of one photo.
struct PhotoWriting: Sendable {
    let photo: BlobClient
    /// The largest photo, in bytes.
    let sizeLimit: Int64

    /// Sends the content on as it comes. A photo is there when it is whole, and not before: what breaks off, or becomes too
    /// large, leaves nothing.
    func answer(_ request: Request) async throws -> Response {
        if let announced = request.headers[.contentLength].flatMap({ Int64($0) }), announced > sizeLimit {
            return Response(status: .contentTooLarge)
        }
        let replaced = request.headers[.ifMatch].map { ETag($0) }
        // Said before the content is here, where that is known.
        if replaced == nil, try await photo.exists() { return Response(status: .conflict) }
        let content = LimitedBody(body: request.body, limit: sizeLimit)
        let options = BlobUploadOptions(
            overwrite: replaced != nil,
            httpHeaders: .init(
                contentType: request.headers[.contentType] ?? BlobContentType.forName(photo.name)),
            conditions: BlobAccessConditions(ifMatch: replaced))
        do {
            let info = try await photo.upload(stream: content, options: options)
            var headers = HTTPFields()
            headers[.eTag] = info.etag?.rawValue
            guard replaced == nil else { return Response(status: .noContent, headers: headers) }
            headers[.location] = request.uri.path
            return Response(status: .created, headers: headers)
        } catch let error as AzureError where error.underlying is LimitedBody.TooLarge {
            return Response(status: .contentTooLarge)
        }
    }
}

/// The content of a request, which fails when it becomes too large.
struct LimitedBody: AsyncSequence, Sendable {
    typealias Element = Data

    /// The content has more than it may have.
    struct TooLarge: Error {}

    let body: RequestBody
    let limit: Int64

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body: body.makeAsyncIterator(), left: limit)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        var body: RequestBody.AsyncIterator
        var left: Int64

        @concurrent mutating func next() async throws -> Data? {
            guard let chunk = try await body.next() else { return nil }
            left -= Int64(chunk.readableBytes)
            guard left >= 0 else { throw TooLarge() }
            return Data(chunk.readableBytesView)
        }
    }
}
