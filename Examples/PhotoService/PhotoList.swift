import AzureCore
import BlobStorage
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers a request for a list, a page at a time.
struct PhotoList: Sendable {
    /// The most photos of a page, and how many there are unless a request says so.
    private static let largestPage = 1000

    let prefix: String?
    let marker: String?
    let limit: Int

    init(_ request: Request) {
        let query = request.uri.queryParameters
        prefix = query["prefix"].map(String.init)
        marker = query["marker"].flatMap { $0.isEmpty ? nil : String($0) }
        let wanted = query["limit"].flatMap { Int($0) } ?? Self.largestPage
        limit = min(max(1, wanted), Self.largestPage)
    }

    func answer(from photos: BlobContainerClient) async throws -> Response {
        let blobs = photos.listBlobs(
            prefix: prefix, options: BlobListOptions(pageSize: limit, continuationToken: marker))
        var pages = blobs.pages.makeAsyncIterator()
        let page = try await pages.next()
        return try .json(
            List(
                photos: (page?.items ?? []).map(Photo.init), next: page?.continuationToken))
    }

    /// A page.
    struct List: Codable, Sendable {
        var photos: [Photo]
        /// The `marker` of the next page; nil at the end.
        var next: String?
    }

    /// A photo of a page.
    struct Photo: Codable, Sendable, Hashable {
        var name: String
        var size: Int64
        var type: String?
        var version: String?

        init(_ blob: BlobItem) {
            name = blob.name
            size = blob.properties.contentLength
            type = blob.properties.httpHeaders.contentType
            version = blob.properties.etag?.rawValue
        }
    }
}

/// Answers a request for a signed URL.
struct PhotoLink: Sendable {
    let photo: BlobClient
    let lifetime: Duration

    func answer() async throws -> Response {
        guard try await photo.exists() else { return Response(status: .notFound) }
        let end = Date(timeIntervalSinceNow: lifetime / .seconds(1))
        let url = try photo.signedURL(permissions: [.read], expiresOn: end)
        var response = try Response.json(
            Link(url: url.absoluteString, expires: AzureTimestamp(end).text))
        // Whoever has the URL can read the photo.
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// A URL with a signature.
    struct Link: Codable, Sendable {
        var url: String
        var expires: String
    }
}

extension Response {
    /// An answer of JSON.
    fileprivate static func json(_ value: some Encodable) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }
}
