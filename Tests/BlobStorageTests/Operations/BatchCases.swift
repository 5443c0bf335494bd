import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

extension OperationCase {
    /// Batches. Their boundary is a new one each time; the table puts `batch_id` in its place.
    static let batches: [OperationCase] = [
        OperationCase(
            "service.submit_batch", .post, "/", query: ["comp": "batch"],
            headers: ["Content-Type": "multipart/mixed; boundary=batch_id"],
            body: lines(
                "--batch_id", "Content-Type: application/http", "Content-Transfer-Encoding: binary", "Content-ID: 0",
                "",
                "DELETE /pictures/cats/tom.jpg HTTP/1.1", "x-ms-delete-snapshots: include", "If-Match: \"0x1\"",
                "Content-Length: 0", "x-ms-date: Fri, 02 Jan 2026 03:04:05 GMT",
                "Authorization: SharedKey example:doBJVdYkLubVMtPThRUvV3tMCqbaZivpeFZZR1zXbPs=", "", "", "--batch_id--"),
            status: 202, answerHeaders: batchAnswerHeaders, answer: batchAnswer, result: batchResult
        ) { fixture in
            try await Heard {
                try await BatchOutcome(
                    fixture.service.batch.delete(
                        [fixture.blob],
                        each: .init(snapshots: .include, conditions: .init(ifMatch: "\"0x1\"")),
                        options: .init(call: $0)))
            }
        },
        OperationCase(
            "container.submit_batch", .post, "/pictures", query: ["restype": "container", "comp": "batch"],
            headers: ["Content-Type": "multipart/mixed; boundary=batch_id"],
            body: lines(
                "--batch_id", "Content-Type: application/http", "Content-Transfer-Encoding: binary", "Content-ID: 0",
                "",
                "PUT /pictures/cats/tom.jpg?comp=tier&versionid=v1 HTTP/1.1", "x-ms-access-tier: Cool",
                "x-ms-rehydrate-priority: High", "Content-Length: 0", "x-ms-date: Fri, 02 Jan 2026 03:04:05 GMT",
                "Authorization: SharedKey example:h83BI7fmbLkHJf2rBN7sJ+ds9UK6PzraVVfvXHYzVkY=", "", "", "--batch_id--"),
            status: 202, answerHeaders: batchAnswerHeaders, answer: batchAnswer, result: batchResult
        ) { fixture in
            try await Heard {
                try await BatchOutcome(
                    fixture.container.batch.setAccessTier(
                        .cool, of: [fixture.blob.version("v1")], each: .init(rehydratePriority: .high),
                        options: .init(call: $0)))
            }
        },
    ]

    private static let batchAnswerHeaders = ["Content-Type": "multipart/mixed; boundary=batchresponse_1"]

    private static let batchAnswer = lines(
        "--batchresponse_1", "Content-Type: application/http", "Content-ID: 0", "", "HTTP/1.1 202 Accepted",
        "x-ms-request-id: part-1", "x-ms-version: 2026-10-06", "", "--batchresponse_1--")

    private static let batchResult = commonResult("info.").merging([
        "items[0].names[0]": "cats/tom.jpg", "items[0].responses[0].status": "202",
        "items[0].responses[0].requestID": "part-1", "items[0].errors": "[]",
        "info.contentType": "multipart/mixed; boundary=batchresponse_1",
    ]) { $1 }

    /// Lines as HTTP has them.
    static func lines(_ lines: String...) -> String { lines.joined(separator: "\r\n") + "\r\n" }
}

/// What came of a batch, without its clients.
struct BatchOutcome: Sendable {
    var names: [String]
    var responses: [ResponseInfo]
    var errors: String

    init(_ results: BlobBatchResults) throws {
        // A batch that failed as a whole counts as an error, as it does for the other operations.
        try results.throwIfAnyFailed()
        names = results.map(\.blob.name)
        responses = results.compactMap(\.response)
        errors = "\(results.compactMap { $0.error?.code.rawValue })"
    }
}
