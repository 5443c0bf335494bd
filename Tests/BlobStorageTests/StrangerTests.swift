import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Testing

/// What proxies that want a password, and the login pages of hotels, answer in place of the service. That every answer of
/// the service has `x-ms-request-id` and `x-ms-version` is in the documentation of each of its operations.
@Suite("Answers that are not from the service")
struct StrangerTests {
    private static let page = "<!DOCTYPE html><html><body>Please sign in</body></html>"
    private static let withContent = OperationTableTests.all.filter { $0.status != 204 }

    @Test("a page for people is an error of every operation, whatever status it has", arguments: withContent)
    func page(expected: OperationCase) async throws {
        let answer = MockResponse(
            expected.status, headers: ["Content-Type": "text/html; charset=utf-8"], body: Self.page)
        let error = try await failure { _ = try await expected.run(Fixture(answer)) }
        #expect(error.code == .invalidResponse, "\(error.code)")
        #expect(error.status?.code == expected.status)
        #expect(error.resource?.hasPrefix("https://example") == true)
        for words in ["text/html", "Check the endpoint, and proxies on the way.", "x-ms-request-id"] {
            #expect(error.message.contains(words), "\(error.message)")
        }
        #expect(expected.method == .head || error.message.contains("Please sign in"), "\(error.message)")
    }

    @Test(
        "a body where none belongs is an error, of whatever type it is",
        arguments: [
            ("Container.GetProperties", 200), ("Container.SetMetadata", 200), ("Container.Delete", 202),
            ("Blob.Upload", 201), ("Blob.GetAccountInformation", 200),
        ], ["application/json", "text/plain", ""])
    func body(operation: (String, Int), type: String) async throws {
        let calls: [String: @Sendable (Fixture) async throws -> Void] = [
            "Container.GetProperties": { _ = try await $0.container.properties() },
            "Container.SetMetadata": { _ = try await $0.container.setMetadata([:]) },
            "Container.Delete": { _ = try await $0.container.delete() },
            "Blob.Upload": { _ = try await $0.blob.upload(Data("x".utf8)) },
            "Blob.GetAccountInformation": { _ = try await $0.blob.accountInformation() },
        ]
        let call = try #require(calls[operation.0])
        let headers = type.isEmpty ? [:] : ["Content-Type": type]
        let answer = MockResponse(operation.1, headers: headers, body: #"{"login":"required"}"#)
        let error = try await failure { try await call(Fixture(answer)) }
        #expect(error.code == .invalidResponse && error.message.contains(#"{"login":"required"}"#), "\(error)")
    }

    @Test("an answer that names its request or version is the service's, and one without a body needs neither")
    func own() async throws {
        let html = ["Content-Type": "text/html", "Content-Length": "5"]
        _ = try await Fixture(MockResponse(200)).container.properties()
        _ = try await Fixture(MockResponse(201)).blob.upload(Data("x".utf8))
        for (name, value) in [
            ("x-ms-request-id", "1"), ("x-ms-version", "2026-10-06"), ("x-ms-blob-type", "BlockBlob"),
        ] {
            let answer = MockResponse(200, headers: html.merging([name: value]) { $1 })
            #expect(try await Fixture(answer).blob.properties().httpHeaders.contentType == "text/html")
        }
        let page = MockResponse(
            206, headers: ["Content-Type": "text/html", "x-ms-request-id": "1", "Content-Range": "bytes 0-4/5"],
            body: "<br/>")
        #expect(try await Fixture(page).blob.download(upTo: 5) == Data("<br/>".utf8))
    }

    @Test("a blob or container is not said to exist by a stranger")
    func exists() async throws {
        let answer = MockTransport { _ in
            MockResponse(200, headers: ["Content-Type": "text/html"], body: Self.page)
        }
        let blob = try await failure { _ = try await Fixture(answer).blob.exists() }
        let container = try await failure { _ = try await Fixture(answer).container.exists() }
        #expect(blob.code == .invalidResponse && container.code == .invalidResponse)
    }
}
