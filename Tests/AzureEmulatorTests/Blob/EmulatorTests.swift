#if Emulator
import AzureCore
import AzureEmulator
import Foundation
import HTTPTypes
import Testing

@Suite("The emulator as its users start it")
struct EmulatorTests {
    private func request(
        _ emulator: RunningEmulator, _ method: HTTPRequest.Method, _ path: String, _ headers: [(String, String)] = [],
        length: Int? = nil, key: String? = nil
    ) throws -> HTTPRequest {
        var request = try AzureEndpoint(emulator.blobEndpoint).request(method, path: path)
        for (name, value) in headers + [("x-ms-version", "2026-10-06")] {
            request.headerFields[try #require(HTTPField.Name(name))] = value
        }
        if let length { request.headerFields[.contentLength] = String(length) }
        BlobTestAccount.sign(&request, key: key ?? emulator.blobKey, date: Date())
        return request
    }

    @Test("A container is made, filled and read over sockets with URLSession")
    func sockets() async throws {
        try await withEmulator { emulator in
            let transport = URLSessionTransport()
            func send(_ request: HTTPRequest, _ body: Data? = nil) async throws -> (Int, Data) {
                let answer = try await transport.send(
                    request, body: body.map { HTTPBody($0) }, options: HTTPTransportOptions())
                return (answer.head.status.code, try await answer.body.collect(upTo: 16 << 20))
            }
            #expect(try await send(try request(emulator, .put, "/box?restype=container", length: 0)).0 == 201)
            let content = Data((0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            let put = try request(
                emulator, .put, "/box/a%20b/%C3%A9", [("x-ms-blob-type", "BlockBlob"), ("Content-Type", "a/b")],
                length: content.count)
            #expect(try await send(put, content).0 == 201)
            let (status, received) = try await send(try request(emulator, .get, "/box/a%20b/%C3%A9"))
            #expect(status == 200)
            #expect(received == content)
            let part = try await send(try request(emulator, .get, "/box/a%20b/%C3%A9", [("x-ms-range", "bytes=1-3")]))
            #expect(part.0 == 206)
            #expect(part.1 == content[1...3])
            #expect(try await send(try request(emulator, .head, "/box/a%20b/%C3%A9")).0 == 200)
            let wrong = try request(emulator, .get, "/box/a%20b/%C3%A9", key: BlobTestAccount.wrongKey)
            #expect(try await send(wrong).0 == 403)
        }
    }

    @Test("What it says of itself fits together")
    func description() async throws {
        var configuration = EmulatorConfiguration()
        configuration.storageAccount = "myaccount"
        configuration.storageKey = "c2VjcmV0"
        try await withEmulator(configuration) { emulator in
            #expect(emulator.blobEndpoint.hasPrefix("http://127.0.0.1:"))
            #expect(emulator.blobEndpoint.hasSuffix("/myaccount"))
            #expect(emulator.blobAccount == "myaccount")
            #expect(
                emulator.blobConnectionString == "DefaultEndpointsProtocol=http;AccountName=myaccount;"
                    + "AccountKey=c2VjcmV0;BlobEndpoint=\(emulator.blobEndpoint);")
        }
    }

    @Test("Two emulators run side by side and know nothing of each other")
    func twoEmulators() async throws {
        try await withEmulator { first in
            try await withEmulator { second in
                #expect(first.blobEndpoint != second.blobEndpoint)
                let transport = URLSessionTransport()
                let create = try request(first, .put, "/box?restype=container", length: 0)
                #expect(try await transport.send(create, body: nil, options: .init()).head.status.code == 201)
                let read = try request(second, .get, "/box?restype=container")
                #expect(try await transport.send(read, body: nil, options: .init()).head.status.code == 404)
            }
        }
    }

    @Test("A key that is not base64 is refused before anything starts")
    func badKey() async throws {
        var configuration = EmulatorConfiguration()
        configuration.storageKey = "not base64"
        await #expect(throws: AzureError.self) {
            try await withEmulator(configuration) { _ in Issue.record("It started.") }
        }
    }
}
#endif
