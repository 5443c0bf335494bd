import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

@Suite("Answers to queries")
struct QueryTests {
    @Test("has a result that shows no key of the caller's")
    func dumped() async throws {
        let key = try CustomerProvidedKey(aes256: Data(repeating: 65, count: 32))
        let fixture = try Fixture(MockResponse(200))
        let result = try await fixture.blob.query("SELECT * FROM BlobStorage", options: .init(customerKey: key))
        let sent = try #require(try fixture.request().header("x-ms-encryption-key"))
        var text = ""
        dump(result, to: &text)
        #expect(sent.hasPrefix("QUFB") && !text.contains("QUFB"))
    }

    static let errors = [
        BlobQueryError(
            name: "InvalidTypeConversion", description: "Not a number: 'x'", isFatal: false, position: -70)
    ]
    static let progress = [
        BlobQueryProgress(bytesScanned: 10, totalBytes: 300), BlobQueryProgress(bytesScanned: 300, totalBytes: 300),
        BlobQueryProgress(bytesScanned: 300, totalBytes: 300),
    ]

    @Test("rows, progress and errors come out, wherever the answer is cut into pieces")
    func cutsAnywhere() async throws {
        let avro = QueryAnswer.avro
        #expect(avro.count == 827)
        for cut in 0...avro.count {
            let reading = try await QueryReading.read([avro[..<cut], avro[cut...]])
            #expect(reading.failure == nil)
            #expect(reading.text == QueryAnswer.rows)
            #expect(reading.errors == Self.errors)
            #expect(reading.progress == Self.progress)
        }
        let reading = try await QueryReading.read(avro.map { Data([$0]) })
        #expect(reading.text == QueryAnswer.rows && reading.failure == nil && reading.progress == Self.progress)
    }

    @Test("an answer that ends too early is an error at every byte, between blocks too, never fewer rows")
    func truncated() async throws {
        let avro = QueryAnswer.avro
        for length in 0..<avro.count {
            let reading = try await QueryReading.read([avro[..<length]])
            let error = try #require(reading.failure as? AzureError, "after \(length) bytes")
            #expect(error.code == .truncatedBody, "after \(length) bytes")
            #expect(error.operation == "Blob.Query" && error.requestID == "s-3")
            #expect(QueryAnswer.rows.hasPrefix(reading.text))
        }
    }

    @Test("a connection that breaks is an error, after the rows that came")
    func breaks() async throws {
        let reading = try await QueryReading.read(
            [QueryAnswer.avro], breakAfter: HTTPTransportError(.connectionLost, "It broke."))
        #expect(reading.text == QueryAnswer.rows)
        #expect(reading.failure != nil)
    }

    @Test("what ends the query is thrown after the rows that came, under its name")
    func fatal() async throws {
        let avro =
            AvroBytes.head(AvroBytes.schema())
            + AvroBytes.block(count: 3, AvroBytes.rows("a\n") + AvroBytes.error(isFatal: true) + AvroBytes.end())
        let reading = try await QueryReading.read(avro)
        #expect(reading.text == "a\n")
        let error = try #require(reading.failure as? AzureError)
        #expect(error.code == AzureErrorCode("InvalidRow"))
        #expect(error.message == "The query ended at byte 70 of the blob: It has no end.")
        #expect(error.service == .blob && error.operation == "Blob.Query" && error.requestID == "s-3")
        #expect(error.resource == "https://example.blob.core.windows.net/pictures/cats/tom.jpg")
        #expect(reading.errors.isEmpty)
    }

