import AzureCore
import HTTPTypes

import struct Foundation.Data
import struct Foundation.UUID

extension BlobBatchClient {
    /// The most bytes of one request.
    private static let maxBytes = 4 * 1024 * 1024

    /// One request of a batch on its way.
    private struct Parcel: Sendable {
        /// Which of all blobs it has.
        var range: Range<Int>
        var parts: [Data] = []
    }

    /// Sends requests about single blobs as parts of few.
    func submit(
        _ requests: [(blob: BlobClient, request: BlobRequest)], _ options: BlobBatchOptions
    ) async throws -> BlobBatchResults {
        guard options.maxConcurrency > 0 else {
            throw AzureError.invalidArgument("At least one request has to be under way at once.")
        }
        for (blob, request) in requests { try check(blob, request) }
        var outcomes: [BlobBatchPart?] = Array(repeating: nil, count: requests.count)
        var failure: AzureError?
        try await withThrowingTaskGroup(of: (Range<Int>, Result<[BlobBatchPart], AzureError>).self) { group in
            var next = 0
            var underWay = 0
            while next < requests.count && failure == nil || underWay > 0 {
                if next < requests.count, failure == nil, underWay < options.maxConcurrency {
                    let parcel: Parcel
                    do {
                        parcel = try await pack(requests, from: next)
                    } catch let error as AzureError {
                        // What is under way comes to its end, so that the caller learns of it.
                        failure = error
                        continue
                    }
                    next = parcel.range.upperBound
                    underWay += 1
                    group.addTask { (parcel.range, try await send(parcel, requests, options)) }
                    continue
                }
                guard let (range, result) = try await group.next() else { break }
                underWay -= 1
                switch result {
                case .success(let parts): for (index, part) in zip(range, parts) { outcomes[index] = part }
                case .failure(let error):
                    for index in range { outcomes[index] = BlobBatchPart(error: error) }
                    failure = failure ?? error
                }
            }
        }
        return BlobBatchResults(
            zip(requests, outcomes).map { request, outcome in
                let error = outcome == nil ? failure.map(Self.notSent) : outcome?.error
                return BlobBatchResult(blob: request.blob, error: error, response: outcome?.response)
            })
    }

    /// Why a blob was not done whose request was not sent, because an earlier one failed as a whole.
    private static func notSent(_ cause: AzureError) -> AzureError {
        var error = cause
        error.message = "It was not sent, because the batch before it failed: \(cause.message)"
        return error
    }

    private func check(_ blob: BlobClient, _ request: BlobRequest) throws {
        guard blob.connection.endpoint == connection.endpoint else {
            throw AzureError.invalidArgument(
                "A batch is about blobs of one account; '\(blob.address)' is not in '\(connection.endpoint)'.")
        }
        guard containerName == nil || containerName == blob.containerName else {
            throw AzureError.invalidArgument(
                "A batch of the container '\(containerName ?? "")' cannot act on '\(blob.address)'; use that of the "
                    + "service.")
        }
        _ = try request.path()
    }

    /// Takes as many requests as go into one: signed, encoded, and no more than the service takes.
    private func pack(_ requests: [(blob: BlobClient, request: BlobRequest)], from start: Int) async throws -> Parcel {
        var parcel = Parcel(range: start..<start)
        var size = 0
        for index in start..<min(requests.count, start + Self.maxRequests) {
            let head = try await connection.makePart(requests[index].request)
            let part = BlobBatchEncoder.part(head, id: index - start)
            guard parcel.parts.isEmpty || size + part.count <= Self.maxBytes else { break }
            size += part.count
            parcel.parts.append(part)
        }
        parcel.range = start..<start + parcel.parts.count
        return parcel
    }

    /// Sends one request, and reads what became of each of its parts.
    ///
    /// - Returns: An error when the request failed as a whole.
    private func send(
        _ parcel: Parcel, _ requests: [(blob: BlobClient, request: BlobRequest)], _ options: BlobBatchOptions
    ) async throws -> Result<[BlobBatchPart], AzureError> {
        let boundary = "batch_\(UUID().uuidString.lowercased())"
        var query = [(name: "comp", value: "batch")]
        if containerName != nil { query.insert(("restype", "container"), at: 0) }
        var request = BlobRequest(
            containerName == nil ? "Service.SubmitBatch" : "Container.SubmitBatch", .post, container: containerName,
            query: query, success: [202], call: parcel.range.lowerBound == 0 ? options.call : options.call.withoutDate)
        request.headers[.contentType] = "multipart/mixed; boundary=\(boundary)"
        request.body = HTTPBody(BlobBatchEncoder.body(parcel.parts, boundary: boundary))
        do {
            let response = try await connection.send(request)
            let answers = try await response.read { body in
                try BlobBatchDecoder.answers(
                    in: body, contentType: response.head.headerFields[.contentType], count: parcel.parts.count,
                    whole: { connection.service.error(for: $0.head, body: $0.body, about: response.context) })
            }
            return .success(
                zip(parcel.range, answers).map { index, answer in
                    part(answer, to: requests[index], in: response)
                })
        } catch let error as AzureError {
            return .failure(error)
        }
    }

    /// What an answer says about its part.
    private func part(
        _ answer: BlobBatchDecoder.Answer, to sent: (blob: BlobClient, request: BlobRequest), in whole: ServiceAnswer
    ) -> BlobBatchPart {
        var part = BlobBatchPart(response: ResponseInfo(answer.head))
        guard !sent.request.success.contains(answer.head.status.code) else { return part }
        let context = ErrorContext(
            service: .blob, operation: sent.request.operation, resource: sent.blob.address, head: answer.head)
        part.error = connection.service.error(for: answer.head, body: answer.body, about: context)
        part.error?.earlierTryMayHaveActed = whole.earlierTryMayHaveActed
        return part
    }
}

/// What became of one part of a batch.
struct BlobBatchPart: Sendable {
    var error: AzureError?
    var response: ResponseInfo?
}
