import AzureCore
import BlobStorage
import Foundation
import HTTPTypes
import Hummingbird

/// What the service answers.
///
/// | request | answer |
/// |---|---|
/// | `GET /photos?prefix=…&marker=…&limit=…` | a list, as JSON |
/// | `GET /photos/NAME`, `HEAD` | a photo: whole, a range, or 304 |
/// | `PUT /photos/NAME` | takes a photo; one that is there is replaced with `If-Match` only |
/// | `GET /links/NAME` | a signed URL, with which anybody can read the photo for a while |
struct PhotoRoutes: Sendable {
    /// The container.
    var photos: BlobContainerClient
    /// The largest photo that is taken, in bytes.
    var sizeLimit: Int64
    /// How long signed URLs are good for.
    var linkLifetime: Duration
    /// Told when the content of an answer has ended, with its bytes, also of one whose client has left.
    var onServed: @Sendable (ServedPhoto) -> Void = { _ in }

    /// The routes.
    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("photos") { request, _ in
            try await answering { try await PhotoList(request).answer(from: photos) }
        }
        for method in [HTTPRequest.Method.get, .head] {
            router.on("photos/**", method: method) { request, context in
                let photo = photo(in: context)
                return try await answering {
                    try await PhotoReading(photo: photo, onServed: onServed).answer(request)
                }
            }
        }
        router.put("photos/**") { request, context in
            let photo = photo(in: context)
            return try await answering {
                try await PhotoWriting(photo: photo, sizeLimit: sizeLimit).answer(request)
            }
        }
        router.get("links/**") { _, context in
            let photo = photo(in: context)
            return try await answering { try await PhotoLink(photo: photo, lifetime: linkLifetime).answer() }
        }
        return router
    }

    private func photo(in context: BasicRequestContext) -> BlobClient {
        let name = context.parameters.getCatchAll().joined(separator: "/")
        return photos.blob(name.removingPercentEncoding ?? name)
    }

    /// Turns errors of the storage service into answers. What is not listed is a failure of this service: 500.
    private func answering(_ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch let error as AzureError {
            switch error.code {
            case .notFound: return Response(status: .notFound)
            case .alreadyExists: return Response(status: .conflict)
            case .conditionNotMet: return Response(status: .preconditionFailed)
            case .invalidArgument: return Response(status: .badRequest)
            case .throttled: return Response(status: .serviceUnavailable, headers: [.retryAfter: "5"])
            default: throw error
            }
        }
    }
}

/// The end of an answer with content.
struct ServedPhoto: Sendable, Hashable {
    /// The name of the photo.
    var name: String
    /// The bytes that were written.
    var bytes: Int64
    /// Whether that was all of it.
    var isComplete: Bool
}