    @Test("records and fields that are not known are passed over, whatever they are made of")
    func unknownRecords() async throws {
        let schema = AvroBytes.schema(
            """
            ,{"type":"record","name":"more","namespace":"a.b","fields":[
            {"name":"n","type":"null"},{"name":"f","type":"float"},{"name":"d","type":"double"},
            {"name":"e","type":{"type":"enum","name":"color","symbols":["red","blue"]}},
            {"name":"x","type":{"type":"fixed","name":"three","size":3}},
            {"name":"a","type":{"type":"array","items":"color"}},
            {"name":"m","type":{"type":"map","values":["null","a.b.three"]}},
            {"name":"r","type":["null","more"]},{"name":"i","type":"int"}]}
            """)
        func more(_ next: Data) -> Data {
            let array =
                AvroBytes.long(-2) + AvroBytes.long(2) + AvroBytes.long(0) + AvroBytes.long(1)
                + AvroBytes.long(0)
            let map =
                AvroBytes.long(1) + AvroBytes.string("k") + AvroBytes.long(1) + Data("abc".utf8)
                + AvroBytes.long(0)
            return Data(repeating: 0, count: 12) + AvroBytes.long(1) + Data("xyz".utf8) + array + map + next
                + AvroBytes.long(-5)
        }
        let record = AvroBytes.long(4) + more(AvroBytes.long(1) + more(AvroBytes.long(0)))
        let avro =
            AvroBytes.head(schema, codec: "null") + AvroBytes.block(count: 0, Data())
            + AvroBytes.block(count: 3, record + AvroBytes.rows("a") + AvroBytes.rows(""))
            + AvroBytes.block(AvroBytes.end())
        let reading = try await QueryReading.read(avro)
        #expect(reading.failure == nil)
        #expect(reading.text == "a")
    }

    @Test("what is no answer to a query is an error at once", arguments: BrokenAvro.all)
    func broken(answer: BrokenAvro) async throws {
        let reading = try await QueryReading.read(answer.data)
        let error = try #require(reading.failure as? AzureError)
        #expect(error.code == .invalidResponse)
        #expect(error.message.contains(answer.reason), "\(error.message)")
    }

    @Test("bytes that are changed anywhere never crash, and never take long")
    func fuzz() async throws {
        var avro = QueryAnswer.avro
        for index in avro.indices {
            for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
                let old = avro[index]
                avro[index] = value
                let reading = try await QueryReading.read(avro)
                #expect(reading.rows.count <= avro.count)
                avro[index] = old
            }
        }
    }

    @Test("an answer that the transport decoded is an error that names the remedy")
    func decoded() async throws {
        let fixture = try Fixture(MockResponse(200, chunks: [QueryAnswer.avro], isDecoded: true))
        let error = try await failure { _ = try await fixture.blob.query("SELECT * FROM BlobStorage") }
        #expect(error.code == .contentDecoded)
    }
}

/// Avro that has to be refused.
struct BrokenAvro: Sendable, CustomTestStringConvertible {
    let reason: String
    let data: Data

    var testDescription: String { reason }

    private init(_ reason: String, _ data: Data) {
        self.reason = reason
        self.data = data
    }

    private static let head = AvroBytes.head(AvroBytes.schema())
    private static let noEnd = Data(repeating: 0xFF, count: 10)

    private static func schema(_ reason: String, _ schema: String) -> BrokenAvro {
        BrokenAvro(reason, AvroBytes.head(schema))
    }

    /// A name and how it begins, in front of a length.
    private static let entry = Data([0x4F, 0x62, 0x6A, 1]) + AvroBytes.long(1)

    static let all = containers + schemas + values

