import AzureCore
import AzureCrypto
import Foundation

extension BlobCall {
    /// The most bytes of a range of which a request may ask for a digest.
    private static let maxRangeForDigest = 4 * 1024 * 1024

    func getBlob() async throws -> HTTPTransportResponse {
        let blob = try await existingBlob()
        guard !blob.isIncrementalCopy else { throw BlobServiceError.notAllowedOnIncrementalCopy }
        guard !blob.isArchived(at: service.time.now()) else { throw BlobServiceError.blobArchived }
        let now = store.leaseTime()
        let length = blob.content.length
        let digests = ["x-ms-range-get-content-md5", "x-ms-range-get-content-crc64"].filter {
            request.header($0)?.lowercased() == "true"
        }
        let isStructured = request.header("x-ms-structured-body") != nil
        // One digest of a range, and none beside the checksums of a structured body.
        if let digest = digests.last, digests.count > 1 || isStructured {
            throw BlobServiceError.invalidHeader(digest, "true")
        }
        guard let range = try BlobRange(reading: request)?.resolved(length: length) else {
            if let digest = digests.first { throw BlobServiceError.invalidHeader(digest, "true") }
            return try content(
                of: blob, in: 0..<length, status: 200, fields: contentFields(of: blob, at: now, isWhole: true))
        }
        var fields = contentFields(of: blob, at: now, isWhole: false)
        fields.append(("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"))
        if let digest = digests.first {
            guard range.count <= Self.maxRangeForDigest else { throw BlobServiceError.invalidHeader(digest, "true") }
            let bytes = try await blob.content.chunks(in: range).collect(upTo: range.count)
            fields.append(
                digest.hasSuffix("md5")
                    ? ("Content-MD5", Data(Digest.of(bytes, .md5)).base64EncodedString())
                    : ("x-ms-content-crc64", CRC64(of: bytes).data.base64EncodedString()))
        }
        return try content(of: blob, in: range, status: 206, fields: fields)
    }

    func blobProperties() async throws -> HTTPTransportResponse {
        let blob = try await existingBlob()
        var fields = contentFields(of: blob, at: store.leaseTime(), isWhole: true)
        fields.append(("Content-Length", String(blob.content.length)))
        return .emulated(200, headers: fields)
    }

    func blobMetadata() async throws -> HTTPTransportResponse {
        let blob = try await existingBlob()
        return .emulated(
            200, headers: Self.fields(of: blob.version) + Self.fields(of: blob.metadata) + blob.encryption.fields)
    }

    func blockList() async throws -> HTTPTransportResponse {
        let type = request.query["blocklisttype"]?.lowercased() ?? "committed"
        guard ["committed", "uncommitted", "all"].contains(type) else {
            throw BlobServiceError.invalidQuery("blocklisttype", type, reason: "It is not known.")
        }
        let (committed, staged) = try await store.blocks(of: try address.blob, selection, in: try address.container)
        let conditions = try BlobConditions(request)
        try conditions.checkTags(of: committed)
        try conditions.checkLease(of: committed, isRequired: false, at: store.leaseTime())
        var xml = XMLText()
        xml.open("BlockList")
        if type != "uncommitted" {
            try await committed?.content.load()
            let blocks = try committed?.content.blocks() ?? []
            Self.append(
                blocks.compactMap { block in block.id.map { ($0, block.piece) } }, "CommittedBlocks", to: &xml)
        }
        if type != "committed" {
            let blocks = staged?.order.compactMap { id in staged?.pieces[id].map { (id, $0) } } ?? []
            Self.append(blocks, "UncommittedBlocks", to: &xml)
        }
        xml.close("BlockList")
        var fields = [("Content-Type", "application/xml")]
        if let committed { fields += Self.fields(of: committed.version) }
        fields.append(("x-ms-blob-content-length", String(committed?.content.length ?? 0)))
        return .emulated(200, headers: fields, body: xml.data)
    }

