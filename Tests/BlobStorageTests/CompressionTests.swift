import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

@Suite("Compressed content")
struct CompressedBlobTests {
    static let content = Data(String(repeating: "the same line again and again\n", count: 5000).utf8)

    /// A service with one blob: it keeps what is put, and answers ranges of it.
    static func service(_ stored: Data, encoding: String?) -> MockTransport {
        MockTransport { request in
            let text = request.header("x-ms-range")?.dropFirst("bytes=".count) ?? "0-"
            let bounds = text.split(separator: "-").compactMap { Int($0) }
            let end = min(bounds.count > 1 ? bounds[1] + 1 : stored.count, stored.count)
            var headers = ["ETag": "\"1\"", "Content-Range": "bytes \(bounds[0])-\(end - 1)/\(stored.count)"]
            headers["Content-Encoding"] = encoding
            return MockResponse(206, headers: headers, body: Data(stored[bounds[0]..<end]))
        }
    }

    /// What an upload with these options puts.
    static func uploaded(
        _ upload: (BlobClient, BlobUploadOptions) async throws -> Void, _ compression: ContentCompression
    ) async throws -> MockTransport.Request {
        let fixture = try Fixture(MockResponse(201))
        try await upload(fixture.blob, BlobUploadOptions(compression: compression))
        return try fixture.request()
    }

    @Test(
        "goes up smaller and comes down as it was",
        arguments: [(ContentCompression.gzip, "gzip"), (ContentCompression.deflate, "deflate")])
    func roundTrip(compression: ContentCompression, name: String) async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/file"
            try Self.content.write(to: URL(fileURLWithPath: path))
            let requests = [
                try await Self.uploaded({ try await $0.upload(Self.content, options: $1) }, compression),
                try await Self.uploaded({ try await $0.upload(file: path, options: $1) }, compression),
            ]
            for request in requests {
                #expect(request.header("x-ms-blob-content-encoding") == name)
                #expect(request.body.count < Self.content.count / 20)
                #expect(request.header("x-ms-content-crc64") != nil)
                let fixture = try Fixture(Self.service(request.body, encoding: name))
                let options = BlobDownloadOptions(decompresses: true, transfer: .init(partSize: 100))
                #expect(try await fixture.blob.download(upTo: Self.content.count, options: options) == Self.content)
                #expect(try await fixture.blob.download(upTo: request.body.count) == request.body)
                let target = "\(directory)/target"
                let result = try await fixture.blob.download(to: target, options: options)
                #expect(result.length == Int64(request.body.count))
                #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == Self.content)
                let stream = try await fixture.blob.downloadStream(options: options)
                var streamed = Data()
                for try await chunk in stream { streamed += chunk }
                #expect(streamed == Self.content)
                let again = try await fixture.blob.downloadStream(options: options)
                #expect(try await again.collect(upTo: Self.content.count) == Self.content)
                let short = try await fixture.blob.downloadStream(options: options)
                let error = try await failure { _ = try await short.collect(upTo: Self.content.count - 1) }
                #expect(error.code == .bodyTooLarge && error.operation == "Blob.Download")
            }
        }
    }

    @Test("comes as it is when it is encoded otherwise or not at all", arguments: ["br", nil])
    func otherEncoding(encoding: String?) async throws {
        let fixture = try Fixture(Self.service(Data("abc".utf8), encoding: encoding))
        #expect(try await fixture.blob.download(upTo: 3, options: .init(decompresses: true)) == Data("abc".utf8))
    }

    @Test("that is none, or grows beyond the limit, is an error, and leaves no file")
    func damaged() async throws {
        let wrong = try Fixture(Self.service(Data("abc".utf8), encoding: "gzip"))
        let options = BlobDownloadOptions(decompresses: true)
        try await withTemporaryDirectory { directory in
            let error = try await failure { try await wrong.blob.download(to: "\(directory)/file", options: options) }
            #expect(error.code == .invalidResponse)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
        let small = try await Self.uploaded({ try await $0.upload(Self.content, options: $1) }, .gzip).body
        let large = try Fixture(Self.service(small, encoding: "gzip"))
        let error = try await failure { _ = try await large.blob.download(upTo: 10_000, options: options) }
        #expect(error.code == .bodyTooLarge)
    }

    @Test("cannot be encoded twice, and parts of it cannot be decompressed")
    func refused() async throws {
        let fixture = try Fixture()
        let twice = try await failure {
            try await fixture.blob.upload(
                Self.content, options: .init(httpHeaders: .init(contentEncoding: "br"), compression: .gzip))
        }
        #expect(twice.code == .invalidArgument)
        let part = try await failure {
            _ = try await fixture.blob.downloadStream(options: .init(range: .init(offset: 1), decompresses: true))
        }
        #expect(part.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }
}
