import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// The witness of each case is a live test of the official Python client, azure-storage-blob 12.31.1, whose assertions
/// were recorded against the real service. It is named above the case.
@Suite("Answers to queries are as the official Python client's tests want them")
struct OfficialQueryTests {
    private func query(
        _ expression: String, of content: String, input: String? = nil, output: String? = nil
    ) async throws -> QueryAnswer {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob("/box/a", Data(content.utf8))
        let answer = try await account.send(
            .post, "/box/a", "comp=query", [("Content-Type", "application/xml")],
            body: QueryDocument(expression: expression, input: input, output: output).data)
        try #require(answer.outcome == "200")
        return try QueryAnswer(try await answer.data())
    }

    // test_quick_query_readall, test_quick_query_readall_with_serialization_setting.

    @Test("A carriage return in front of a line feed is a part of the separator")
    func lineEnds() async throws {
        let content = "a,b\r\n\"c\",d\r\ne,\"f\r\"\n"
        #expect(try await query("SELECT * FROM BlobStorage", of: content).rows == "a,b\nc,d\ne,f\r\n")
        let output = QueryDocument.csv(column: ";", record: ".", quote: "'", escape: "\\")
        let other = try await query(
            "SELECT * FROM BlobStorage", of: "a,b\r\nc,d\r\n", input: QueryDocument.csv(), output: output)
        #expect(other.rows == "a;b.c;d.")
    }

    // test_quick_query_iter_records_with_nonfatal_error_handler: a client that splits each part of the answer finds one
    // part.

    @Test("Rows stay together, whatever is wrong with one between them")
    func nonfatalErrors() async throws {
        let answer = try await query(
            "SELECT b FROM BlobStorage", of: "a,b\n1,2\n3\n4,5\n", input: QueryDocument.csvWithHeaders)
        #expect(answer.runs.map { String(decoding: $0, as: UTF8.self) } == ["2\n5\n"])
        #expect(answer.errors == ["InvalidColumnOrdinal@8"])
        #expect(answer.progress.last == 14)
    }

    // test_quick_query_iter_records_with_fatal_error_handler.

    @Test("Before an error that ends the query come the rows, also when there are none")
    func fatalErrors() async throws {
        let answer = try await query(
            "SELECT * FROM BlobStorage", of: "{name: owner}\n{name2: owner2}", input: QueryDocument.json,
            output: QueryDocument.csv(record: "."))
        #expect(answer.runs == [Data()])
        #expect(answer.errors == ["ParseError@0!"])
    }

    private static func arrow(_ fields: String) -> String {
        "<Type>arrow</Type><ArrowConfiguration><Schema>\(fields)</Schema></ArrowConfiguration>"
    }

    // test_quick_query_output_in_arrow_format: byte for byte.

    @Test("An answer in Arrow is the service's stream")
    func arrowStream() async throws {
        let field = "<Field><Type>decimal</Type><Name>abc</Name><Precision>4</Precision><Scale>2</Scale></Field>"
        let answer = try await query(
            "SELECT _2 from BlobStorage WHERE _1 > 250", of: "100,200,300,400\n300,400,500,600\n",
            output: Self.arrow(field))
        let expected = """
            /////3gAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAEAAAAU\
            AAAAEAAUAAgABgAHAAwAAAAQABAAAAAAAAEHEAAAABwAAAAEAAAAAAAAAAMAAABhYmMACAAMAAQA\
            CAAIAAAABAAAAAIAAAD/////cAAAABAAAAAAAAoADgAGAAUACAAKAAAAAAMEABAAAAAAAAoADAAA\
            AAQACAAKAAAAMAAAAAQAAAACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
            AQAAAAAAAAAAAAAAAAAAAAAAAAD/////iAAAABQAAAAAAAAADAAWAAYABQAIAAwADAAAAAADBAAY\
            AAAAEAAAAAAAAAAAAAoAGAAMAAQACAAKAAAAPAAAABAAAAABAAAAAAAAAAAAAAACAAAAAAAAAAAA\
            AAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAQAAAAEAAAAAAAAAAAAAAAAAAACQAQAAAAAA\
            AAAAAAAAAAAA
            """
        #expect(answer.runs.map { $0.base64EncodedString() } == [expected])
    }

    // The format's specification: values that are null have a bit that is not set, texts have offsets.

    @Test(
        "Columns of an answer in Arrow are of the types asked for; a value that is none of its type leaves its row out")
    func arrowTypes() async throws {
        let fields = ["int64", "bool", "double", "string", "timestamp[ms]"].map { "<Field><Type>\($0)</Type></Field>" }
        let content = "7,true,0.5,héllo,1970-01-01T00:00:01Z\nx,true,0.5,b,1970-01-01\n-1,false,-2,,1970-01-02\n"
        let answer = try await query(
            "SELECT NULLIF(_1, '-1'), _2, _3, _4, _5 FROM BlobStorage", of: content,
            output: Self.arrow(fields.joined()))
        #expect(answer.errors == ["InvalidTypeConversion@39"])
        let body = Array(try #require(answer.runs.first).suffix(88))
        #expect(body[0] == 0b01)
        #expect(Array(body[8..<24]) == [7, 0, 0, 0, 0, 0, 0, 0] + Array(repeating: 0, count: 8))
        #expect(body[24] == 0b01)
        #expect(Array(body[32..<48]) == [0, 0, 0, 0, 0, 0, 0xE0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0])
        #expect(Array(body[48..<60]) == [0, 0, 0, 0, 6, 0, 0, 0, 6, 0, 0, 0])
        #expect(String(decoding: body[64..<70], as: UTF8.self) == "héllo")
        #expect(Array(body[72..<88]) == [0xE8, 3, 0, 0, 0, 0, 0, 0, 0, 0x5C, 0x26, 5, 0, 0, 0, 0])
    }

    @Test("A column of Arrow that cannot be made is refused")
    func refusals() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob()
        for (fields, outcome) in [
            ("", "400 InvalidXmlNodeValue"), ("<Field />", "400 MissingRequiredXmlNode"),
            ("<Field><Type>int8</Type></Field>", "400 InvalidXmlNodeValue"),
            ("<Field><Type>decimal</Type></Field>", "400 MissingRequiredXmlNode"),
            ("<Field><Type>decimal</Type><Precision>39</Precision></Field>", "400 InvalidXmlNodeValue"),
            ("<Column />", "400 UnsupportedXmlNode"),
        ] {
            let query = QueryDocument(expression: "SELECT * FROM BlobStorage", output: Self.arrow(fields))
            #expect(try await account.send(.post, "/box/thing", "comp=query", body: query.data).outcome == outcome)
        }
    }
}
