import AzureCore
import AzureCrypto
import AzureTesting
import Foundation
import Testing

@testable import BlobStorage

@Suite("Checksums of transfers")
struct ValidationTests {
    static let content = Data("123456789".utf8)
    static let crc64Text = "iJh5CoYUi64="
    static let md5Text = "JfnnlDI7RTiF9RgfG2JNCw=="

    /// The answer to a download of a range, as a structured body.
    static func structured(
        _ content: Data, total: Int, corrupt: Bool = false, announced: Int? = nil
    ) async throws -> MockResponse {
        let message = try await StructuredBody.encode(HTTPBody(content), length: Int64(content.count))
        var bytes = try await message.collect(upTo: .max)
        if corrupt { bytes[30] ^= 1 }
        return MockResponse(
            206,
            headers: [
                "ETag": "\"1\"", "Content-Range": "bytes 0-\(content.count - 1)/\(total)",
                "x-ms-structured-body": "XSM/1.0; properties=crc64",
                "x-ms-structured-content-length": "\(announced ?? content.count)",
            ], body: bytes)
    }

    @Test("go out with uploads, unless they are not wanted")
    func uploads() async throws {
        let fixture = try Fixture(MockTransport { _ in MockResponse(201) })
        try await fixture.blob.upload(Self.content)
        try await fixture.blob.upload(Self.content, options: .init(transfer: .init(validation: .md5)))
        try await fixture.blob.upload(Self.content, options: .init(transfer: .init(validation: .none)))
        try await fixture.blob.upload(
            Self.content, options: .init(transfer: .init(singleShotLimit: 0, partSize: 9)))
        let requests = fixture.transport.requests
        let checksums = requests.map { $0.header("x-ms-content-crc64") }
        #expect(checksums.dropLast() == [Self.crc64Text, nil, nil, Self.crc64Text])
        // The list of blocks, whose names are new each time, has one, too.
        #expect(checksums[4].flatMap { Data(base64Encoded: $0) }?.count == 8)
        #expect(requests.map { $0.header("Content-MD5") } == [nil, Self.md5Text, nil, nil, nil])
    }

