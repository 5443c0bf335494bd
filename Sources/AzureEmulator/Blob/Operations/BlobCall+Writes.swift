import AzureCore
import Foundation

extension BlobCall {
    /// The most bytes of one Put Blob, also from a URL: 5,000 MiB.
    static let maxBlob: Int64 = 5000 * 1024 * 1024

    func putBlob() async throws -> HTTPTransportResponse {
        if request.header("x-ms-copy-source") != nil {
            return try await request.header("x-ms-blob-type") == nil ? copyBlob() : putBlobFromURL()
        }
        switch request.header("x-ms-blob-type") {
        case nil: throw BlobServiceError.missingHeader("x-ms-blob-type")
        case "BlockBlob": break
        case "AppendBlob": return try await createAppendBlob()
        case "PageBlob": return try await createPageBlob()
        case let other?: throw BlobServiceError.invalidHeader("x-ms-blob-type", other)
        }
        let body = try TransferBody(request)
        guard body.length <= Self.maxBlob else { throw BlobServiceError.requestBodyTooLarge }
        // The request's own content headers describe the blob, where no x-ms-blob-… header does.
        var write = try blobWrite(contentHeaders: true)
        try await store.checkWrite(write)
        let received = try await body.receive(service.receiver)
        guard (write.headers.contentMD5 ?? received.md5) == received.md5 else { throw BlobServiceError.md5Mismatch }
        write.headers.contentMD5 = received.md5
        let content = BlobContent(body.length == 0 ? [] : [BlobContent.Block(id: nil, piece: received.piece)])
        let written = try await store.put(content, write)
        return .emulated(
            201,
            headers: Self.fields(ofWritten: written) + body.allFields(of: received))
    }

    func setBlobMetadata() async throws -> HTTPTransportResponse {
        let metadata = try metadata()
        let changed = try await store.setMetadata(
            metadata, of: try address.blob, in: try address.container, conditions: try BlobConditions(request))
        return .emulated(200, headers: Self.fields(ofWritten: changed))
    }

    func setBlobProperties() async throws -> HTTPTransportResponse {
        if let answer = try await setPageBlobProperties() { return answer }
        let headers = try blobHeaders(contentHeaders: false)
        let changed = try await store.setHeaders(
            headers, of: try address.blob, in: try address.container, conditions: try BlobConditions(request))
        return .emulated(
            200,
            headers: Self.fields(of: changed.version)
                + (changed.kind.isPage ? changed.kind.fields(of: changed.content) : []))
    }

    /// What a request says about the blob that it writes.
    ///
    /// - Parameters:
    ///   - contentHeaders: Whether `Content-Type` and its like are about the blob, not about the body.
    ///   - isPageBlob: Whether the tiers are those of premium page blobs.
    func blobWrite(contentHeaders: Bool, isPageBlob: Bool = false) throws -> BlobWrite {
        let tier = try accessTier()
        if isPageBlob, let tier { throw BlobServiceError.invalidHeader("x-ms-access-tier", tier) }
        return BlobWrite(
            container: try address.container, name: try address.blob,
            headers: try blobHeaders(contentHeaders: contentHeaders), metadata: try metadata(), accessTier: tier,
            tags: try tagsOfWrite(), protection: try protectionOfWrite(), conditions: try BlobConditions(request),
            mayOverwrite: caller.mayOverwrite)
    }

    /// The MD5 that is stored with a blob as it is given, since nothing is compared with it: any bytes.
    private func storedMD5() throws -> Data? {
        guard let text = request.header("x-ms-blob-content-md5"), !text.isEmpty else { return nil }
        guard let digest = Data(base64Encoded: text) else { throw BlobServiceError.invalidMd5 }
        return digest
    }

    private func blobHeaders(contentHeaders: Bool) throws -> BlobHTTPHeaders {
        func value(_ name: String) -> String? {
            if let value = request.header("x-ms-blob-\(name)") { return value.isEmpty ? nil : value }
            return contentHeaders ? request.header(name).flatMap { $0.isEmpty ? nil : $0 } : nil
        }
        return BlobHTTPHeaders(
            contentType: value("content-type"), contentEncoding: value("content-encoding"),
            contentLanguage: value("content-language"),
            contentDisposition: request.header("x-ms-blob-content-disposition").flatMap { $0.isEmpty ? nil : $0 },
            cacheControl: value("cache-control"),
            contentMD5: contentHeaders ? try md5("x-ms-blob-content-md5") : try storedMD5())
    }
}
