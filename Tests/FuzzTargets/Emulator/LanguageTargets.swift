#if DEBUG
import AzureCore
import Foundation
import HTTPTypes

@testable import AzureEmulator

extension FuzzTarget {
    /// The small languages of the two services, and what stands in header fields and queries.
    static let languages: [FuzzTarget] = [
        odataFilter, odataSelect, tagExpression, sql, queryRequest, multipartRequest, rangeHeader, signatureFields,
        commandLine, taskFile, structuredMessage, autoscaleFormula, zipArchive, filePattern,
    ]

    /// An object with a value of each kind.
    private static let object: JSONValue = [
        "id": "pool-1", "state": "active", "count": 5, "ratio": 0.5, "isOn": true, "none": nil, "list": [1, "a"],
        "creationTime": "2026-01-02T03:04:05Z", "executionInfo": ["exitCode": 1, "retryCount": 0],
        "huge": 9_223_372_036_854_775_807,
    ]

    private static let odataFilter = FuzzTarget(
        "odata-filter",
        words: [
            " eq ", " ne ", " gt ", " ge ", " lt ", " le ", " and ", " or ", "not ", "not(", "startswith(", "(", ")",
            "'",
            "''", "datetime'", "executionInfo/exitCode", "null", "true", "2026-01-02T03:04:05Z",
        ],
        seeds: [
            "state eq 'active' and (count gt 3 or startswith(id, 'p''x'))", "creationTime lt datetime'2026-01-02'",
            "not (executionInfo/exitCode ne 0)", "huge ge 9223372036854775807",
        ]
    ) { input in
        do {
            _ = try ODataFilter(input.text).matches(object)
        } catch {
            try require(error is ODataSyntaxError, "It threw \(error).")
        }
    }

    private static let odataSelect = FuzzTarget(
        "odata-select", words: [",", "/", "executionInfo/exitCode", "id"],
        seeds: ["id,executionInfo/exitCode", "id/a,id"]
    ) { input in
        do {
            let chosen = try ODataSelect(input.text).apply(to: object)
            try require(chosen.object != nil, "An object became \(chosen).")
        } catch {
            if error is FuzzFinding { throw error }
            try require(error is ODataSyntaxError, "It threw \(error).")
        }
    }

    private static let tagExpression = FuzzTarget(
        "tag-expression", words: ["\"", "'", "=", "<>", "<=", ">=", " AND ", " OR ", "@container"],
        seeds: [
            "\"status\" = 'done' AND \"size\" > '5' OR @container='c'", "a<>'b'", "\"a b\" <= 'é'",
        ]
    ) { input in
        guard let expression = TagExpression(input.text) else { return }
        _ = expression.holds(for: [BlobMetadataEntry(name: "status", value: "done")], in: "c")
    }

    private static let sql = FuzzTarget.asynchronous(
        "sql",
        words: [
            "SELECT ", " FROM BlobStorage", " WHERE ", "COUNT(*)", "SUM(", "AVG(", "MIN(", "MAX(", "CAST(", " AS INT)",
            " AS DECIMAL)", " AS TIMESTAMP)", " LIKE ", " ESCAPE ", " BETWEEN ", " AND ", " OR ", "NOT ", " IN (",
            " IS NULL", " IS NOT MISSING", " LIMIT ", "_1", "\"a\"", "[*]", "[0]", ".", "*", "/", "%", "+", "-", "||",
            "SUBSTRING(", "TO_TIMESTAMP(", "TO_STRING(", "DATE_ADD(", "DATE_DIFF(", "EXTRACT(", "UTCNOW()", "TRIM(",
            "COALESCE(", "NULLIF(", "CHAR_LENGTH(", "sys.split(", "'", "day",
        ],
        seeds: [
            "SELECT * FROM BlobStorage WHERE _2 > 5 LIMIT 3\u{1E}tom,7\nkitty,9\n\"a,\"\"b\",-1\n",
            "SELECT COUNT(*), SUM(CAST(_2 AS INT)) FROM BlobStorage\u{1E}a,1\nb,x\n",
            "SELECT a.b[0], c FROM BlobStorage WHERE a.d IS NOT MISSING\u{1E}{\"a\":{\"b\":[1],\"d\":null},\"c\":\"é\"}\n",
            "SELECT _1 FROM BlobStorage WHERE _1 LIKE 'a%_' ESCAPE '!' OR _1 BETWEEN 'a' AND 'b'\u{1E}ab,c\n",
            "SELECT DATE_ADD(day, 1, TO_TIMESTAMP(_1)) FROM BlobStorage\u{1E}2026-01-02T03:04:05Z\n",
            "SELECT SUBSTRING(_1, 1, 2), _2 % 0, _2 * 9223372036854775807 FROM BlobStorage\u{1E}abc,2\n",
            "SELECT sys.split(10485760) FROM BlobStorage\u{1E}a\n",
            "SELECT EXTRACT(year FROM TO_TIMESTAMP(_1)), CAST(_2 AS DECIMAL) FROM BlobStorage\u{1E}2026T,1.5\n",
        ]
    ) { input in
        let parts = input.parts
        let records = Array(parts.dropFirst().joined(separator: [partMark]))
        guard let statement = try acceptingRefusal({ try SQLParser.statement(parts[0].text) }) else { return }
        for format in ["delimited", "json"] {
            let serialization = "<Format><Type>\(format)</Type></Format>"
            let request = try QueryRequest(
                Data(
                    ("<QueryRequest><QueryType>SQL</QueryType><Expression>x</Expression><InputSerialization>"
                        + "\(serialization)</InputSerialization><OutputSerialization>\(serialization)"
                        + "</OutputSerialization></QueryRequest>").utf8))
            guard try acceptingRefusal({ try statement.check(request.input) }) != nil else { continue }
            try run(statement, request, over: records)
        }
    }

