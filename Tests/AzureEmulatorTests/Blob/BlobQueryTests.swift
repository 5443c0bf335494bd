import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: queries")
struct BlobQueryTests {
    private static let people = """
        tom,41,Oslo,true
        "Ann ""A"" Lee",7,"Rome, Italy",false
        zoë,30,,TRUE

        """

    private func answer(
        _ expression: String, of content: String, input: String? = nil, output: String? = nil
    ) async throws -> BlobTestAnswer {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob("/box/a", Data(content.utf8))
        return try await account.send(
            .post, "/box/a", "comp=query", [("Content-Type", "application/xml")],
            body: QueryDocument(expression: expression, input: input, output: output).data)
    }

    private func query(
        _ expression: String, of content: String, input: String? = nil, output: String? = nil
    ) async throws -> QueryAnswer {
        let answer = try await answer(expression, of: content, input: input, output: output)
        try #require(answer.outcome == "200")
        return try QueryAnswer(try await answer.data())
    }

    @Test(
        "Rows of delimited text are selected as the expression says",
        arguments: [
            ("SELECT * FROM BlobStorage WHERE _2 < 40 AND _3 <> ''", "\"Ann \"\"A\"\" Lee\",7,\"Rome, Italy\",false\n"),
            ("select _1 from blobstorage limit 2;", "tom\n\"Ann \"\"A\"\" Lee\"\n"),
            ("SELECT _2 + 1, _2 * 2.5 AS x FROM BlobStorage WHERE _1 = 'tom'", "42,102.5\n"),
            ("SELECT b._1 FROM BlobStorage AS b WHERE b._2 BETWEEN 30 AND 41", "tom\nzoë\n"),
            (
                "SELECT _1 FROM BlobStorage WHERE _2 NOT BETWEEN 30 AND 41 OR _1 LIKE 't_m'",
                "tom\n\"Ann \"\"A\"\" Lee\"\n"
            ),
            ("SELECT _2 FROM BlobStorage WHERE _1 IN ('tom', 'zoë') AND NOT _3 = ''", "41\n"),
            ("SELECT _2 FROM BlobStorage WHERE _1 LIKE '%n%A%'", "7\n"),
            ("SELECT _2 FROM BlobStorage WHERE _1 NOT LIKE 'x!%' ESCAPE '!' LIMIT 1", "41\n"),
            ("SELECT _2 FROM BlobStorage WHERE CAST(_4 AS BOOLEAN)", "41\n30\n"),
            ("SELECT CAST(_2 AS FLOAT) / 2, _2 / 2, _2 % 4 FROM BlobStorage LIMIT 1", "20.5,20,1\n"),
            ("SELECT COUNT(*) FROM BlobStorage", "3\n"),
            ("SELECT COUNT(_9) FROM BlobStorage WHERE _9 IS NULL AND _1 IS NOT NULL", "0\n"),
            ("SELECT COUNT(*) FROM BlobStorage WHERE _9 IS MISSING", "3\n"),
            ("SELECT SUM(_2) FROM BlobStorage", "78\n"), ("SELECT AVG(_2) FROM BlobStorage", "26.0\n"),
            ("SELECT MIN(CAST(_2 AS INT)) FROM BlobStorage", "7\n"), ("SELECT MAX(_1) FROM BlobStorage", "zoë\n"),
            ("SELECT SUM(_2) FROM BlobStorage WHERE _1 = ''", "\n"),
            (
                "SELECT UPPER(_1), CHAR_LENGTH(_1), SUBSTRING('123456789', 1, 5) FROM BlobStorage LIMIT 1",
                "TOM,3,23456\n"
            ),
            ("SELECT TRIM(BOTH '12' FROM '12x21'), TRIM('  y ') FROM BlobStorage LIMIT 1", "x,y\n"),
            ("SELECT COALESCE(NULLIF(_3, ''), 'nowhere') FROM BlobStorage", "Oslo\n\"Rome, Italy\"\nnowhere\n"),
            (
                "SELECT CAST('2026-01-02T05:04:05+02:00' AS TIMESTAMP) FROM BlobStorage LIMIT 1",
                "2026-01-02T03:04:05.0000000Z\n"
            ),
            ("SELECT _1 FROM BlobStorage WHERE UTCNOW() >= '2026-01-02T03:04Z' LIMIT 1", "tom\n"),
            ("SELECT * FROM BlobStorage LIMIT 0", ""),
        ])
    func delimited(_ expression: String, _ rows: String) async throws {
        let answer = try await query(expression, of: Self.people)
        #expect(answer.rows == rows)
        #expect(answer.end == Int64(Self.people.utf8.count))
        if !expression.contains("COUNT(_9)") { #expect(answer.errors == []) }
    }

    @Test("Columns have the names of the first record, in the answer too if it is to have them")
    func headers() async throws {
        let content = "Name,\"my age\"\ntom,41\nann,7\n"
        let query = "SELECT name, \"my age\" AS age FROM BlobStorage WHERE \"my age\" > 10"
        let csv = try await self.query(
            query, of: content, input: QueryDocument.csvWithHeaders, output: QueryDocument.csvWithHeaders)
        #expect(csv.rows == "name,age\ntom,41\n")
        let json = try await self.query(
            "SELECT * FROM BlobStorage", of: content, input: QueryDocument.csvWithHeaders, output: QueryDocument.json)
        #expect(json.rows == #"{"Name":"tom","my age":"41"}"# + "\n" + #"{"Name":"ann","my age":"7"}"# + "\n")
        let none = try await self.query(
            "SELECT other FROM BlobStorage", of: content, input: QueryDocument.csvWithHeaders)
        #expect(none.errors == ["InvalidColumnName@14!"])
        #expect(none.end == nil)
    }

    private static let things = """
        {"id": 1, "name": "mouse", "size": {"w": 2, "h": 3.50}, "tags": ["a", "b"], "places": [{"x": 1}, {"x": 2}]}
        {"id": 2, "Name": "key, board", "size": null, "tags": []}
        [{"id": 3, "name": "}{"}]
        """

    @Test(
        "Rows of JSON are selected, whole or from inside",
        arguments: [
            (
                "SELECT id, name FROM BlobStorage[*] WHERE id < 3",
                #"{"id":1,"name":"mouse"}|{"id":2,"name":"key, board"}|"#
            ),
            ("SELECT tags[1], size.h FROM BlobStorage WHERE id = 1", #"{"_1":"b","h":3.5}|"#),
            ("SELECT * FROM BlobStorage[*].size", #"{"w":2,"h":3.50}|null|"#),
            ("SELECT x FROM BlobStorage[*].places[*]", #"{"x":1}|{"x":2}|"#),
            ("SELECT * FROM BlobStorage WHERE id = 3", #"{"id":3,"name":"}{"}|"#),
            ("SELECT id FROM BlobStorage WHERE size IS MISSING", #"{"id":3}|"#),
            ("SELECT id FROM BlobStorage WHERE size IS NULL", #"{"id":2}|{"id":3}|"#),
            ("SELECT size FROM BlobStorage WHERE id = 1", #"{"size":{"w":2,"h":3.50}}|"#),
            ("SELECT SUM(id) AS total FROM BlobStorage", #"{"total":6}|"#),
        ])
    func json(_ expression: String, _ rows: String) async throws {
        let output = QueryDocument.json.replacingOccurrences(of: "\n", with: "|")
        let answer = try await query(expression, of: Self.things, input: QueryDocument.json, output: output)
        #expect(answer.rows == rows)
        #expect(answer.errors == [])
    }

    @Test("An answer can have another format than the blob")
    func formats() async throws {
        let output = QueryDocument.csv(column: ";;", record: "|", quote: "'", escape: "\\", hasHeaders: true)
        let csv = try await query(
            "SELECT id, name, tags FROM BlobStorage", of: Self.things, input: QueryDocument.json, output: output)
        #expect(csv.rows == #"id;;name;;tags|1;;mouse;;["a","b"]|2;;key, board;;[]|3;;}{;;|"#)
        let back = try await query(
            "SELECT _2 FROM BlobStorage", of: #"a;;'x\'y|z'|b\;;c;;''''|"#,
            input: output.replacingOccurrences(of: "true", with: "false"),
            output: QueryDocument.json)
        #expect(back.rows == #"{"_2":"x'y|z"}"# + "\n" + #"{"_2":"'"}"# + "\n")
    }

    @Test("A row that does not fit is left out and told; the others come")
    func rowErrors() async throws {
        let content = "100,pizza\n300,400\n500\n"
        let answer = try await query("SELECT _1 FROM BlobStorage WHERE _2 > 250", of: content)
        #expect(answer.rows == "300\n")
        #expect(answer.errors == ["InvalidTypeConversion@0", "InvalidColumnOrdinal@18"])
        #expect(answer.end == Int64(content.utf8.count))
        let division = try await query("SELECT 1 / (_1 - 100) FROM BlobStorage", of: content)
        #expect(division.rows == "0\n0\n")
        #expect(division.errors == ["DivisionByZero@0"])
    }

    @Test(
        "What cannot be read ends the query",
        arguments: [
            ("a,b\n", QueryDocument.json, "ParseError@0!"), ("{\"a\":1}\n{\"a\":", QueryDocument.json, "ParseError@8!"),
            ("{\"a\":1}\n{\"a\",1}", QueryDocument.json, "ParseError@8!"),
            ("1\n2,\"x", QueryDocument.csv(), "ParseError@2!"),
        ])
    func fatal(_ content: String, _ input: String, _ error: String) async throws {
        let answer = try await query("SELECT * FROM BlobStorage", of: content, input: input)
        #expect(answer.errors == [error])
        #expect(answer.end == nil)
    }

    @Test(
        "A query that is not valid is refused before anything is read",
        arguments: [
            "", "SELECT", "DELETE FROM BlobStorage", "SELECT * FROM other", "SELECT name FROM BlobStorage",
            "SELECT _1 FROM BlobStorage WHERE", "SELECT _1 FROM BlobStorage WHERE _1 = 'x",
            "SELECT _1, FROM BlobStorage",
            "SELECT COUNT(*), _1 FROM BlobStorage", "SELECT _1, COUNT(*) FROM BlobStorage",
            "SELECT FOO(_1) FROM BlobStorage",
            "SELECT LOWER(_1, _2) FROM BlobStorage", "SELECT CAST(_1 AS BLOB) FROM BlobStorage",
            "SELECT * FROM BlobStorage LIMIT x", "SELECT * FROM BlobStorage x y", "SELECT * FROM BlobStorage[*].a",
            "SELECT sys.split(5) FROM BlobStorage", "SELECT _1 FROM BlobStorage WHERE _1 # 2",
            "SELECT \(Array(repeating: "_1", count: 50).joined(separator: ",")) FROM BlobStorage",
            "SELECT \(String(repeating: "(", count: 1000)) FROM BlobStorage",
            "SELECT 1\(String(repeating: "+1", count: 5000)) FROM BlobStorage",
        ])
    func refused(_ expression: String) async throws {
        let answer = try await answer(expression, of: "1,2\n")
        #expect(answer.status == 400)
        #expect(["InvalidInput", "InvalidXmlNodeValue"].contains(answer.code ?? ""))
    }

    @Test("Parquet is refused, as by an account that has it not, and so is a blob in Arrow")
    func formatsThatAreMissing() async throws {
        let parquet = "<Type>parquet</Type><ParquetTextConfiguration />"
        let query = "SELECT * FROM BlobStorage"
        #expect(try await answer(query, of: "1", input: parquet).outcome == "400 InvalidXmlNodeValue")
        let arrow =
            "<Type>arrow</Type><ArrowConfiguration><Schema><Field><Type>int64</Type></Field></Schema></ArrowConfiguration>"
        #expect(try await answer(query, of: "1", input: arrow).outcome == "400 InvalidXmlNodeValue")
        #expect(
            try await answer(query, of: "1", input: QueryDocument.csv(column: "")).outcome == "400 InvalidXmlNodeValue")
        #expect(try await answer("SELECT TO_STRING(_1, 'y') FROM BlobStorage", of: "1").outcome == "501 NotImplemented")
    }

    @Test("A query reads: it needs that permission, and the conditions of reads hold")
    func permissionsAndConditions() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        let made = try await account.makeBlob("/box/a", Data("1,2\n".utf8), [("x-ms-meta-k", "v")])
        let body = QueryDocument(expression: "SELECT * FROM BlobStorage").data
        func outcome(
            _ path: String = "/box/a", _ fields: [(String, String)] = [], permissions: String = "r"
        ) async throws -> BlobTestAnswer {
            var sas = TestSAS()
            sas.permissions = permissions
            return try await account.send(
                .post, path, "comp=query", fields, body: body, as: .sas(sas.service("c", "box")))
        }
        let answer = try await outcome()
        #expect(answer.outcome == "200")
        #expect(answer["Content-Type"] == "avro/binary")
        #expect(answer["Content-Length"] == nil)
        #expect(answer["x-ms-meta-k"] == "v")
        #expect(answer["ETag"] == made["ETag"])
        #expect(try await outcome(permissions: "w").outcome == "403 AuthorizationPermissionMismatch")
        #expect(try await outcome("/box/none").outcome == "404 BlobNotFound")
        #expect(
            try await outcome("/box/a", [("If-None-Match", made["ETag"] ?? "")]).outcome == "304 ConditionNotMet")
        try await account.send(.put, "/box/a", "comp=tier", [("x-ms-access-tier", "Archive")])
        #expect(try await outcome().outcome == "409 BlobArchived")
    }

    @Test("The container of the answer begins as Avro containers do, with the service's schema")
    func container() async throws {
        let name = "com.microsoft.azure.storage.queryBlobContents"
        let schema =
            #"[{"type":"record","name":"\#(name).resultData","fields":[{"name":"data","type":"bytes"}]},"#
            + #"{"type":"record","name":"\#(name).error","fields":[{"name":"fatal","type":"boolean"},"#
            + #"{"name":"name","type":"string"},{"name":"description","type":"string"},{"name":"position","type":"long"}]},"#
            + #"{"type":"record","name":"\#(name).progress","fields":[{"name":"bytesScanned","type":"long"},"#
            + #"{"name":"totalBytes","type":"long"}]},"#
            + #"{"type":"record","name":"\#(name).end","fields":[{"name":"totalBytes","type":"long"}]}]"#
        var writer = AvroWriter(marker: Array(repeating: 0xAA, count: 16))
        writer.writeEnd(total: 300)
        let size = schema.utf8.count
        var expected = Data("Obj\u{1}\u{4}\u{14}avro.codec\u{8}null\u{16}avro.schema".utf8)
        expected += [UInt8(size * 2 % 128) | 0x80, UInt8(size * 2 / 128)] + Array(schema.utf8) + [0]
        expected += Array(repeating: 0xAA, count: 16) + [2, 6, 6, 0xD8, 0x04] + Array(repeating: 0xAA, count: 16)
        #expect(writer.take() == expected)
    }

    @Test("An answer can be much longer than the blob; expressions may have many parts")
    func long() async throws {
        let columns = Array(repeating: "_1", count: 49).joined(separator: ",")
        let field = String(repeating: "x", count: 4095)
        let answer = try await query(
            "SELECT \(columns) FROM BlobStorage", of: String(repeating: field + "\n", count: 30))
        #expect(answer.rows.utf8.count == 30 * 49 * 4096)
        let sum = "0" + String(repeating: "+1", count: 499)
        #expect(try await query("SELECT \(sum) FROM BlobStorage", of: "x\n").rows == "499\n")
        let nested = String(repeating: "(", count: 98) + "_1" + String(repeating: ")", count: 98)
        #expect(try await query("SELECT \(nested) FROM BlobStorage", of: "x\n").rows == "x\n")
    }

    @Test("A blob is split where records end")
    func split() async throws {
        let record = String(repeating: "x", count: 999_999) + "\n"
        let answer = try await query(
            "SELECT sys.split(10485760) FROM BlobStorage", of: String(repeating: record, count: 12))
        #expect(answer.rows == "11000000\n1000000\n")
        #expect(answer.progress.count > 1)
        #expect(answer.progress == answer.progress.sorted())
    }
}
