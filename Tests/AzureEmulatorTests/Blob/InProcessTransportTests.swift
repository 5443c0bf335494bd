import AzureCore
import AzureEmulator
import Foundation
import HTTPTypes
import Testing

@Suite("The emulated service in the process of its user")
struct InProcessTransportTests {
    @Test("A transport without sockets reaches a service of its own")
    func inProcess() async throws {
        let transport = try InProcessTransport.blob()
        var request = HTTPRequest(
            method: .put, scheme: "http", authority: "127.0.0.1", path: "/devstoreaccount1/box?restype=container")
        request.headerFields[try #require(HTTPField.Name("x-ms-version"))] = "2026-10-06"
        BlobTestAccount.sign(&request, key: BlobTestAccount.key, date: Date())
        let answer = try await transport.send(request, body: nil, options: HTTPTransportOptions())
        #expect(answer.head.status.code == 201)
    }
}
