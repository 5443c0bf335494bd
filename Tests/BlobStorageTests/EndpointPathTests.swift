import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

@Suite("Endpoints with a path")
struct EndpointPathTests {
    static let key = "a2V5"

    @Test(
        "that is more than the account are an error that says so",
        arguments: [
            "https://example.blob.core.windows.net/mycontainer", "https://example.blob.core.windows.net/a/b",
            "https://example.blob.core.windows.net/mycontainer/?sp=r&sig=x",
            "https://storage.example.com/mycontainer", "http://127.0.0.1:10000/devstoreaccount1/mycontainer",
            "http://azurite:10000/devstoreaccount1/mycontainer", "http://localhost/example/mycontainer",
        ])
    func refused(endpoint: String) throws {
        for connectionString in [
            "BlobEndpoint=\(endpoint)", "BlobEndpoint=\(endpoint);AccountName=example;AccountKey=\(Self.key)",
            "AccountName=example;AccountKey=\(Self.key);BlobSecondaryEndpoint=\(endpoint)",
        ] {
            let error = #expect(throws: AzureError.self) { try BlobServiceClient(connectionString: connectionString) }
            #expect(error?.code == .invalidArgument)
            #expect(error?.message.contains("path") == true)
            #expect(error?.message.contains(Self.key) == false)
        }
        let error = #expect(throws: AzureError.self) { try BlobServiceClient(endpoint: endpoint) }
        #expect(error?.message.contains("mycontainer") == true || endpoint.contains("/a/b"))
    }

    @Test(
        "that is the account are taken",
        arguments: [
            ("http://127.0.0.1:10000/devstoreaccount1", "devstoreaccount1"),
            ("http://azurite:10000/example", "example"),
            ("https://example.blob.core.windows.net/", "example"), ("http://[::1]:10000/example", "example"),
            ("https://gateway.example.com:8443/example", "example"),
            ("http://example.blob.localhost:10000", "example"),
        ])
    func taken(endpoint: String, account: String) throws {
        let service = try BlobServiceClient(endpoint: endpoint)
        #expect(service.accountName == account)
        #expect(try BlobServiceClient(connectionString: "BlobEndpoint=\(endpoint)").accountName == account)
    }

    @Test("are taken behind any host where the account is known to be the end of the path")
    func explained() throws {
        let endpoint = "https://gateway.example.com/storage/example"
        let known = try BlobServiceClient(
            connectionString: "BlobEndpoint=\(endpoint);AccountName=example;AccountKey=\(Self.key)")
        #expect(known.url.absoluteString == endpoint)
        let shared = try StorageSharedKey(accountName: "example", key: Self.key)
        #expect(try BlobServiceClient(endpoint: endpoint, credential: .sharedKey(shared)).accountName == "example")
        #expect(try BlobServiceClient(endpoint: endpoint, isPathStyle: true).accountName == "example")
        let secondary = "http://127.0.0.1:10000/example-secondary"
        _ = try BlobServiceClient(
            connectionString: "AccountName=example;AccountKey=\(Self.key);BlobEndpoint=http://127.0.0.1:10000/example"
                + ";BlobSecondaryEndpoint=\(secondary)")
    }

    @Test(
        "and connection strings with spaces beside an equals sign are told from those without",
        arguments: [
            "AccountName =example;AccountKey=\(key)", "AccountName= example;AccountKey=\(key)",
            "AccountName=example;AccountKey = \(key)", "accountname\t=example;AccountKey=\(key)",
        ])
    func spaces(text: String) throws {
        let error = #expect(throws: AzureError.self) { try BlobServiceClient(connectionString: text) }
        #expect(error?.message.contains("space beside the '='") == true)
        #expect(error?.message.contains("Account") == true)
        #expect(error?.message.contains(Self.key) == false)
    }

    @Test("and what stands in front of an equals sign is no part of an error unless it is a name")
    func shown() throws {
        for text in ["c2VjcmV0 =;AccountName=example", "AccountName=example;c2VjcmV0=1;c2VjcmV0=2"] {
            let error = #expect(throws: AzureError.self) { try BlobServiceClient(connectionString: text) }
            #expect(error?.message.lowercased().contains("c2vjcmv0") == false)
        }
    }
}
