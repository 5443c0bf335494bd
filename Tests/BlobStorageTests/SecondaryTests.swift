import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Testing

@Suite("The second region of an account")
struct SecondaryTests {
    @Test(
        "has the account's name with -secondary, in the host or in the path",
        arguments: [
            ("https://example.blob.core.windows.net", "https://example-secondary.blob.core.windows.net"),
            ("https://example.blob.core.usgovcloudapi.net", "https://example-secondary.blob.core.usgovcloudapi.net"),
            ("http://127.0.0.1:10000/example", "http://127.0.0.1:10000/example-secondary"),
        ])
    func derived(primary: String, secondary: String) throws {
        #expect(try Fixture(endpoint: primary).service.secondaryURL?.absoluteString == secondary)
    }

    @Test("is where statistics are asked for, with the account's own name in the signature")
    func statistics() async throws {
        for endpoint in ["https://example.blob.core.windows.net", "http://127.0.0.1:10000/example"] {
            let fixture = try Fixture(
                MockResponse(200, body: "<StorageServiceStats><GeoReplication/></StorageServiceStats>"),
                endpoint: endpoint)
            let statistics = try await fixture.service.statistics()
            #expect(statistics.replicationStatus == nil && statistics.lastSyncedOn == nil)
            let request = try fixture.request()
            let isPathStyle = endpoint.contains("127.0.0.1")
            #expect(
                request.head.authority
                    == (isPathStyle ? "127.0.0.1:10000" : "example-secondary.blob.core.windows.net"))
            #expect(request.pathOnly == (isPathStyle ? "/example-secondary/" : "/"))
            #expect(request.header("Authorization")?.hasPrefix("SharedKey example:") == true)
        }
    }

    @Test("can be named, and has to be where its address does not follow from the first")
    func named() async throws {
        let options = BlobClientOptions(secondaryEndpoint: try AzureEndpoint("https://second.example.org"))
        let named = try BlobServiceClient(endpoint: "https://first.example.org", options: options)
        #expect(try named.secondary().url.absoluteString == "https://second.example.org")
        #expect(try named.secondary().container("c").url.absoluteString == "https://second.example.org/c")
        let unnamed = try BlobServiceClient(endpoint: "https://first.example.org")
        #expect(unnamed.secondaryURL == nil)
        let error = try await failure { _ = try await unnamed.statistics() }
        #expect(error.code == .invalidArgument)
        let text = "AccountName=a;AccountKey=a2V5;BlobEndpoint=https://a.b.org;BlobSecondaryEndpoint=https://a2.b.org"
        #expect(try BlobServiceClient(connectionString: text).secondaryURL?.absoluteString == "https://a2.b.org")
    }
}
