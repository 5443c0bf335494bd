import AzureCore
import HTTPTypes
import Testing

@Suite("Endpoints")
struct AzureEndpointTests {
    @Test("are taken apart")
    func parts() throws {
        let endpoint = try AzureEndpoint("HTTP://127.0.0.1:10000/devstoreaccount1/")
        #expect(endpoint.scheme == "http")
        #expect(endpoint.authority == "127.0.0.1:10000")
        #expect(endpoint.host == "127.0.0.1")
        #expect(endpoint.basePath == "/devstoreaccount1")
        #expect(try AzureEndpoint("https://[::1]:8080").host == "[::1]")
        #expect(try AzureEndpoint("https://[::1]").host == "[::1]")
        #expect(try AzureEndpoint("https://Account.Blob.Core.Windows.Net").authority == "account.blob.core.windows.net")
    }

    @Test(
        "are refused when they cannot be one",
        arguments: [
            "", "account", "account.blob.core.windows.net", "ftp://a", "https://", "https:///path", "https://a?x=1",
            "https://a/#b", "https://user:pw@a", "https://a b", "https://ä.example", "https://:80",
        ])
    func refused(url: String) {
        let error = #expect(throws: AzureError.self) { try AzureEndpoint(url) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("pw") == false)
    }

    @Test("make requests with encoded queries")
    func requests() throws {
        let endpoint = try AzureEndpoint("https://a.example/base")
        let request = endpoint.request(
            .get, path: "/c/b%2F", query: [("$filter", "state eq 'active'"), ("prefix", "a/b&c+d")])
        #expect(request.path == "/base/c/b%2F?%24filter=state%20eq%20%27active%27&prefix=a%2Fb%26c%2Bd")
        #expect(try AzureEndpoint("https://a.example").request(.get, path: "").path == "/")
    }
}
