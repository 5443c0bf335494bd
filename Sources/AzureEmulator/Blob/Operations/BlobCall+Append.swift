import AzureCore
import Foundation

extension BlobCall {
    /// The most bytes of one append: 100 MiB.
    static let maxAppend: Int64 = 100 * 1024 * 1024

    /// Creates an append blob.
    func createAppendBlob() async throws -> HTTPTransportResponse {
        guard (request.contentLength ?? 0) == 0 else { throw BlobServiceError.invalidHeader("Content-Length", "") }
        var write = try blobWrite(contentHeaders: false)
        write.kind = .append(isSealed: false)
        let blob = try await store.put(BlobContent([]), write)
        return .emulated(201, headers: Self.fields(ofWritten: blob))
    }

    func appendBlock() async throws -> HTTPTransportResponse {
        let body = try await transferBody()
        guard body.length > 0 else { throw BlobServiceError.invalidHeader("Content-Length", "0") }
        guard body.length <= Self.maxAppend else { throw BlobServiceError.requestBodyTooLarge }
        let conditions = try appendConditions()
        _ = try await store.blob(try address.blob, in: try address.container)
        let received = try await body.receive(service.receiver)
        let (blob, offset) = try await store.append(
            received.piece, to: try address.blob, in: try address.container, if: conditions)
        return .emulated(
            201,
            headers: Self.fields(ofWritten: blob) + body.fields(of: received, version: version) + [
                ("x-ms-blob-append-offset", String(offset)),
                ("x-ms-blob-committed-block-count", String(blob.content.blockCount)),
            ])
    }

    func sealAppendBlob() async throws -> HTTPTransportResponse {
        let blob = try await store.seal(
            try address.blob, in: try address.container, if: try appendConditions())
        return .emulated(200, headers: Self.fields(of: blob.version) + [("x-ms-blob-sealed", "true")])
    }

    private func appendConditions() throws -> AppendConditions {
        AppendConditions(
            blob: try BlobConditions(request),
            position: try integer("x-ms-blob-condition-appendpos"),
            maxSize: try integer("x-ms-blob-condition-maxsize"))
    }

    /// A number in a header field that is not negative.
    func integer(_ name: String) throws -> Int64? {
        try request.header(name).map { text in
            guard let number = Int64(digits: text) else { throw BlobServiceError.invalidHeader(name, text) }
            return number
        }
    }
}