    private static let queryRequest = FuzzTarget(
        "query-request",
        words: [
            "<RecordSeparator>", "<ColumnSeparator>", "<FieldQuote>", "<EscapeChar>", "<HasHeaders>true</HasHeaders>",
            "&#xA;", "\u{1E}", "\"", "\\", "\r\n", "<Type>json</Type>",
        ],
        seeds: ["delimited", "json"].map { type in
            """
            <?xml version="1.0"?><QueryRequest><QueryType>SQL</QueryType><Expression>SELECT * FROM BlobStorage\
            </Expression><InputSerialization><Format><Type>\(type)</Type><DelimitedTextConfiguration><ColumnSeparator>,\
            </ColumnSeparator><FieldQuote>"</FieldQuote><RecordSeparator>aab</RecordSeparator><EscapeChar>\\\
            </EscapeChar><HasHeaders>false</HasHeaders></DelimitedTextConfiguration><JsonTextConfiguration>\
            <RecordSeparator>;</RecordSeparator></JsonTextConfiguration></Format></InputSerialization></QueryRequest>\
            \u{1E}a,b\\,"c"aaaabd;{"a":[1,"\\u00e9"]};{"a":{}}
            """
        }
    ) { input in
        let parts = input.parts
        guard let request = try acceptingRefusal({ try QueryRequest(Data(parts[0])) }),
            let statement = try acceptingRefusal({ try SQLParser.statement(request.expression) }),
            try acceptingRefusal({ try statement.check(request.input) }) != nil
        else { return }
        try run(statement, request, over: Array(parts.dropFirst().joined(separator: [partMark])))
    }

    /// Runs a query over records that come in chunks, and takes its answer apart again.
    private static func run(_ statement: SQLStatement, _ request: QueryRequest, over records: [UInt8]) throws {
        var execution = QueryExecution(
            statement, request, total: Int64(records.count), now: Date(timeIntervalSince1970: 1_767_323_045),
            marker: [UInt8](0..<16))
        var answer = Data()
        var chunks = records.chunks(of: max(1, records.count / 3)).makeIterator()
        while !execution.isOver {
            if execution.needsBytes {
                if let chunk = chunks.next() { execution.append(chunk) } else { execution.finish() }
            }
            answer += execution.step()
        }
        try checkQueryAnswer(answer)
    }

    private static let multipartRequest = FuzzTarget(
        "multipart-request",
        words: [
            "--b", "--b--", "\r\n", "Content-ID: ", "Content-Type: application/http", "DELETE /c/b HTTP/1.1", "PUT ",
            "x-ms-access-tier: Hot", "Content-Transfer-Encoding: binary",
        ],
        seeds: [
            "multipart/mixed; boundary=b\u{1E}--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary"
                + "\r\nContent-ID: 0\r\n\r\nDELETE /c/b HTTP/1.1\r\nContent-Length: 0\r\nx-ms-date: x\r\n\r\n--b--\r\n",
            "multipart/mixed; boundary=b\u{1E}--b\nContent-Type: application/http\n\nPUT http://h/c/b?comp=tier HTTP/1.1\n"
                + "x-ms-access-tier: Hot\n\n\n--b--",
        ]
    ) { input in
        let parts = input.parts
        _ = try acceptingRefusal {
            _ = try BlobBatchDocument(
                Data(parts.dropFirst().joined(separator: [partMark])), contentType: parts[0].text,
                outer: HTTPRequest(method: .post, scheme: "http", authority: "h", path: "/a?comp=batch"))
        }
    }

