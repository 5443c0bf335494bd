import AzureCore
import AzureCrypto
import Foundation

extension BlobCall {
    /// The most bytes of a block: 4,000 MiB.
    static let maxBlock: Int64 = 4000 * 1024 * 1024
    /// The most blocks of a block list.
    static let maxBlocks = 50_000
    /// The most bytes of a block list document, enough for the most blocks with the longest ids.
    private static let maxBlockListDocument = 8 * 1024 * 1024

    func putBlock() async throws -> HTTPTransportResponse {
        guard let id = request.query["blockid"] else { throw BlobServiceError.missingQuery("blockid") }
        guard let decoded = Data(base64Encoded: id), (1...64).contains(decoded.count) else {
            throw BlobServiceError.invalidQuery("blockid", id, reason: "It is not base64 of 1 to 64 bytes.")
        }
        let body = try await transferBody()
        guard body.length > 0 else { throw BlobServiceError.invalidHeader("Content-Length", "0") }
        guard body.length <= Self.maxBlock else { throw BlobServiceError.requestBodyTooLarge }
        let (blob, container) = (try address.blob, try address.container)
        let conditions = try BlobConditions(request)
        try await store.checkStaging(blob, in: container, conditions: conditions)
        let received = try await body.receive(service.receiver)
        try await store.stage(received.piece, id: decoded, of: blob, in: container, conditions: conditions)
        return .emulated(
            201,
            headers: body.fields(of: received, version: version) + conditions.encryption.fields
                + [("x-ms-request-server-encrypted", "true")])
    }

    func putBlockList() async throws -> HTTPTransportResponse {
        let checks = try TransferChecks(request)
        let write = try blobWrite(contentHeaders: false)
        guard let body = try await request.collectBody(upTo: Self.maxBlockListDocument) else {
            throw BlobServiceError.requestBodyTooLarge
        }
        guard Int64(body.count) == request.contentLength else { throw BlobServiceError.bodyLengthMismatch }
        let (md5, crc64) = (Data(Digest.of(body, .md5)), CRC64(of: body))
        try checks.compare(md5: md5, crc64: crc64)
        let written = try await store.commit(try Self.blockReferences(in: body), write)
        return .emulated(
            201, headers: Self.fields(ofWritten: written) + checks.fields(md5: md5, crc64: crc64, version: version))
    }

    private static func blockReferences(in body: Data) throws -> [BlockReference] {
        guard let root = XMLTree(parsing: body), root.name == "BlockList" else { throw BlobServiceError.invalidXml }
        guard root.children.count <= maxBlocks else { throw BlobServiceError.blockListTooLong }
        return try root.children.map { element in
            // Two texts can stand for one id; what is no base64 stands for none.
            let text = element.text.trimmingCharacters(in: .whitespacesAndNewlines)
            let id = Data(base64Encoded: text)?.base64EncodedString() ?? ""
            switch element.name {
            case "Latest": return BlockReference(id: id, source: .latest)
            case "Committed": return BlockReference(id: id, source: .committed)
            case "Uncommitted": return BlockReference(id: id, source: .uncommitted)
            default: throw BlobServiceError.invalidXml
            }
        }
    }
}
