import AzureCore
import HTTPTypes

import struct Foundation.Data

/// What the service answered when it was asked for a part.
struct PartAnswer: Sendable {
    var head: HTTPResponse
    /// The content, or the structured body that it is in.
    var body: HTTPResponseBody
    /// Which checksums come with it.
    var validation: TransferValidation
    /// Whether the body is a structured one.
    var isStructured: Bool

    init(head: HTTPResponse, body: HTTPResponseBody, validation: TransferValidation) {
        self.head = head
        self.body = body
        self.validation = validation
        isStructured = head.headerFields.value(.structuredBody) != nil
    }

    /// How much content the head says that is in the structured body.
    var structuredLength: Int64? {
        isStructured ? head.headerFields.value(.structuredContentLength).flatMap { Int64($0) } : nil
    }

    /// The size of the whole blob.
    ///
    /// - Parameters:
    ///   - offset: Where the range begins that was asked for.
    ///   - limit: The most bytes to read where the head does not say how many they are.
    mutating func total(offset: Int64, limit: Int) async throws -> Int64 {
        guard head.status == .partialContent else { return try await wholeLength(limit: limit) }
        // Such as `bytes 0-99/1000`.
        let parts = (head.headerFields.value(.contentRange) ?? "").dropFirst("bytes ".count)
            .split(whereSeparator: { $0 == "-" || $0 == "/" }).map { Int64($0) }
        guard parts.count == 3, let start = parts[0], let total = parts[2], start == offset, total >= offset else {
            throw AzureError(
                service: .blob, code: .invalidResponse,
                message: "The service answered with another range than it was asked for: "
                    + "'\(head.headerFields.value(.contentRange) ?? "")'.")
        }
        return total
    }

    /// How much content an answer with the whole blob has.
    private mutating func wholeLength(limit: Int) async throws -> Int64 {
        let announced = isStructured ? structuredLength : body.length
        if let announced, announced >= 0 { return announced }
        var content = try await body.collect(upTo: Int(StructuredBody.messageLength(Int64(limit))))
        if isStructured { content = try StructuredBody.decode(content) }
        isStructured = false
        body = HTTPResponseBody(content)
        return Int64(content.count)
    }
}
