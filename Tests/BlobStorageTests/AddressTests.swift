import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Testing

@Suite("Addresses, names and connection strings")
struct AddressTests {
    @Test(
        "names are percent-encoded, whatever characters they have",
        arguments: [
            ("a b", "a%20b"), ("100%", "100%25"), ("what?", "what%3F"), ("c#", "c%23"), ("a//b", "a//b"),
            ("e.nd", "e.nd"), ("é", "%C3%A9"), ("日本/語", "%E6%97%A5%E6%9C%AC/%E8%AA%9E"), ("a+b&c=d", "a%2Bb%26c%3Dd"),
            ("\"", "%22"), ("😀", "%F0%9F%98%80"), ("%2F", "%252F"),
        ])
    func names(name: String, path: String) async throws {
        let fixture = try Fixture(MockResponse(200))
        _ = try await fixture.container.blob(name).properties()
        #expect(try fixture.request().path == "/pictures/\(path)")
    }

    @Test(
        "the URL of a blob leads back to the same blob",
        arguments: ["a b", "100%", "what?", "c#", "a//b", "日本/語", "%2F", "trailing/"])
    func roundTrip(name: String) throws {
        for endpoint in ["https://example.blob.core.windows.net", "http://127.0.0.1:10000/example"] {
            let blob = try Fixture(endpoint: endpoint).container.blob(name)
            let other = try BlobClient(url: blob.url)
            #expect(other.name == name)
            #expect(other.containerName == "pictures")
            #expect(other.url == blob.url)
            #expect(other.accountName == "example")
        }
    }

    @Test("a path-style endpoint keeps the account in front of all paths")
    func pathStyle() async throws {
        let fixture = try Fixture(MockResponse(200), endpoint: "http://127.0.0.1:10000/example/")
        _ = try await fixture.blob.properties()
        let request = try fixture.request()
        #expect(request.path == "/example/pictures/cats/tom.jpg")
        #expect(request.head.authority == "127.0.0.1:10000")
    }

    @Test("the signature in a URL becomes the credential, and does not show in the URL of the client")
    func signatureInURL() async throws {
        let transport = MockTransport([MockResponse(200)])
        let options = BlobClientOptions(pipeline: PipelineOptions(transport: transport))
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/pictures/b?sv=2026-10-06&snapshot=2026-01-01T00%3A00%3A00Z&sp=r"
                + "&sig=s%2Bcret%3D", options: options)
        #expect(blob.snapshot == "2026-01-01T00:00:00Z")
        #expect(!blob.url.absoluteString.contains("sig"))
        _ = try await blob.properties()
        let path = transport.requests[0].path
        #expect(path.hasPrefix("/pictures/b?snapshot=2026-01-01T00%3A00%3A00Z&"))
        #expect(path.contains("sig=s%2Bcret%3D"))
        #expect(transport.requests[0].header("Authorization") == nil)
    }

    @Test("a single name after the account is a blob of the root container")
    func rootContainer() throws {
        let blob = try BlobClient(url: "https://example.blob.core.windows.net/index.html")
        #expect(blob.containerName == "$root")
        #expect(blob.name == "index.html")
    }

    @Test(
        "what is no address of a blob is refused, and no secret is shown",
        arguments: [
            "https://example.blob.core.windows.net", "ftp://example/c/b", "https://example.blob.core.windows.net/c/b#x",
            "https://example.blob.core.windows.net/c/b?sp=r&sv=secret", "https://host.com/c/b?comp=secret",
            "https://example.blob.core.windows.net/c/%FF", "http://127.0.0.1:10000", "",
        ])
    func badURLs(url: String) async throws {
        let error = try await failure { _ = try BlobClient(url: url) }
        #expect(error.code == .invalidArgument)
        #expect(!error.message.contains("secret"))
    }

    @Test("a signature in the URL and a credential beside it are a mistake")
    func twoCredentials() async throws {
        let error = try await failure {
            _ = try BlobServiceClient(
                endpoint: "https://example.blob.core.windows.net?sv=1&sig=secret", credential: .anonymous)
        }
        #expect(error.code == .invalidArgument)
        #expect(!error.message.contains("secret"))
    }

    @Test(
        "connection strings in all their forms",
        arguments: [
            (
                "DefaultEndpointsProtocol=https;AccountName=me;AccountKey=a2V5;EndpointSuffix=core.windows.net",
                "https://me.blob.core.windows.net"
            ),
            ("accountname=me;ACCOUNTKEY=a2V5eA==;", "https://me.blob.core.windows.net"),
            (
                "AccountName=me;AccountKey=a2V5;EndpointSuffix=core.chinacloudapi.cn",
                "https://me.blob.core.chinacloudapi.cn"
            ),
            ("BlobEndpoint=http://127.0.0.1:10000/me;AccountName=me;AccountKey=a2V5", "http://127.0.0.1:10000/me"),
            (
                "BlobEndpoint=https://me.blob.core.windows.net/;SharedAccessSignature=sv=1&sig=abc",
                "https://me.blob.core.windows.net"
            ),
            ("AccountName=me;SharedAccessSignature=?sv=1&sig=abc", "https://me.blob.core.windows.net"),
        ])
    func connectionStrings(text: String, url: String) throws {
        let service = try BlobServiceClient(connectionString: text)
        #expect(service.url.absoluteString == url)
        #expect(service.accountName == "me")
    }

    @Test("the development storage is the emulator on this machine")
    func developmentStorage() throws {
        let service = try BlobServiceClient(connectionString: "UseDevelopmentStorage=TRUE")
        #expect(service.url.absoluteString == "http://127.0.0.1:10000/devstoreaccount1")
        #expect(service.accountName == "devstoreaccount1")
    }

    @Test(
        "a connection string that cannot be right is refused without showing its key",
        arguments: [
            "", "AccountKey=c2VjcmV0", "AccountName=me", "c2VjcmV0",
            "AccountName=me;AccountKey=c2VjcmV0;accountkey=eA==",
            "UseDevelopmentStorage=false", "AccountName=me;AccountKey=not base64 c2VjcmV0",
        ])
    func badConnectionStrings(text: String) async throws {
        let error = try await failure { _ = try BlobServiceClient(connectionString: text) }
        #expect(error.code == .invalidArgument)
        #expect(!"\(error)".contains("c2VjcmV0"))
    }
}