    private static let containers = [
        BrokenAvro("does not begin", Data("<html></html>".utf8)),
        BrokenAvro("metadata is too large", Data([0x4F, 0x62, 0x6A, 1]) + AvroBytes.long(.max)),
        BrokenAvro("metadata is too large", Data([0x4F, 0x62, 0x6A, 1]) + AvroBytes.long(.min)),
        BrokenAvro("its metadata has -1 bytes", entry + AvroBytes.long(-1)),
        BrokenAvro("its metadata has 9223372036854775807 bytes", entry + AvroBytes.long(.max)),
        BrokenAvro("number has no end", entry + noEnd),
        BrokenAvro("compressed with 'deflate'", AvroBytes.head(AvroBytes.schema(), codec: "deflate")),
        BrokenAvro("has no schema", Data([0x4F, 0x62, 0x6A, 1, 0])),
        BrokenAvro("a block has -1 values", head + AvroBytes.long(-1)),
        BrokenAvro("a block has 1099511627776 bytes", head + AvroBytes.long(1) + AvroBytes.long(1 << 40)),
        BrokenAvro("a block has -3 bytes", head + AvroBytes.long(1) + AvroBytes.long(-3)),
        BrokenAvro("2 bytes has 3 values", head + AvroBytes.block(count: 3, Data([0, 0]))),
        BrokenAvro(
            "does not end where it must",
            head + AvroBytes.long(1) + AvroBytes.bytes(AvroBytes.end()) + Data(repeating: 9, count: 16)),
        BrokenAvro("more bytes than its values", head + AvroBytes.block(AvroBytes.end() + Data([0]))),
        BrokenAvro(
            "behind its end", head + AvroBytes.block(AvroBytes.end()) + AvroBytes.block(AvroBytes.rows("more"))),
    ]

    private static let schemas = [
        schema("no JSON", "<html>"), schema("no JSON", ""),
        schema("value where a type must be", "7"), schema("union of nothing", "[]"),
        schema("unknown type 'strange'", "\"strange\""), schema("unknown type 'strange'", "{\"type\":\"strange\"}"),
        schema("type of no kind", "{}"), schema("lacks 'items'", "{\"type\":\"array\"}"),
        schema("enum without symbols", "{\"type\":\"enum\",\"name\":\"e\"}"),
        schema("without a name", "{\"type\":\"record\",\"fields\":[]}"),
        schema("record without fields", "{\"type\":\"record\",\"name\":\"r\"}"),
        schema("field without a name", "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{}]}"),
        schema("no possible size", "{\"type\":\"fixed\",\"name\":\"f\",\"size\":99999999999}"),
        schema("nested too deep", String(repeating: "[", count: 60) + "1" + String(repeating: "]", count: 60)),
        schema(
            "the type 'r' twice",
            "[{\"type\":\"record\",\"name\":\"r\",\"fields\":[]},{\"type\":\"record\",\"name\":\"r\",\"fields\":[]}]"),
    ]

    private static let values = [
        BrokenAvro("union of 4 has no number 4", head + AvroBytes.block(AvroBytes.long(4))),
        BrokenAvro("union of 4 has no number -1", head + AvroBytes.block(AvroBytes.long(-1))),
        BrokenAvro("beyond the end of its block", head + AvroBytes.block(AvroBytes.long(0) + AvroBytes.long(5))),
        BrokenAvro("beyond the end of its block", head + AvroBytes.block(AvroBytes.long(0) + AvroBytes.long(-5))),
        BrokenAvro("neither true nor false", head + AvroBytes.block(AvroBytes.long(1) + Data([2]))),
        BrokenAvro(
            "is not UTF-8",
            head + AvroBytes.block(AvroBytes.long(1) + Data([0]) + AvroBytes.bytes(Data([0xC3])))),
        BrokenAvro("no record", AvroBytes.head("[\"int\"]") + AvroBytes.block(Data([0, 0]))),
        BrokenAvro(
            "no 'data' of the right type",
            AvroBytes.head("[{\"type\":\"record\",\"name\":\"resultData\",\"fields\":[]}]")
                + AvroBytes.block(Data([0]))),
        BrokenAvro(
            "too many values",
            AvroBytes.head("[{\"type\":\"array\",\"items\":\"null\"}]")
                + AvroBytes.block(Data([0]) + AvroBytes.long(1 << 60))),
        BrokenAvro(
            "nested too deep",
            AvroBytes.head(
                "[{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"f\",\"type\":[\"null\",\"r\"]}]}]")
                + AvroBytes.block(Data([0]) + Data(repeating: 2, count: 1000))),
        BrokenAvro(
            "nested too deep",
            AvroBytes.head("[{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"f\",\"type\":\"r\"}]}]")
                + AvroBytes.block(Data([0]))),
    ]
}