    private static func append(_ blocks: [(id: String, piece: ContentPiece)], _ name: String, to xml: inout XMLText) {
        guard !blocks.isEmpty else { return xml.element(name, "") }
        xml.open(name)
        for block in blocks {
            xml.open("Block")
            xml.element("Name", block.id)
            xml.element("Size", String(block.piece.length))
            xml.close("Block")
        }
        xml.close(name)
    }

    /// The blob, if the conditions of the request hold.
    func existingBlob() async throws -> BlobRecord {
        let blob = try await selectedBlob()
        let conditions = try BlobConditions(request)
        // A snapshot has no lease of its own; the id of the blob's is not looked at.
        if blob.isCurrent {
            try conditions.checkRead(blob, at: store.leaseTime())
        } else {
            try conditions.checkRead(blob.version)
            try conditions.checkTags(of: blob)
        }
        try conditions.checkKey(of: blob)
        return blob
    }

    private func content(
        of blob: BlobRecord, in range: Range<Int64>, status: Int, fields: [(String, String)]
    ) throws -> HTTPTransportResponse {
        let count = range.upperBound - range.lowerBound
        if let format = request.header("x-ms-structured-body") {
            guard format == StructuredMessage.format, count <= StructuredMessage.maxContent else {
                throw BlobServiceError.invalidHeader("x-ms-structured-body", format)
            }
            let size = StructuredMessage.size(of: count)
            var response = HTTPTransportResponse.emulated(
                status,
                headers: fields + [
                    ("Content-Length", String(size)), ("x-ms-structured-body", format),
                    ("x-ms-structured-content-length", String(count)),
                ])
            response.body = HTTPResponseBody(
                StructuredMessage.message(around: blob.content.chunks(in: range), length: count), length: size)
            return response
        }
        var response = HTTPTransportResponse.emulated(status, headers: fields + [("Content-Length", String(count))])
        response.body = HTTPResponseBody(blob.content.chunks(in: range), length: count)
        return response
    }

    /// The fields that answers about content have.
    ///
    /// - Parameters:
    ///   - now: What time it is for leases.
    ///   - isWhole: Whether the answer brings the whole blob.
    func contentFields(of blob: BlobRecord, at now: Duration, isWhole: Bool) -> [(String, String)] {
        let headers = blob.headers
        let overrides = caller.grant?.responseHeaders ?? [:]
        let stored: [(String, String?)] = [
            ("Content-Type", headers.contentType ?? "application/octet-stream"),
            ("Content-Encoding", headers.contentEncoding), ("Content-Language", headers.contentLanguage),
            ("Content-Disposition", headers.contentDisposition), ("Cache-Control", headers.cacheControl),
        ]
        var fields = stored.compactMap { name, value in (overrides[name] ?? value).map { (name, $0) } }
        if let md5 = headers.contentMD5?.base64EncodedString() {
            // With a part of the blob, Content-MD5 would be taken for the digest of that part.
            fields.append((isWhole ? "Content-MD5" : "x-ms-blob-content-md5", md5))
        }
        fields += Self.fields(of: blob.version) + Self.fields(of: blob.metadata)
        if !blob.tags.isEmpty { fields.append(("x-ms-tag-count", String(blob.tags.count))) }
        fields += blob.kind.fields(of: blob.content) + (blob.copy?.fields ?? [])
        if blob.isCurrent { fields += BlobEmulator.fields(of: blob.lease, at: now) }
        if blob.isCurrent, blob.version.id != nil { fields.append(("x-ms-is-current-version", "true")) }
        fields += blob.encryption.fields + blob.protection.fields
        fields += blob.tier(at: service.time.now())?.fields ?? []
        return fields + [
            ("Accept-Ranges", "bytes"), ("x-ms-blob-type", blob.kind.name),
            ("x-ms-creation-time", RFC1123Date.format(blob.createdOn)), ("x-ms-server-encrypted", "true"),
        ]
    }
}
