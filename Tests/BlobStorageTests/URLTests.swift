import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

@Suite("Addresses as Foundation's URL")
struct URLTests {
    static let names = [
        "a b", "100%", "%41", "c#1", "what?", "grüße/straße.txt", "a+b&c=d", "日本/語", "a//b", "trailing/",
    ]
    static let endpoints = [
        "https://example.blob.core.windows.net", "http://127.0.0.1:10000/example", "http://[::1]:10000/example",
    ]

    private func client(_ endpoint: String, _ transport: MockTransport = MockTransport()) throws -> BlobServiceClient {
        let key = try StorageSharedKey(accountName: "example", key: "a2V5")
        return try BlobServiceClient(
            endpoint: try #require(URL(string: endpoint)), credential: .sharedKey(key),
            options: BlobClientOptions(pipeline: PipelineOptions(transport: transport)))
    }

    @Test("lead to the same blob and back, whatever the name has in it", arguments: names, endpoints)
    func roundTrip(name: String, endpoint: String) async throws {
        let transport = MockTransport([MockResponse(200), MockResponse(200)])
        let service = try client(endpoint, transport)
        #expect(service.url.absoluteString == endpoint)
        let blob = service.container("pictures").blob(name)
        let options = BlobClientOptions(pipeline: PipelineOptions(transport: transport))
        let other = try BlobClient(url: blob.url, credential: .anonymous, options: options)
        #expect(other.name == name && other.containerName == "pictures" && other.accountName == "example")
        #expect(other.url == blob.url)
        #expect(try BlobContainerClient(url: service.container("pictures").url).name == "pictures")
        _ = try await blob.properties()
        _ = try await other.properties()
        #expect(transport.requests[0].path == transport.requests[1].path)
        #expect(blob.url.absoluteString.hasSuffix(transport.requests[0].path))
    }

    @Test(
        "that Foundation made of a name lead to the blob of that name", arguments: ["a b", "100%", "%41", "c#1", "ü"])
    func appended(name: String) throws {
        let base = try #require(URL(string: "https://example.blob.core.windows.net/pictures"))
        #expect(try BlobClient(url: base.appending(path: name)).name == name)
    }

    @Test(
        "may have characters in a name that others encode",
        arguments: ["a|b", "a^b", "{a}", "a`b", "a<b>", "a\"b", "grüße", "/\u{301}x"])
    func raw(name: String) async throws {
        for endpoint in Self.endpoints {
            let transport = MockTransport([MockResponse(200)])
            let options = BlobClientOptions(pipeline: PipelineOptions(transport: transport))
            let blob = try BlobClient(url: "\(endpoint)/pictures/\(name)", credential: .anonymous, options: options)
            #expect(blob.name == name && blob.accountName == "example")
            _ = try await blob.properties()
            let encoded = PercentEncoding.encode(name).replacing("%2F", with: "/")
            #expect(transport.requests[0].path.hasSuffix("/pictures/\(encoded)"))
        }
    }

    @Test("with a space or a control character are refused", arguments: ["b\n", "b\t", " b", "b\u{7F}", "b\r\n"])
    func control(name: String) async throws {
        let error = try await failure {
            _ = try BlobClient(url: "https://example.blob.core.windows.net/pictures/\(name)")
        }
        #expect(error.code == .invalidArgument)
    }

    @Test("that carry a signature keep it byte for byte", arguments: names)
    func signed(name: String) throws {
        let end = Date(timeIntervalSince1970: 1_767_330_000)
        let blob = try client(Self.endpoints[0]).container("pictures").blob(name)
        let url = try blob.signedURL(permissions: .read, expiresOn: end)
        let key = try StorageSharedKey(accountName: "example", key: "a2V5")
        let token = try BlobSAS(container: "pictures", blob: name, permissions: .read, expiresOn: end)
            .token(signedWith: key)
        #expect(url.absoluteString == "\(blob.url.absoluteString)?\(token)")
        #expect(try BlobClient(url: url).name == name)
        let snapshot = try blob.snapshot("2026-01-01T00:00:00Z").signedURL(permissions: .read, expiresOn: end)
        #expect(snapshot.absoluteString.hasPrefix("\(blob.url.absoluteString)?snapshot=2026-01-01T00%3A00%3A00Z&se="))
    }

    @Test(
        "of something else are refused",
        arguments: ["https://example.blob.core.windows.net/c/a#b", "file:///c/b", "/c/b", "ftp://example.com/c/b"])
    func refused(address: String) async throws {
        let url = try #require(URL(string: address))
        #expect(try await failure { _ = try BlobClient(url: url) }.code == .invalidArgument)
        #expect(try await failure { _ = try BlobContainerClient(url: url) }.code == .invalidArgument)
        #expect(try await failure { _ = try BlobServiceClient(endpoint: url) }.code == .invalidArgument)
    }

    @Test("that are none stop a client from being made", arguments: ["https://a[b.com", "https://[::1", "https://a:b"])
    func noURL(endpoint: String) async throws {
        #expect(try await failure { _ = try BlobServiceClient(endpoint: endpoint) }.code == .invalidArgument)
    }

    @Test("are sources of copies, and snapshots to compare with")
    func sources() async throws {
        let url = try #require(URL(string: "https://other.example.org/c/100%25%20%C3%BC.txt?sig=a%2Bb%3D"))
        let copy = try Fixture(MockResponse(202))
        try await copy.blob.startCopy(from: BlobCopySource(url: url))
        #expect(try copy.request().header("x-ms-copy-source") == url.absoluteString)
        let ranges = try Fixture(MockResponse(200, body: "<PageList/>"))
        for try await _ in ranges.blob.pageBlob.pageRanges(changedSinceSnapshotAt: url) {}
        #expect(try ranges.request().header("x-ms-previous-snapshot-url") == url.absoluteString)
    }
}
