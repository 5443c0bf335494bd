import AzureCore
import HTTPTypes
import StorageCore

import struct Foundation.Data

/// What the service answered when it was asked for a part.
struct PartAnswer: Sendable {
    var head: HTTPResponse
    /// The call that it is the answer to, for errors.
    let context: ErrorContext
    /// The content, or the structured body that it is in.
    var body: HTTPResponseBody
    /// Which checksums come with it.
    var validation: TransferValidation
    /// Whether the body is a structured one.
    var isStructured: Bool

    init(_ answer: ServiceAnswer, validation: TransferValidation) {
        let head = answer.head
        self.head = head
        context = answer.context
        body = answer.body
        self.validation = validation
        isStructured = head.headerFields.value(.structuredBody) != nil
    }

    /// How much content the head says that is in the structured body.
    var structuredLength: Int64? {
        isStructured ? head.headerFields.length(.structuredContentLength) : nil
    }

    /// The size of the whole blob; nil where the answer has all of it, and its head does not say how much that is.
    ///
    /// - Parameter offset: Where the range begins that was asked for.
    func total(offset: Int64) throws -> Int64? {
        guard head.status == .partialContent else {
            return isStructured ? structuredLength : body.length.flatMap { $0 >= 0 ? $0 : nil }
        }
        let value = head.headerFields.value(.contentRange) ?? ""
        guard let range = ContentRange(value), range.first == offset else {
            throw AzureError(
                service: .blob, code: .invalidResponse,
                message: "The service answered with another range than it was asked for: '\(value.prefix(80))'.")
        }
        return range.total
    }

    /// Reads all of an answer into memory.
    ///
    /// - Parameters:
    ///   - limit: The most bytes of content.
    ///   - stallTimeout: How long to wait for ``PartRetries/progress`` bytes.
    ///   - timeSource: The source of time.
    /// - Returns: How many there are.
    mutating func readWhole(limit: Int, stallTimeout: Duration, timeSource: TimeSource) async throws -> Int64 {
        let most = Int(StructuredBody.messageLength(Int64(limit)))
        var chunks = body.makeAsyncIterator()
        var watch = StallWatch(timeout: stallTimeout)
        var content = Data()
        while true {
            let start = timeSource.uptime()
            guard let chunk = try await chunks.next() else { break }
            try watch.waited(timeSource.uptime() - start, for: chunk.count)
            guard chunk.count <= most - content.count else {
                throw AzureError(
                    service: .blob, code: .bodyTooLarge,
                    message: "The service sent more than the \(limit) bytes that it was asked for.")
            }
            content.append(chunk)
        }
        if isStructured { content = try StructuredBody.decode(content) }
        isStructured = false
        body = HTTPResponseBody(content)
        return Int64(content.count)
    }
}

/// Which part of a blob an answer has, such as `bytes 0-99/1000`.
struct ContentRange: Sendable, Hashable {
    let first: Int64
    let last: Int64
    let total: Int64

    /// Reads the value of the field `Content-Range`; nil when no blob can have such a part.
    init?(_ value: String) {
        guard value.prefix(6).lowercased() == "bytes " else { return nil }
        let numbers = value.dropFirst(6).split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == "-" || $0 == "/" })
        guard numbers.count == 3, numbers.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let first = Int64(numbers[0]), let last = Int64(numbers[1]), let total = Int64(numbers[2]),
            first <= last, last < total
        else { return nil }
        (self.first, self.last, self.total) = (first, last, total)
    }
}
