import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("No request ends the emulated Blob service, or keeps it from others")
struct BlobLimitTests {
    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        return account
    }

    private func query(_ account: BlobTestAccount, _ path: String, _ document: QueryDocument) async throws
        -> BlobTestAnswer
    {
        try await account.send(.post, path, "comp=query", [("Content-Type", "application/xml")], body: document.data)
    }

    private func answer(_ expression: String, of content: String, input: String? = nil) async throws -> QueryAnswer {
        let account = try await account()
        try await account.makeBlob("/box/a", Data(content.utf8))
        let answer = try await query(account, "/box/a", QueryDocument(expression: expression, input: input))
        return try QueryAnswer(try await answer.data())
    }

    // MARK: Numbers

    // The list of error codes of the service has SequenceNumberIncrementTooLarge, 409, for an increment that overflows.

    @Test("The largest sequence number is not incremented")
    func sequenceNumber() async throws {
        let account = try await account()
        try await account.makePages("/box/disk", [("x-ms-blob-sequence-number", "9223372036854775807")])
        let answer = try await account.send(
            .put, "/box/disk", "comp=properties", [("x-ms-sequence-number-action", "increment")])
        #expect(answer.outcome == "409 SequenceNumberIncrementTooLarge")
        #expect(try await account.send(.head, "/box/disk")["x-ms-blob-sequence-number"] == "9223372036854775807")
    }

    @Test(
        "A computation of a query that leaves what can be written leaves out the row",
        arguments: [
            "UTCNOW() + 1e300", "UTCNOW() - 1e300", "UTCNOW() + 9000000", "9223372036854775807 + 1",
            "-9223372036854775807 - 2", "9223372036854775807 * 2", "1e308 * 10", "(0 - 9223372036854775807 - 1) / -1",
            "(0 - 9223372036854775807 - 1) % -1",
        ])
    func computations(_ expression: String) async throws {
        let answer = try await answer("SELECT \(expression) FROM BlobStorage", of: "a\n")
        #expect(answer.rows == "")
        #expect(answer.errors == ["ArithmeticOverflow@0"])
    }

    @Test(
        "Numbers at the ends of what there is are no special case",
        arguments: [
            ("SUBSTRING(_1, 9223372036854775807, 9223372036854775807)", "\n"),
            ("SUBSTRING(_1, -9223372036854775807, 2)", "ab\n"),
            ("_1 FROM BlobStorage LIMIT 9223372036854775807", "abc\n"),
            ("UTCNOW() + 1", "2026-01-03T03:04:05.0000000Z\n"),
        ])
    func edges(_ expression: String, _ rows: String) async throws {
        let expression = expression.contains("FROM") ? expression : "\(expression) FROM BlobStorage"
        #expect(try await answer("SELECT \(expression)", of: "abc\n").rows == rows)
    }

    @Test("A structured body has no more segments than can be counted")
    func structuredBody() async throws {
        let account = try await account()
        try await account.makePages("/box/disk", length: 1 << 40)
        let answer = try await account.send(
            .get, "/box/disk", "", [("x-ms-structured-body", StructuredMessage.format)])
        #expect(answer.outcome == "400 InvalidHeaderValue")
    }

    // MARK: Time

    @Test("A separator has few bytes", arguments: [16, 17, 60_000])
    func separators(_ count: Int) async throws {
        let account = try await account()
        let separator = String(repeating: "a", count: count - 1) + "b"
        try await account.makeBlob("/box/a", Data(String(repeating: "a", count: 100_000).utf8))
        for input in [
            QueryDocument.csv(record: separator), QueryDocument.csv(column: separator),
            "<Type>json</Type><JsonTextConfiguration><RecordSeparator>\(separator)</RecordSeparator>"
                + "</JsonTextConfiguration>",
        ] {
            let document = QueryDocument(expression: "SELECT * FROM BlobStorage", input: input)
            let answer = try await query(account, "/box/a", document)
            #expect(answer.outcome == (count > 16 ? "400 InvalidXmlNodeValue" : "200"))
        }
    }

    @Test("A query ends when whoever reads its answer is cancelled", .timeLimit(.minutes(5)))
    func cancelledQuery() async throws {
        let account = try await account()
        try await account.makePages("/box/disk", length: 1 << 40)
        let document = QueryDocument(
            expression: "SELECT COUNT(*) FROM BlobStorage", input: QueryDocument.csv(record: "&#9;"))
        // Each chunk of zeros is a part of one record, which has a limit; so does each of a million records of lines.
        try await account.makeBlob("/box/lines", Data(repeating: 9, count: 8 << 20))
        for path in ["/box/disk", "/box/lines"] {
            let answer = try await query(account, path, document)
            let reader = Task { for try await _ in answer.body {} }
            reader.cancel()
            await #expect(throws: CancellationError.self) { try await reader.value }
        }
    }

    @Test(
        "Conditions inside one another are found out once each", .timeLimit(.minutes(5)),
        arguments: [" BETWEEN 0 AND 1", " IN (2, 3, 1, 0)"])
    func nestedConditions(_ condition: String) async throws {
        let depth = 90
        let expression = String(repeating: "(", count: depth) + "_1" + String(repeating: condition + ")", count: depth)
        let answer = try await answer("SELECT \(expression) FROM BlobStorage", of: "1\n")
        #expect(answer.rows == "true\n")
    }

    @Test("Patterns that repeat themselves take time in proportion", .timeLimit(.minutes(5)))
    func patterns() async throws {
        let text = String(repeating: "a", count: 100_000)
        let pattern = "%" + String(repeating: "a", count: 4000) + "_b%"
        #expect(try await answer("SELECT _1 LIKE '\(pattern)' FROM BlobStorage", of: text).rows == "false\n")
        let trimmed = "TRIM(BOTH '\(String(repeating: "b", count: 100_000))a' FROM _1)"
        #expect(try await answer("SELECT CHAR_LENGTH(\(trimmed)) FROM BlobStorage", of: text).rows == "0\n")
        let long = String(repeating: "a", count: SQLPattern.maxLength + 1)
        #expect(
            try await answer("SELECT _1 LIKE '\(long)' FROM BlobStorage", of: text).errors == ["InvalidPattern@0"])
    }

    @Test("A document with more attributes or elements than any request has is refused", .timeLimit(.minutes(5)))
    func attributes() async throws {
        let account = try await account()
        let attributes = (0..<600_000).map { " a\($0)=''" }.joined()
        for list in [
            "<BlockList\(attributes)/>", "<BlockList>" + String(repeating: "<a/>", count: 300_000) + "</BlockList>",
        ] {
            let answer = try await account.send(.put, "/box/a", "comp=blocklist", body: Data(list.utf8))
            #expect(answer.outcome == "400 InvalidXmlDocument")
        }
    }

    @Test(
        "What stands between angle brackets is counted as the parser sees it",
        arguments: [
            ("<a b='<'/>", true), ("<a b=\"=======\"/>", true),
            ("<!-- <a =\(String(repeating: "=", count: 99)) -->", true),
            ("<![CDATA[<a \(String(repeating: "=", count: 99))]]>", true),
            ("<?xml \(String(repeating: "=", count: 99))?>", true), ("<?x y?>", false),
            ("<a \(String(repeating: "b=''", count: 65))>", false), ("<", false), ("<!--", false), ("", true),
            ("<a b='", false),
        ])
    func bounds(_ document: String, _ hold: Bool) {
        #expect(XMLScreen.passes(Data(document.utf8)) == hold)
    }

    @Test("Metadata of many entries is compared in time in proportion", .timeLimit(.minutes(5)))
    func manyEntries() async throws {
        let account = try await account()
        let fields = (0..<1500).map { ("x-ms-meta-a\($0)", "") }
        #expect(try await account.send(.put, "/box", "restype=container&comp=metadata", fields).status == 200)
    }

    // MARK: Room

    #if os(Linux)
    @Test("A disk that is full in the middle of an upload is an error of the service, and nothing is written")
    func fullDisk() async throws {
        let path = NSTemporaryDirectory() + "azure-emulator-full-\(UUID().uuidString)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0 && unlink(path) == 0)
        let account = try BlobTestAccount(spool: SpoolFile(descriptor: descriptor))
        try await account.makeContainer()
        let chunks = AsyncStream { continuation in
            for _ in 0..<64 { continuation.yield(Data(repeating: 1, count: 64 * 1024)) }
            continuation.finish()
        }
        let stream = HTTPByteStream(
            chunks.map { chunk in
                // From here on no byte can be written: the file is the one that is always full.
                let full = open("/dev/full", O_RDWR | O_CLOEXEC)
                dup2(full, descriptor)
                close(full)
                return chunk
            })
        let answer = try await account.send(
            .put, "/box/a", "", [("x-ms-blob-type", "BlockBlob")], stream: stream, length: 64 * 64 * 1024)
        #expect(answer.outcome == "500 InternalError")
        #expect(try await answer.xml().child("Message")?.text.contains("No space left on device") == true)
        #expect(try await account.send(.get, "/box/a").outcome == "404 BlobNotFound")
        #expect(try account.service.receiver.spool.usedBytes == 0)
    }
    #endif
}