    @Test("go out inside a structured body")
    func structuredUpload() async throws {
        let fixture = try Fixture(MockResponse(201, headers: ["x-ms-structured-body": "XSM/1.0; properties=crc64"]))
        try await fixture.blob.upload(Self.content, options: .init(transfer: .init(validation: .structuredBody)))
        let request = try fixture.request()
        #expect(request.header("x-ms-structured-body") == "XSM/1.0; properties=crc64")
        #expect(request.header("x-ms-structured-content-length") == "9")
        #expect(request.header("Content-Length") == "48")
        #expect(
            request.body
                == Data(
                    hex: "01300000000000000001000100 01000900000000000000 313233343536373839 8898790a86148bae"
                        + "8898790a86148bae"))
    }

    @Test("have to be understood by the service")
    func structuredUploadNotUnderstood() async throws {
        let fixture = try Fixture(MockResponse(201, headers: ["x-ms-request-id": "s-1"]))
        let error = try await failure {
            try await fixture.blob.upload(Self.content, options: .init(transfer: .init(validation: .structuredBody)))
        }
        #expect(error.code == .invalidResponse)
        #expect(error.requestID == "s-1")
        #expect(error.message.contains("structured bodies"))
    }

    @Test("of files go out too", arguments: [TransferValidation.crc64, .structuredBody])
    func fileUpload(validation: TransferValidation) async throws {
        try await withTemporaryDirectory { directory in
            try Self.content.write(to: URL(fileURLWithPath: "\(directory)/file"))
            let fixture = try Fixture(MockResponse(201, headers: ["x-ms-structured-body": "XSM/1.0; properties=crc64"]))
            try await fixture.blob.upload(
                file: "\(directory)/file", options: .init(transfer: .init(validation: validation)))
            let request = try fixture.request()
            #expect(request.header("x-ms-content-crc64") == (validation == .crc64 ? Self.crc64Text : nil))
            #expect(request.body.count == (validation == .crc64 ? 9 : 48))
        }
    }

    @Test(
        "that do not agree make the part go out again, but not for ever", arguments: ["Crc64Mismatch", "Md5Mismatch"])
    func damagedUpload(code: String) async throws {
        let damaged = MockResponse(400, body: errorBody(code))
        let fixture = try Fixture(damaged, damaged, MockResponse(201))
        try await fixture.blob.upload(Self.content)
        #expect(fixture.transport.requests.map(\.body) == [Self.content, Self.content, Self.content])

        let hopeless = try Fixture(MockTransport { _ in damaged })
        let error = try await failure { try await hopeless.blob.upload(Self.content) }
        #expect(error.code.rawValue == code)
        #expect(hopeless.transport.requests.count == 3)
    }

    @Test("of downloads are asked for and compared")
    func downloads() async throws {
        let fixture = try Fixture(try await Self.structured(Self.content, total: 9))
        let stream = try await fixture.blob.downloadStream()
        #expect(stream.validation == .crc64)
        #expect(stream.length == 9)
        var data = Data()
        for try await chunk in stream { data += chunk }
        #expect(data == Self.content)
        #expect(try fixture.request().header("x-ms-structured-body") == "XSM/1.0; properties=crc64")
    }

    @Test("that a service does not send are missing in the result")
    func plainDownload() async throws {
        let answer = MockResponse(
            206, headers: ["ETag": "\"1\"", "Content-Range": "bytes 0-8/9"], body: Self.content)
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/file"
            #expect(try await Fixture(answer).blob.download(to: path).validation == .none)
            let structured = try Fixture(try await Self.structured(Self.content, total: 9))
            let result = try await structured.blob.download(to: path)
            #expect(result.validation == .crc64)
            #expect(result.length == 9)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Self.content)
        }
    }

    @Test("that do not agree make the part come again, but not for ever")
    func damagedDownload() async throws {
        let damaged = try await Self.structured(Self.content, total: 9, corrupt: true)
        let fixture = try Fixture(damaged, damaged, try await Self.structured(Self.content, total: 9))
        #expect(try await fixture.blob.download(upTo: 9) == Self.content)
        let hopeless = try Fixture(MockTransport { _ in damaged })
        let error = try await failure { _ = try await hopeless.blob.download(upTo: 9) }
        #expect(error.code == .checksumMismatch)
        #expect(error.resource == hopeless.blob.url.absoluteString)
        #expect(hopeless.transport.requests.count == 3)
    }

    @Test("that stop in the middle of a download are an error")
    func missingLater() async throws {
        let plain = MockResponse(
            206, headers: ["ETag": "\"1\"", "Content-Range": "bytes 9-17/18"], body: Self.content)
        let fixture = try Fixture(try await Self.structured(Self.content, total: 18), plain)
        let error = try await failure {
            _ = try await fixture.blob.download(upTo: 18, options: .init(transfer: .init(partSize: 9, concurrency: 1)))
        }
        #expect(error.code == .invalidResponse)
    }

    @Test("can be MD5s, of parts of 4 MiB at most")
    func md5Download() async throws {
        func answer(_ md5: String) -> MockResponse {
            MockResponse(
                206, headers: ["ETag": "\"1\"", "Content-Range": "bytes 0-8/9", "Content-MD5": md5],
                body: Self.content)
        }
        let options = BlobDownloadOptions(transfer: .init(validation: .md5))
        let fixture = try Fixture(answer("AQEBAQEBAQEBAQEBAQEBAQ=="), answer(Self.md5Text))
        let stream = try await fixture.blob.downloadStream(options: options)
        #expect(stream.validation == .md5)
        #expect(try await HTTPByteStream(stream).collect(upTo: 9) == Self.content)
        #expect(fixture.transport.requests.map { $0.header("x-ms-range-get-content-md5") } == ["true", "true"])
        // A stream begins with less.
        #expect(fixture.transport.requests.map { $0.header("x-ms-range") } == ["bytes=0-1048575", "bytes=0-8"])
        let whole = try Fixture(answer(Self.md5Text))
        #expect(try await whole.blob.download(upTo: 9, options: options) == Self.content)
        #expect(whole.transport.requests.map { $0.header("x-ms-range") } == ["bytes=0-4194303"])
    }
}
