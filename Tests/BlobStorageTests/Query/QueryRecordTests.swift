import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

@Suite("Rows of queries, and what queries refuse")
struct QueryRecordTests {
    private static func answer(_ rows: [String]) -> Data {
        rows.reduce(AvroBytes.head(AvroBytes.schema())) { $0 + AvroBytes.block(AvroBytes.rows($1)) }
            + AvroBytes.block(AvroBytes.end())
    }

    private func records(
        _ rows: [String], separator: String = "\n", upTo limit: Int = 1000
    ) async throws -> [String] {
        let fixture = try Fixture(MockResponse(200, body: Self.answer(rows)))
        let result = try await fixture.blob.query(
            "SELECT * FROM BlobStorage",
            options: BlobQueryOptions(output: .csv(.init(recordSeparator: separator))))
        #expect(result.recordSeparator == separator)
        var records: [String] = []
        for try await record in result.records(upTo: limit) {
            records.append(String(decoding: record, as: UTF8.self))
        }
        return records
    }

    @Test(
        "records are whole wherever the chunks end, with the last one ended or not",
        arguments: [
            (["a\nbc\n\nd\n"], ["a", "bc", "", "d"]), (["a\nb"], ["a", "b"]),
            (["a", "b\n", "c", "\nd"], ["ab", "c", "d"]),
            (["\n"], [""]), ([], []), (["", "a", ""], ["a"]),
        ] as [([String], [String])])
    func splits(rows: [String], expected: [String]) async throws {
        #expect(try await records(rows) == expected)
    }

    @Test("a separator of several characters may be cut")
    func longSeparator() async throws {
        #expect(try await records(["a;", "|b;", ";|c", ";|"], separator: ";|") == ["a", "b;", "c"])
    }

    @Test("a record beyond the limit is an error before it is whole", arguments: [["abcdef\n"], ["abc", "def", "\n"]])
    func limit(rows: [String]) async throws {
        #expect(try await records(["abcde\n"], upTo: 5) == ["abcde"])
        let error = try await failure { _ = try await records(rows, upTo: 5) }
        #expect(error.code == .bodyTooLarge)
    }

    @Test("rows are collected up to a limit")
    func collects() async throws {
        for (limit, isEnough) in [(14, true), (13, false)] {
            let fixture = try Fixture(MockResponse(200, body: QueryAnswer.avro))
            let result = try await fixture.blob.query("SELECT * FROM BlobStorage")
            if isEnough {
                #expect(try await result.collect(upTo: limit) == Data(QueryAnswer.rows.utf8))
            } else {
                #expect(try await failure { _ = try await result.collect(upTo: limit) }.code == .bodyTooLarge)
            }
        }
    }

    @Test("an answer in Arrow has no records")
    func arrowRecords() async throws {
        let fixture = try Fixture(MockResponse(200, body: QueryAnswer.avro))
        let result = try await fixture.blob.query(
            "SELECT * FROM BlobStorage", options: BlobQueryOptions(output: .arrow([.init(.int64)])))
        #expect(result.recordSeparator == nil)
        let error = try await failure { for try await _ in result.records() {} }
        #expect(error.code == .invalidArgument)
    }

    @Test("what cannot be queried is refused before anything is sent")
    func refuses() async throws {
        let fixture = try Fixture()
        let blob = fixture.blob
        let expression = "SELECT * FROM BlobStorage"
        let calls: [() async throws -> Void] = [
            { _ = try await blob.query("") },
            { _ = try await blob.query(String(repeating: "x", count: 256 * 1024 + 1)) },
            { _ = try await blob.query("\u{1}") },
            { _ = try await blob.version("v1").query(expression) },
            { _ = try await blob.query(expression, options: .init(input: .arrow([.init(.int64)]))) },
            { _ = try await blob.query(expression, options: .init(output: .parquet)) },
            { _ = try await blob.query(expression, options: .init(output: .arrow([]))) },
        ]
        for call in calls { #expect(try await failure(of: call).code == .invalidArgument) }
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("a query is asked again when the service is busy: it changes nothing")
    func retries() async throws {
        let fixture = try Fixture(MockResponse(503), MockResponse(200, body: QueryAnswer.avro))
        let result = try await fixture.blob.query("SELECT * FROM BlobStorage")
        #expect(try await result.collect(upTo: 100) == Data(QueryAnswer.rows.utf8))
        #expect(fixture.transport.requests.count == 2)
    }
}
