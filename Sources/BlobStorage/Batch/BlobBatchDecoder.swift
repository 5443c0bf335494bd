import AzureCore
import HTTPTypes

import struct Foundation.Data

/// Reads the `multipart/mixed` answer to a batch. Nothing about it is trusted: what is not of its form is an error.
struct BlobBatchDecoder {
    /// The answer to one part.
    struct Answer: Sendable, Equatable {
        var head: HTTPResponse
        var body: Data
    }

    private let bytes: [UInt8]
    private let delimiter: [UInt8]
    private var position = 0

    /// Reads the answers to all parts, in the order of their ids.
    ///
    /// - Parameters:
    ///   - body: The body of the answer.
    ///   - contentType: Its `Content-Type`, which names the boundary.
    ///   - count: How many parts were sent, with ids from zero.
    ///   - whole: Makes the error of an answer that stands for all parts.
    /// - Throws: An ``AzureError``: that of the service when one answer stands for all parts, or one with
    ///   ``AzureErrorCode/invalidResponse`` when the body is cut off, or the answer to a part is missing or there twice.
    static func answers(
        in body: Data, contentType: String?, count: Int, whole: (Answer) -> AzureError
    ) throws -> [Answer] {
        var decoder = Self(bytes: [UInt8](body), boundary: try boundary(of: contentType))
        var answers: [Answer?] = Array(repeating: nil, count: count)
        var answered = 0
        while let part = try decoder.nextPart() {
            let (id, answer) = try decoder.answer(part)
            guard let id else {
                guard answered == 0, answer.head.status.kind != .successful else {
                    throw invalid("an answer does not say which part it is for")
                }
                throw whole(answer)
            }
            guard answers.indices.contains(id) else {
                throw invalid("there is an answer to part \(id), which there was not")
            }
            guard answers[id] == nil else { throw invalid("there are two answers to part \(id)") }
            answers[id] = answer
            answered += 1
        }
        guard answered == count else { throw invalid("it has answers to \(answered) of \(count) parts") }
        return answers.compactMap { $0 }
    }

    private init(bytes: [UInt8], boundary: String) {
        self.bytes = bytes
        delimiter = Array("--\(boundary)".utf8)
    }

    /// The boundary that a content type names.
    static func boundary(of contentType: String?) throws -> String {
        let items = (contentType ?? "").split(separator: ";").map { $0.trimmingWhitespace() }
        guard items.first?.lowercased() == "multipart/mixed" else {
            throw invalid("its type is '\(contentType?.prefix(80) ?? "")' in place of multipart/mixed")
        }
        for item in items.dropFirst() where item.lowercased().hasPrefix("boundary=") {
            var value = item.dropFirst("boundary=".count)
            if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") { value = value.dropFirst().dropLast() }
            if (1...70).contains(value.utf8.count) { return String(value) }
        }
        throw invalid("its type names no boundary")
    }

    // MARK: Parts

    /// The bytes of the next part; nil behind the last.
    private mutating func nextPart() throws -> Range<Int>? {
        if position == 0 {
            // What stands before the first boundary means nothing.
            while try delimiterKind(readLine()) == nil {}
        }
        guard !isClosed else { return nil }
        let start = position
        while true {
            let line = try readLine()
            guard try delimiterKind(line) != nil else { continue }
            // The line break in front of a boundary belongs to the boundary.
            var end = line.lowerBound
            if end > start, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
            if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            return start..<end
        }
    }

    private var isClosed = false

    private enum Delimiter {
        case between
        case closing
    }

    private mutating func delimiterKind(_ line: Range<Int>) throws -> Delimiter? {
        var text = bytes[line]
        guard text.starts(with: delimiter) else { return nil }
        text = text.dropFirst(delimiter.count)
        while let last = text.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { text = text.dropLast() }
        if text.isEmpty { return .between }
        guard text.elementsEqual("--".utf8) else { return nil }
        isClosed = true
        return .closing
    }

    /// The next line without its end.
    private mutating func readLine() throws -> Range<Int> {
        guard position < bytes.count else { throw Self.invalid("it ends before its closing boundary") }
        let start = position
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        position = min(end + 1, bytes.count)
        return Self.withoutReturn(start..<end, bytes)
    }

    private static func withoutReturn(_ line: Range<Int>, _ bytes: [UInt8]) -> Range<Int> {
        guard let last = line.last, bytes[last] == UInt8(ascii: "\r") else { return line }
        return line.lowerBound..<last
    }

    // MARK: Answers

    /// Reads one part: its own header fields, and the HTTP answer in it.
    private func answer(_ part: Range<Int>) throws -> (id: Int?, answer: Answer) {
        var rest = part
        let outer = try fields(&rest)
        guard let statusLine = line(&rest) else { throw Self.invalid("a part has no HTTP answer in it") }
        let words = statusLine.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let code = Int(words[1]), (200...599).contains(code)
        else {
            throw Self.invalid("'\(statusLine.prefix(60))' is no HTTP status")
        }
        let head = HTTPResponse(status: HTTPResponse.Status(code: code), headerFields: try fields(&rest))
        var id: Int?
        if let text = outer[.contentID] {
            guard let number = Int(text) else { throw Self.invalid("'\(text.prefix(60))' is the id of no part") }
            id = number
        }
        var body = rest
        if let length = head.headerFields[.contentLength] {
            guard let length = Int(length), (0...rest.count).contains(length) else {
                throw Self.invalid("the answer to a part is shorter than its Content-Length")
            }
            body = rest.lowerBound..<rest.lowerBound + length
        }
        return (id, Answer(head: head, body: Data(bytes[body])))
    }

    /// Header fields to the empty line behind them.
    private func fields(_ rest: inout Range<Int>) throws -> HTTPFields {
        var fields = HTTPFields()
        while let line = line(&rest), !line.isEmpty {
            guard let colon = line.firstIndex(of: ":"), let name = HTTPField.Name(String(line[..<colon])) else {
                throw Self.invalid("'\(line.prefix(60))' is no header field")
            }
            fields.append(HTTPField(name: name, value: line[line.index(after: colon)...].trimmingWhitespace()))
        }
        return fields
    }

    private func line(_ rest: inout Range<Int>) -> String? {
        guard !rest.isEmpty else { return nil }
        let end = bytes[rest].firstIndex(of: UInt8(ascii: "\n")) ?? rest.upperBound
        let line = Self.withoutReturn(rest.lowerBound..<end, bytes)
        rest = min(end + 1, rest.upperBound)..<rest.upperBound
        return String(decoding: bytes[line], as: UTF8.self)
    }

    private static func invalid(_ reason: String) -> AzureError {
        AzureError(
            service: .blob, code: .invalidResponse, message: "The answer to the batch cannot be read: \(reason).")
    }
}

extension HTTPField.Name {
    fileprivate static let contentID = HTTPField.Name("Content-ID")!
}
