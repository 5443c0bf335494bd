import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

extension OperationCase {
    static let queries: [OperationCase] = [
        OperationCase(
            "blob.query", .post, blobPath, query: ["comp": "query"],
            headers: all(blobConditionHeaders, customerKeyHeaders, ["Content-Type": "application/xml"]),
            body: queryDocument(
                "<InputSerialization><Format>\(csv)</Format></InputSerialization>"
                    + "<OutputSerialization><Format>\(csv)</Format></OutputSerialization>"),
            answerHeaders: all(
                queryAnswerHeaders, copyStateAnswerHeaders,
                ["Content-Range": "bytes 0-4/5", "x-ms-blob-content-md5": "AwMDAwMDAwMDAwMDAwMDAw=="]),
            result: all(
                commonResult("properties.response."),
                [
                    "properties.metadata[Owner]": "me", "properties.contentLength": "5", "properties.etag": "\"0x8D\"",
                    "properties.blobType": "BlockBlob", "properties.copy.status": "failed",
                    "properties.lease.state": "leased", "properties.httpHeaders.contentType": "avro/binary",
                    "properties.httpHeaders.contentMD5": "AwMDAwMDAwMDAwMDAwMDAw==", "contentMD5": md5Text,
                    "contentRange": "bytes 0-4/5", "contentCRC64": crc64Text, "recordSeparator": "\n",
                ])
        ) {
            try await QueryOutcome(
                $0.blob,
                .init(input: .csv(), conditions: blobConditions, customerKey: customerKey(), call: call))
        },
        query("snapshot", query: ["snapshot": "s1"], "", BlobQueryOptions(call: call)) { $0.blob.snapshot("s1") },
        query(
            "JSON to CSV",
            """
            <InputSerialization><Format><Type>json</Type><JsonTextConfiguration><RecordSeparator>&#13;
            </RecordSeparator></JsonTextConfiguration></Format></InputSerialization><OutputSerialization><Format>\
            <Type>delimited</Type><DelimitedTextConfiguration><ColumnSeparator>;</ColumnSeparator>\
            <FieldQuote>'</FieldQuote><RecordSeparator>|</RecordSeparator><EscapeChar>&lt;</EscapeChar>\
            <HasHeaders>true</HasHeaders></DelimitedTextConfiguration></Format></OutputSerialization>
            """,
            BlobQueryOptions(
                input: .json(.init(recordSeparator: "\r\n")),
                output: .csv(
                    .init(columnSeparator: ";", quote: "'", recordSeparator: "|", escape: "<", hasHeaders: true)),
                call: call)),
        query(
            "Parquet",
            """
            <InputSerialization><Format><Type>parquet</Type><ParquetTextConfiguration></ParquetTextConfiguration>\
            </Format></InputSerialization>
            """,
            BlobQueryOptions(input: .parquet, call: call)),
        query(
            "Arrow",
            """
            <OutputSerialization><Format><Type>arrow</Type><ArrowConfiguration><Schema><Field>\
            <Type>timestamp[ms]</Type><Name>when</Name></Field><Field><Type>decimal</Type><Precision>9</Precision>\
            <Scale>2</Scale></Field></Schema></ArrowConfiguration></Format></OutputSerialization>
            """,
            BlobQueryOptions(
                output: .arrow([
                    .init(.timestampMilliseconds, name: "when"), .init(.decimal, precision: 9, scale: 2),
                ]), call: call)),
    ]

    private static func query(
        _ variant: String, query: [String: String] = [:], _ formats: String, _ options: BlobQueryOptions,
        _ blob: @escaping @Sendable (Fixture) -> BlobClient = { $0.blob }
    ) -> OperationCase {
        OperationCase(
            "blob.query", variant: variant, .post, blobPath, query: ["comp": "query"].merging(query) { $1 },
            headers: ["Content-Type": "application/xml"], body: queryDocument(formats)
        ) { try await QueryOutcome(blob($0), options) }
    }

    private static func queryDocument(_ formats: String) -> String {
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><QueryRequest><QueryType>SQL</QueryType>"
            + "<Expression>SELECT * FROM BlobStorage WHERE _1 &lt; 7</Expression>\(formats)</QueryRequest>"
    }

    /// CSV as it is by default.
    private static let csv = """
        <Type>delimited</Type><DelimitedTextConfiguration><ColumnSeparator>,</ColumnSeparator>\
        <FieldQuote>"</FieldQuote><RecordSeparator>
        </RecordSeparator><EscapeChar></EscapeChar><HasHeaders>false</HasHeaders></DelimitedTextConfiguration>
        """

    private static let queryAnswerHeaders = all(
        contentAnswerHeaders.filter { !$0.key.hasPrefix("x-ms-or") },
        ["Content-Type": "avro/binary", "x-ms-content-crc64": crc64Text])
}

/// What the head of an answer to a query says.
private struct QueryOutcome: Sendable {
    var properties: BlobProperties
    var contentRange: String?
    var contentMD5: Data?
    var contentCRC64: Data?
    var recordSeparator: String?

    init(_ blob: BlobClient, _ options: BlobQueryOptions) async throws {
        let result = try await blob.query("SELECT * FROM BlobStorage WHERE _1 < 7", options: options)
        properties = result.properties
        contentRange = result.contentRange
        contentMD5 = result.contentMD5
        contentCRC64 = result.contentCRC64
        recordSeparator = result.recordSeparator
    }
}