    private static let rangeHeader = FuzzTarget(
        "range-header", words: ["bytes=", "-"],
        seeds: ["bytes=0-9", "bytes=5-", "bytes=0-9223372036854775807", "bytes=-1-", "bytes=9223372036854775807-"]
    ) { input in
        var head = HTTPRequest(method: .get, scheme: "http", authority: "h", path: "/a/c/b")
        head.headerFields[.range] = input.text
        guard let request = EmulatorRequest(head) else { return }
        let length = Int64(1000)
        if let range = AzureEmulator.BlobRange(reading: request) {
            _ = range.closed
            if let resolved = try acceptingRefusal({ try range.resolved(length: length) }) {
                try require(resolved.lowerBound >= 0 && resolved.upperBound <= length, "\(resolved) is out of bounds.")
            }
        }
        if let resolved = try acceptingRefusal({ try BatchFileResponder.range(input.text, size: length) }) {
            try require(resolved.lowerBound >= 0 && resolved.upperBound <= length, "\(resolved) is out of bounds.")
        }
    }

    private static let signatureFields = FuzzTarget.asynchronous(
        "sas-request",
        words: [
            "sv=", "&sig=", "&sp=", "&se=", "&st=", "&sr=", "&spr=", "&sip=", "&ss=b", "&srt=sco", "&skoid=",
            "&sduoid=",
            "&sdd=", "&ses=", "&si=", "%2B", "2026-10-06", "sr=d",
        ],
        seeds: [
            "sv=2026-10-06&sr=b&sp=r&se=2099-01-02T03:04:05Z&spr=https,http&sip=127.0.0.1-127.0.0.2&sig=AAAA",
            "sv=2026-10-06&ss=b&srt=sco&sp=rwdl&st=2020-01-01&se=2099-01-01T00:00Z&sig=AA%2BA",
            "sv=2026-10-06&sr=d&sdd=2&sp=r&se=2099-01-01&skoid=o&sktid=t&skt=2026-01-01T00:00:00Z&ske="
                + "2026-01-03T00:00:00Z&sks=b&skv=2026-10-06&sig=A",
        ]
    ) { input in
        let text = String(input.text.unicodeScalars.filter { $0 != " " && $0.value > 0x20 })
        let head = HTTPRequest(
            method: .get, scheme: "http", authority: "h", path: "/devstoreaccount1/c/d/e/b?\(text)")
        guard let request = EmulatorRequest(head),
            let read = try acceptingRefusal({ try AzureEmulator.SASToken(request) }), let token = read
        else { return }
        let now = Date(timeIntervalSince1970: 1_767_323_045)
        _ = try acceptingRefusal {
            try token.check(
                start: token["st"], expiry: token["se"], now: now, scheme: "http", clientAddress: "127.0.0.1")
        }
        let service = try BlobEmulator(account: "devstoreaccount1", key: "a2V5", time: .system)
        guard let address = try acceptingRefusal({ try BlobAddress(request) }) else { return }
        _ = SASResource(token, address, prefix: request.query["prefix"])
        _ = try await acceptingRefusal { _ = try await service.authenticate(request, address) }
    }

    private static let commandLine = FuzzTarget(
        "command-line", words: ["\"", "'", "\\", "\\\"", "$", " ", "\t", "\n"],
        seeds: ["/bin/sh -c \"echo 'a b' \\\"c\\\"\"", "a\\ b 'c", "\"\" ''"]
    ) { input in
        guard let words = AzureEmulator.CommandLine.split(input.text) else { return }
        try require(words.count <= input.count, "There are more words than characters.")
    }

    private static let taskFile = FuzzTarget.asynchronous(
        "task-file", words: ["../", "a.txt", "/", "%2F", "\0", "bytes=", "-", "directory", "link", "up/", "\u{301}"],
        seeds: [
            "stdout.txt\u{1E}bytes=0-3", "wd/a.txt\u{1E}", "../../etc/passwd\u{1E}bytes=0-", "wd\u{1E}",
            "wd/link\u{1E}bytes=1-",
        ]
    ) { input in
        try await TaskFiles.with { try await $0.read(input.parts) }
    }

    private static let structuredMessage = FuzzTarget.asynchronous(
        "structured-message", seeds: StructuredSeeds.all
    ) { input in
        let length = Int64(input.count)
        for content in [length, max(0, length - 39)] {
            var size = 0
            do {
                let chunks = input.chunks(of: 9)
                let message = HTTPByteStream(
                    AsyncStream { continuation in
                        for chunk in chunks { continuation.yield(chunk) }
                        continuation.finish()
                    })
                for try await chunk in StructuredMessage.content(of: message, size: length, content: content) {
                    size += chunk.count
                }
            } catch {
                try require(error is BlobServiceError, "It threw \(error).")
            }
            try require(size <= input.count, "\(size) bytes of content came of \(input.count).")
        }
    }
}
#endif
