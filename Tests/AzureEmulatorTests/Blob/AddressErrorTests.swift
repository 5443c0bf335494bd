import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Addresses that lead nowhere")
struct AddressErrorTests {
    private func answer(_ path: String, _ method: HTTPRequest.Method = .get) async throws -> BlobTestAnswer {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        var request = HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:10000", path: path,
            headerFields: HTTPFields(emulated: [("x-ms-version", "2026-10-06"), ("x-ms-blob-type", "BlockBlob")]))
        BlobTestAccount.sign(&request, key: BlobTestAccount.key, date: account.clock.timeSource.now())
        return BlobTestAnswer(await account.service.respond(to: request, body: HTTPByteStream(Data())))
    }

    @Test("A path without the account is told so, and how the path should be")
    func missingAccount() async throws {
        let container = try await answer("/pictures/cat.jpg")
        #expect(container.outcome == "404 ResourceNotFound")
        let message = try #require(try await container.xml().child("Message")?.text)
        #expect(message.contains("'pictures'") && message.contains("/devstoreaccount1/CONTAINER/BLOB"))
        let root = try await answer("/?comp=list")
        #expect(root.outcome == "400 InvalidUri")
        #expect(try await root.xml().child("Message")?.text.contains("has no account") == true)
    }

    // The services' HTTP server, Microsoft-HTTPAPI, lets no path have a NUL, and the documentation of names forbids
    // control characters.
    @Test("A name with a NUL is refused", arguments: ["/box/a%00b", "/box/%00", "/b%00x/a", "/box/dir/%00/a"])
    func nul(path: String) async throws {
        #expect(try await answer("/devstoreaccount1" + path, .put).outcome == "400 InvalidUri")
        #expect(try await answer("/devstoreaccount1" + path).outcome == "400 InvalidUri")
    }

    @Test("A Batch id with a NUL is refused")
    func batchNul() async throws {
        try await BatchFixture.with { fixture in
            let request = HTTPRequest(
                method: .get, scheme: "http", authority: "127.0.0.1:10100",
                path: "/pools/po%00ol?api-version=2025-06-01")
            let answer = await fixture.emulator.respond(to: request, body: HTTPByteStream(Data()))
            #expect(answer.head.status == .badRequest)
        }
    }
}
