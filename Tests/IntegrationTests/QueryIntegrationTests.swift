#if Emulator
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import HTTPTypes
import Synchronization
import Testing

@Suite("Queries over sockets", .timeLimit(.minutes(2)))
struct QueryIntegrationTests {
    private func withBlob(_ content: Data, _ body: (BlobClient) async throws -> Void) async throws {
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let container = service.container("tables")
            try await container.create()
            let blob = container.blob("a")
            try await blob.upload(content)
            try await body(blob)
        }
    }

    @Test("rows of many chunks come whole and in order, with progress that ends at the length of the blob")
    func manyRows() async throws {
        let lines = (0..<60_000).map { "\($0),name \($0 % 7)\n" }
        let content = Data(lines.joined().utf8)
        try await withBlob(content) { blob in
            let progress = Mutex<[BlobQueryProgress]>([])
            let options = BlobQueryOptions(onProgress: { step in progress.withLock { $0.append(step) } })
            let result = try await blob.query(
                "SELECT _1 FROM BlobStorage WHERE _2 = 'name 3'", options: options)
            var rows: [String] = []
            for try await record in result.records() { rows.append(String(decoding: record, as: UTF8.self)) }
            #expect(rows == (0..<60_000).filter { $0 % 7 == 3 }.map(String.init))
            let steps = progress.withLock { $0 }
            #expect(steps.count > 2)
            #expect(
                steps.last
                    == BlobQueryProgress(
                        bytesScanned: Int64(content.count), totalBytes: Int64(content.count)))
            #expect(result.properties.etag == (try await blob.properties().etag))
        }
    }

    @Test("formats are understood in both directions, line ends and signs of XML among their separators")
    func formats() async throws {
        try await withBlob(Data("Name&'Age'\r\n'o&''k'&5\r\n".utf8)) { blob in
            let input = BlobQueryFormat.CSV(columnSeparator: "&", quote: "'", recordSeparator: "\r\n", hasHeaders: true)
            let csv = BlobQueryFormat.CSV(columnSeparator: "<\t>", quote: "\"", recordSeparator: "\n\n", escape: "\\")
            let query = "SELECT Name, Age FROM BlobStorage WHERE Age < 10 AND Name <> '<>&'"
            let asText = try await blob.query(query, options: .init(input: .csv(input), output: .csv(csv)))
            #expect(try await asText.collect(upTo: 100) == Data("o&'k<\t>5\n\n".utf8))
            let asJSON = try await blob.query(query, options: .init(input: .csv(input), output: .json()))
            #expect(try await asJSON.collect(upTo: 100) == Data((#"{"Name":"o&'k","Age":"5"}"# + "\n").utf8))
        }
    }

    @Test("rows that do not fit are told; what ends a query is thrown with its name")
    func errors() async throws {
        try await withBlob(Data("100,pizza\n300,400\n".utf8)) { blob in
            let errors = Mutex<[BlobQueryError]>([])
            let result = try await blob.query(
                "SELECT _1 FROM BlobStorage WHERE _2 > 250",
                options: .init(onError: { error in errors.withLock { $0.append(error) } }))
            #expect(try await result.collect(upTo: 100) == Data("300\n".utf8))
            let told = errors.withLock { $0 }
            #expect(told.map(\.name) == ["InvalidTypeConversion"])
            #expect(told.first?.isFatal == false && told.first?.position == 0)

            let broken = try await blob.query("SELECT * FROM BlobStorage", options: .init(input: .json()))
            let thrown = await #expect(throws: AzureError.self) { _ = try await broken.collect(upTo: 100) }
            #expect(thrown?.code.rawValue == "ParseError")
            for (query, format) in [("SELECT nothing", nil), ("SELECT * FROM BlobStorage", BlobQueryFormat.parquet)] {
                let refused = await #expect(throws: AzureError.self) {
                    _ = try await blob.query(query, options: .init(input: format))
                }
                #expect(refused?.status?.code == 400)
            }
        }
    }
}
#endif
