import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Testing

@Suite("Errors and bad input")
struct ErrorTests {
    @Test("details of the service are kept, and its request id leaves the message")
    func details() async throws {
        let fixture = try Fixture(
            MockResponse(
                400,
                body: "<Error><Code>InvalidHeaderValue</Code><Message>Bad.\nRequestId:1\nTime:2</Message>"
                    + "<HeaderName>x-ms-range</HeaderName></Error>"))
        let error = try await failure { try await fixture.container.delete() }
        #expect(error.code == .invalidHeaderValue)
        #expect(error.message == "Bad.")
        #expect(error.details == [.init(key: "HeaderName", value: "x-ms-range")])
    }

    @Test("an answer of something else than the service is quoted in short")
    func html() async throws {
        let page = "<html><body>Bad gateway of some proxy</body></html>" + String(repeating: "x", count: 10_000)
        let fixture = try Fixture(
            MockTransport { _ in MockResponse(418, headers: ["Content-Type": "text/html"], body: page) })
        let error = try await failure { try await fixture.container.delete() }
        #expect(error.status?.code == 418)
        #expect(error.message.contains("Bad gateway of some proxy"))
        #expect(error.message.count < 600)
    }

    @Test("an answer without a body has the code of its header field, or of its status", arguments: [true, false])
    func head(hasHeader: Bool) async throws {
        let fixture = try Fixture(
            MockResponse(404, headers: hasHeader ? ["x-ms-error-code": "ContainerNotFound"] : [:]))
        let error = try await failure { _ = try await fixture.blob.properties() }
        #expect(AzureErrorCode.notFound ~= error.code)
        #expect((error.code == .containerNotFound) == hasHeader)
    }

    @Test("a redirect is not followed")
    func redirect() async throws {
        let fixture = try Fixture(MockResponse(307, headers: ["Location": "https://evil.example"]))
        let error = try await failure { _ = try await fixture.blob.properties() }
        #expect(error.message.contains("leads elsewhere"))
        #expect(fixture.transport.requests.count == 1)
    }

    @Test("a status that an operation does not have is an error even when it is a good one")
    func strangeSuccess() async throws {
        let fixture = try Fixture(MockResponse(204))
        let error = try await failure { try await fixture.container.create() }
        #expect(error.code == .invalidResponse)
    }

    @Test(
        "names of containers that cannot be are refused before anything is sent",
        arguments: [
            "", "ab", "Upper", "under_score", "-a-b", "a--b", "abc-", String(repeating: "a", count: 64), "a/b", "é12",
        ])
    func containerNames(name: String) async throws {
        let fixture = try Fixture()
        let error = try await failure { try await fixture.service.container(name).create() }
        #expect(error.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test(
        "names of blobs that are empty or too long are refused before anything is sent",
        arguments: ["", String(repeating: "a", count: 1025), String(repeating: "a/", count: 254)])
    func blobNames(name: String) async throws {
        let fixture = try Fixture()
        let error = try await failure { _ = try await fixture.container.blob(name).properties() }
        #expect(error.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test(
        "metadata that header fields cannot carry is refused before anything is sent",
        arguments: [
            ["1a": "b"], ["a-b": "c"], ["": "b"], ["é": "b"], ["a": "line\nbreak"], ["a": "é"], ["a": " b"],
            ["a": "1", "A": "2"], ["a": String(repeating: "x", count: 8200)],
        ])
    func metadata(metadata: [String: String]) async throws {
        let fixture = try Fixture()
        let error = try await failure { try await fixture.blob.setMetadata(metadata) }
        #expect(error.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test(
        "ranges that cannot be are refused", arguments: [(-1, 5), (0, 0), (0, -3), (Int64.max, 2)] as [(Int64, Int64)])
    func ranges(offset: Int64, length: Int64) async throws {
        let fixture = try Fixture()
        let error = try await failure {
            _ = try await fixture.blob.download(
                upTo: 10, options: .init(range: BlobRange(offset: offset, length: length)))
        }
        #expect(error.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("what is larger than the service takes is refused")
    func sizes() async throws {
        let fixture = try Fixture()
        let large = HTTPBody(file: .init(path: "/nowhere", offset: 0, length: 5001 * 1024 * 1024))
        #expect(try await failure { try await fixture.blob.blockBlob.put(large) }.code == .invalidArgument)
        #expect(
            try await failure { try await fixture.blob.blockBlob.stageBlock(id: "1", large) }.code == .invalidArgument)
        let ids = [BlockID](repeating: "1", count: 50_001)
        #expect(try await failure { try await fixture.blob.blockBlob.commitBlockList(ids) }.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("a condition that an operation does not know is refused, not left out")
    func conditions() async throws {
        let fixture = try Fixture()
        let error = try await failure {
            try await fixture.blob.setAccessTier(.hot, options: .init(conditions: .init(ifMatch: "1")))
        }
        #expect(error.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("a snapshot cannot be written")
    func readOnly() async throws {
        let fixture = try Fixture()
        let error = try await failure { try await fixture.blob.snapshot("s").upload(Data()) }
        #expect(error.code == .invalidArgument)
    }

    @Test("a key of the caller's goes nowhere without TLS, and cannot be printed")
    func customerKey() async throws {
        let key = try CustomerProvidedKey(aes256: Data(repeating: 65, count: 32))
        #expect(!String(reflecting: key).contains("AAAA"))
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!dumped.contains("65"))
        let plain = try Fixture(endpoint: "http://127.0.0.1:1/example")
        let error = try await failure { _ = try await plain.blob.properties(options: .init(customerKey: key)) }
        #expect(error.code == .invalidArgument)
        let secure = try Fixture(MockResponse(200))
        _ = try await secure.blob.properties(options: .init(customerKey: key))
        #expect(try secure.request().header("x-ms-encryption-algorithm") == "AES256")
    }
}
