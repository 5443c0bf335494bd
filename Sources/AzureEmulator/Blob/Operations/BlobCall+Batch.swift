import AzureCore
import Foundation
import HTTPTypes

extension BlobCall {
    /// The most bytes of a batch.
    static let maxBatch = 4 * 1024 * 1024

    func submitBatch() async throws -> HTTPTransportResponse {
        guard let body = try await request.collectBody(upTo: Self.maxBatch) else {
            throw BlobServiceError.requestBodyTooLarge
        }
        let document = try BlobBatchDocument(
            body, contentType: request.header("Content-Type"), outer: request.head)
        let container = address.level == .container ? try address.container : nil
        var kinds: Set<BlobOperation> = []
        for part in document.parts { kinds.insert(try operation(of: part, in: container)) }
        guard kinds.count == 1 else {
            throw BlobServiceError.invalidBatch("All requests of a batch are of one kind.")
        }
        var answer = BlobBatchAnswer(boundary: "batchresponse_\(UUID().uuidString.lowercased())")
        for part in document.parts {
            // Each request has credentials of its own; only the version is that of the whole.
            try await answer.append(await service.respond(toPart: part.request, version: version), id: part.id)
        }
        return answer.response
    }

    /// What a part asks for; only deletions and changes of the tier can be asked for in a batch.
    private func operation(of part: BlobBatchDocument.Part, in container: String?) throws -> BlobOperation {
        guard let inner = EmulatorRequest(part.request) else {
            throw BlobServiceError.invalidBatch("The address of a request is none.")
        }
        let address = try BlobAddress(inner)
        var operation = try BlobOperation(inner, address)
        // Who may delete what is the business of each request.
        if [.deleteVersion, .deletePermanently].contains(operation) { operation = .deleteBlob }
        guard [.deleteBlob, .setBlobTier].contains(operation) else {
            throw BlobServiceError.invalidBatch("A batch can delete blobs or set their tiers, nothing else.")
        }
        if let container, try address.container != container {
            throw BlobServiceError.invalidBatch("A request is about a blob of another container.")
        }
        return operation
    }
}

extension BlobServiceError {
    static func invalidBatch(_ reason: String) -> BlobServiceError {
        BlobServiceError(400, "InvalidInput", "The batch is not valid. \(reason)")
    }
}
