import AzureCore
import Foundation

extension BlobCall {
    /// The most bytes of one write of pages: 4 MiB.
    static let maxPageWrite: Int64 = 4 * 1024 * 1024
    /// The most bytes of a page blob: 8 TiB.
    static let maxPageBlob: Int64 = 8 << 40

    /// Creates a page blob.
    func createPageBlob() async throws -> HTTPTransportResponse {
        guard (request.contentLength ?? 0) == 0 else { throw BlobServiceError.invalidHeader("Content-Length", "") }
        guard let length = try pageBlobLength() else {
            throw BlobServiceError.missingHeader("x-ms-blob-content-length")
        }
        let number = try integer("x-ms-blob-sequence-number") ?? 0
        var write = try blobWrite(contentHeaders: false, isPageBlob: true)
        write.kind = .page(sequenceNumber: number)
        let blob = try await store.put(.emptyPages(length), write)
        return .emulated(201, headers: Self.fields(ofWritten: blob))
    }

    private func pageBlobLength() throws -> Int64? {
        guard let length = try integer("x-ms-blob-content-length") else { return nil }
        guard length % BlobContent.page == 0, length <= Self.maxPageBlob else {
            throw BlobServiceError.invalidHeader("x-ms-blob-content-length", String(length))
        }
        return length
    }

    func putPage() async throws -> HTTPTransportResponse {
        let range = try pageRange()
        let sequenceNumber = try sequenceNumberConditions()
        let conditions = try BlobConditions(request)
        let length = range.upperBound - range.lowerBound
        var piece: ContentPiece?
        var fields: [(String, String)] = []
        switch request.header("x-ms-page-write") {
        case "update":
            let body = try await transferBody()
            guard length <= Self.maxPageWrite else { throw BlobServiceError.requestBodyTooLarge }
            guard body.length == length else {
                throw BlobServiceError.invalidHeader("Content-Length", String(body.length))
            }
            _ = try await store.blob(try address.blob, in: try address.container)
            let received = try await body.receive(service.receiver)
            piece = received.piece
            fields = body.fields(of: received, version: version)
        case "clear":
            guard (request.contentLength ?? 0) == 0 else { throw BlobServiceError.invalidHeader("Content-Length", "") }
        case nil: throw BlobServiceError.missingHeader("x-ms-page-write")
        case let other?: throw BlobServiceError.invalidHeader("x-ms-page-write", other)
        }
        let blob = try await store.writePages(
            piece, at: range, of: try address.blob, in: try address.container, conditions: conditions,
            sequenceNumber: sequenceNumber)
        return .emulated(201, headers: Self.fields(ofWritten: blob) + blob.kind.fields(of: blob.content) + fields)
    }

    /// The pages of the request: whole ones, with a first and a last byte.
    private func pageRange() throws -> Range<Int64> {
        guard let asked = try BlobRange(writing: request) else { throw BlobServiceError.missingHeader("x-ms-range") }
        guard let range = asked.closed, range.lowerBound % BlobContent.page == 0,
            range.upperBound % BlobContent.page == 0
        else { throw BlobServiceError.invalidPageRange }
        return range
    }

    private func sequenceNumberConditions() throws -> SequenceNumberConditions {
        func number(_ name: String) throws -> Int64? {
            try request.header(name).map { text in
                guard let number = Int64(digits: text) else { throw BlobServiceError.invalidInput(name) }
                return number
            }
        }
        return SequenceNumberConditions(
            lessOrEqual: try number("x-ms-if-sequence-number-le"), less: try number("x-ms-if-sequence-number-lt"),
            equal: try number("x-ms-if-sequence-number-eq"))
    }

    /// What Set Blob Properties changes about a page blob; nil when the request is about header fields.
    func setPageBlobProperties() async throws -> HTTPTransportResponse? {
        let length = try pageBlobLength()
        let number = try integer("x-ms-blob-sequence-number")
        let action = request.header("x-ms-sequence-number-action")
        guard length != nil || action != nil else {
            guard number == nil else { throw BlobServiceError.missingHeader("x-ms-sequence-number-action") }
            return nil
        }
        let blob = try await store.modify(
            try address.blob, in: try address.container, conditions: try BlobConditions(request)
        ) { blob in
            guard case .page(let current) = blob.kind else { throw BlobServiceError.invalidBlobType }
            if let length { blob.content = try blob.content.resized(to: length) }
            switch (action, number) {
            case (nil, _): break
            case ("increment", nil):
                guard current < .max else { throw BlobServiceError.sequenceNumberIncrementTooLarge }
                blob.kind = .page(sequenceNumber: current + 1)
            case ("update", let number?): blob.kind = .page(sequenceNumber: number)
            case ("max", let number?): blob.kind = .page(sequenceNumber: max(number, current))
            case ("update", nil), ("max", nil):
                throw BlobServiceError.missingHeader("x-ms-blob-sequence-number")
            case (let other?, _): throw BlobServiceError.invalidHeader("x-ms-sequence-number-action", other)
            }
        }
        return .emulated(200, headers: Self.fields(of: blob.version) + blob.kind.fields(of: blob.content))
    }
}
