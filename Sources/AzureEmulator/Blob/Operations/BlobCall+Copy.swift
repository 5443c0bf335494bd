import AzureCore
import AzureCrypto
import Foundation

extension BlobCall {
    /// The most bytes that are copied while the caller waits: 256 MiB.
    static let maxSynchronousCopy: Int64 = 256 * 1024 * 1024

    /// Copy Blob and Copy Blob From URL. Content is never changed in place, so that a copy is done at once.
    func copyBlob() async throws -> HTTPTransportResponse {
        let isSynchronous = request.header("x-ms-requires-sync")?.lowercased() == "true"
        let source = try await copySource(isWithinAccount: !isSynchronous)
        if isSynchronous {
            guard source.blob.kind == .block else { throw BlobServiceError.invalidBlobType }
            guard source.blob.content.length <= Self.maxSynchronousCopy else {
                throw BlobServiceError.invalidHeader("x-ms-copy-source", source.shownURL)
            }
        }
        var write = try blobWrite(contentHeaders: false, isPageBlob: source.blob.kind.isPage)
        write.kind = source.blob.kind
        if case .append = write.kind { write.kind = .append(isSealed: try sealsDestination(source.blob)) }
        write.headers = source.blob.headers
        if write.metadata.isEmpty { write.metadata = source.blob.metadata }
        if try copiesTags() { write.tags = source.blob.tags }
        if !isSynchronous { try rehydrate(source.blob, in: &write) }
        let copy = CopyRecord(
            id: UUID().uuidString.lowercased(), source: source.shownURL, completedOn: service.time.now(),
            length: source.blob.content.length)
        write.copy = copy
        write.needsInfiniteLease = true
        let (content, target) = (source.blob.content, write)
        let blob = try await asTarget { try await store.put(content, target) }
        var fields =
            Self.fields(of: blob.version) + blob.encryption.fields + [
                ("x-ms-copy-id", copy.id), ("x-ms-copy-status", "success"),
            ]
        if isSynchronous, let md5 = source.blob.headers.contentMD5 {
            fields.append(("Content-MD5", md5.base64EncodedString()))
        }
        return .emulated(202, headers: fields)
    }

    /// Does something to the destination of a copy, where a condition that does not hold has a code of its own, unless
    /// it is one on tags.
    func asTarget<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as BlobServiceError where error == BlobServiceError.conditionNotMet {
            throw BlobServiceError.targetConditionNotMet
        }
    }

    private func sealsDestination(_ source: BlobRecord) throws -> Bool {
        switch request.header("x-ms-seal-blob")?.lowercased() {
        case nil: source.kind == .append(isSealed: true)
        case "true": true
        case "false": false
        case let other?: throw BlobServiceError.invalidHeader("x-ms-seal-blob", other)
        }
    }

    /// Put Blob From URL.
    func putBlobFromURL() async throws -> HTTPTransportResponse {
        guard request.header("x-ms-blob-type") == "BlockBlob" else {
            throw BlobServiceError.invalidHeader("x-ms-blob-type", request.header("x-ms-blob-type") ?? "")
        }
        let source = try await copySource()
        guard source.blob.content.length <= Self.maxBlob else { throw BlobServiceError.requestBodyTooLarge }
        var write = try blobWrite(contentHeaders: false)
        try await store.checkWrite(write)
        let body = try await transferBody()
        let received = try await body.receive(service.receiver)
        if request.header("x-ms-copy-source-blob-properties")?.lowercased() != "false" {
            write.headers = write.headers.filled(from: source.blob.headers)
            if write.metadata.isEmpty { write.metadata = source.blob.metadata }
        }
        if try copiesTags() { write.tags = source.blob.tags }
        write.headers.contentMD5 = received.md5
        let content = BlobContent(body.length == 0 ? [] : [BlobContent.Block(id: nil, piece: received.piece)])
        let blob = try await store.put(content, write)
        return .emulated(
            201,
            headers: Self.fields(ofWritten: blob) + body.allFields(of: received))
    }

    /// Abort Copy Blob, which always comes too late.
    func abortCopy() async throws -> HTTPTransportResponse {
        guard request.header("x-ms-copy-action") == "abort" else {
            throw BlobServiceError.missingHeader("x-ms-copy-action")
        }
        guard request.query["copyid"] != nil else { throw BlobServiceError.missingQuery("copyid") }
        _ = try await store.blob(try address.blob, in: try address.container)
        throw BlobServiceError.noPendingCopyOperation
    }
}

extension BlobHTTPHeaders {
    /// These header fields, with those of another blob where there are none.
    fileprivate func filled(from other: BlobHTTPHeaders) -> BlobHTTPHeaders {
        BlobHTTPHeaders(
            contentType: contentType ?? other.contentType, contentEncoding: contentEncoding ?? other.contentEncoding,
            contentLanguage: contentLanguage ?? other.contentLanguage,
            contentDisposition: contentDisposition ?? other.contentDisposition,
            cacheControl: cacheControl ?? other.cacheControl, contentMD5: contentMD5)
    }
}
