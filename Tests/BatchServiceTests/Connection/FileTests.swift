import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import HTTPTypes
import Testing

@Suite("Files")
struct FileTests {
    private func download(_ response: MockResponse) async throws -> (BatchFileDownload, MockTransport) {
        let transport = MockTransport([response])
        let file = try await makeClient(transport).files.downloadTaskFile("f", ofTask: "t", inJob: "j")
        return (file, transport)
    }

    @Test("arrive in pieces, as they are")
    func stream() async throws {
        let chunks = [Data("ab".utf8), Data([0, 255]), Data("c".utf8)]
        let (file, transport) = try await download(MockResponse(200, chunks: chunks))
        var received: [Data] = []
        for try await chunk in file { received.append(chunk) }
        #expect(received == chunks)
        #expect(file.properties.contentLength == 5)
        #expect(file.properties.isDirectory == false)
        #expect(transport.requests[0].header("Accept-Encoding") == "identity")
    }

    @Test("that break off are an error, never a short file")
    func truncated() async throws {
        let response = MockResponse(200, headers: ["Content-Length": "10"], chunks: [Data("abc".utf8)])
        let (file, _) = try await download(response)
        let error = await #expect(throws: AzureError.self) { try await file.collect(upTo: 100) }
        #expect(error?.code == .truncatedBody)
        #expect(error?.message.contains("10 bytes, and 3 arrived") == true)
        let broken = MockResponse(
            200, headers: ["Content-Length": "10"], chunks: [Data("abc".utf8)],
            breakAfter: HTTPTransportError(.connectionLost, "lost"))
        let (other, _) = try await download(broken)
        let lost = await #expect(throws: AzureError.self) { try await other.collect(upTo: 100) }
        #expect(lost?.code == .connectionLost)
        #expect(lost?.operation == "Batch.DownloadTaskFile")
    }

    @Test("of no announced length that break off are an error of this package, with what was read")
    func chunked() async throws {
        let transport = ClosureTransport { _, _, _ in
            let stream = HTTPByteStream(
                AsyncThrowingStream { continuation in
                    continuation.yield(Data("abc".utf8))
                    continuation.finish(throwing: HTTPTransportError(.connectionLost, "lost"))
                })
            return HTTPTransportResponse(
                head: HTTPResponse(status: .ok), body: HTTPResponseBody(stream, length: nil))
        }
        let file = try await makeClient(transport).files.downloadTaskFile("f", ofTask: "t", inJob: "j")
        let error = await #expect(throws: AzureError.self) { try await file.collect(upTo: 100) }
        #expect(error?.code == .connectionLost && error?.operation == "Batch.DownloadTaskFile")
    }

    @Test("that are longer than announced are an error")
    func tooLong() async throws {
        let response = MockResponse(200, headers: ["Content-Length": "2"], chunks: [Data("abc".utf8)])
        let (file, _) = try await download(response)
        await #expect(throws: AzureError.self) { try await file.collect(upTo: 100) }
    }

    @Test("are read into memory up to a limit")
    func limit() async throws {
        let client = try makeClient(MockTransport { _ in MockResponse(200, body: "12345") })
        #expect(try await client.files.readTaskFile("f", ofTask: "t", inJob: "j") == Data("12345".utf8))
        #expect(try await client.files.readNodeFile("f", onNode: "n", inPool: "p", upTo: 5).count == 5)
        let error = await #expect(throws: AzureError.self) {
            try await client.files.readTaskFile("f", ofTask: "t", inJob: "j", upTo: 4)
        }
        #expect(error?.code == .bodyTooLarge)
    }

    @Test("that the transport decoded are refused")
    func decoded() async throws {
        let error = await #expect(throws: AzureError.self) {
            try await download(MockResponse(200, chunks: [Data("abc".utf8)], isDecoded: true))
        }
        #expect(error?.code == .contentDecoded)
    }

    @Test("that are not there are an error with the service's code")
    func missing() async throws {
        let error = await #expect(throws: AzureError.self) {
            try await download(MockResponse(404, body: #"{"code":"FileNotFound","message":{"value":"No."}}"#))
        }
        #expect(error?.code == .fileNotFound)
    }
}
