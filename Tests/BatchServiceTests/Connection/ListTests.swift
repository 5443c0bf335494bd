import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import HTTPTypes
import Testing

@Suite("Lists")
struct ListTests {
    private func page(_ ids: [String], next: String? = nil) -> MockResponse {
        let items = ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
        let link = next.map { #","odata.nextLink":"\#($0)""# } ?? ""
        return MockResponse(200, body: #"{"value":[\#(items)]\#(link)}"#)
    }

    @Test("go on over their pages, with the link's query and the client's version")
    func pages() async throws {
        let next =
            "https://ACCOUNT.region.batch.azure.com:443/jobs?%24filter=a%20b&api-version=1999-01-01&$skiptoken=x%2By"
        let transport = MockTransport([
            page(["a", "b"], next: next), page([], next: "/jobs?$skiptoken=2"), page(["c"]),
        ])
        let client = try makeClient(transport)
        var ids: [String] = []
        let options = BatchJobsClient.ListOptions(filter: "f", call: .init(clientRequestID: "mine"))
        for try await job in client.jobs.list(options: options) { ids.append(job.id) }
        #expect(ids == ["a", "b", "c"])
        #expect(
            transport.requests[1].path
                == "/jobs?api-version=\(BatchFacts.newest.apiVersion)&%24filter=a%20b&$skiptoken=x%2By")
        #expect(transport.requests[2].path == "/jobs?api-version=\(BatchFacts.newest.apiVersion)&$skiptoken=2")
        for request in transport.requests {
            #expect(request.method == .get)
            #expect(request.head.authority == "account.region.batch.azure.com")
            #expect(request.header("client-request-id") == "mine")
        }
    }

    @Test("can be resumed")
    func resume() async throws {
        let next = "https://account.region.batch.azure.com/jobs?$skiptoken=2"
        let transport = MockTransport([page(["a"], next: next), page(["b"])])
        let client = try makeClient(transport)
        var pages = client.jobs.list().pages.makeAsyncIterator()
        let token = try await pages.next()?.continuationToken
        #expect(token == next)
        var ids: [String] = []
        for try await job in client.jobs.list(options: .init(continuationToken: token)) { ids.append(job.id) }
        #expect(ids == ["b"])
    }

    @Test(
        "never follow a link to another host",
        arguments: [
            "https://evil.example/jobs?x=1", "https://account.region.batch.azure.com.evil.example/jobs",
            "http://account.region.batch.azure.com/jobs", "https://account.region.batch.azure.com:444/jobs",
            "//evil.example/jobs", "https://account.region.batch.azure.com@evil.example/jobs",
        ])
    func foreignLinks(link: String) async throws {
        let transport = MockTransport([page(["a"], next: link), page(["b"])])
        let client = try makeClient(transport)
        let error = await #expect(throws: AzureError.self) { for try await _ in client.jobs.list() {} }
        #expect([.foreignHost, .invalidResponse].contains(error?.code))
        #expect(transport.requests.count == 1)
        let resumed = client.jobs.list(options: .init(continuationToken: link))
        await #expect(throws: AzureError.self) { for try await _ in resumed {} }
        #expect(transport.requests.count == 1)
    }

    @Test("are refused when they are none", arguments: ["{}", "[]", #"{"value":null}"#, ""])
    func noList(body: String) async throws {
        let client = try makeClient(MockTransport([MockResponse(200, body: body)]))
        let error = await #expect(throws: AzureError.self) { for try await _ in client.jobs.list() {} }
        #expect(error?.code == .invalidResponse)
        #expect(error?.operation == "Batch.ListJobs")
    }

    @Test("ask for the key only when something else is selected")
    func select() async throws {
        let transport = MockTransport { _ in MockResponse(200, body: #"{"value":[]}"#) }
        let client = try makeClient(transport)
        for try await _ in client.jobs.list() {}
        for try await _ in client.jobs.list(options: .init(select: ["*"])) {}
        for try await _ in client.jobs.list(options: .init(select: ["state", "id"])) {}
        #expect(transport.requests.map { $0.query["$select"] } == [nil, "*", "state,id"])
    }
}
