import AzureCore
import AzureTesting
import BatchService
import Testing

/// That every answer of the service has `request-id` is in the documentation of its operations.
@Suite("Answers that are not from the service")
struct StrangerTests {
    @Test(
        "a page for people is an error of every operation, whatever status it has",
        arguments: OperationTests.all.filter { $0.status != 204 })
    func page(expected: OperationCase) async throws {
        let answer = MockResponse(
            expected.status, headers: ["Content-Type": "text/html"], body: "<html><body>Please sign in</body></html>")
        let error = await #expect(throws: AzureError.self) {
            _ = try await expected.run(makeClient(MockTransport([answer])))
        }
        #expect(error?.code == .invalidResponse && error?.service == .batch)
        #expect(
            error?.message.contains("Check the endpoint, and proxies on the way.") == true, "\(error?.message ?? "")")
    }

    @Test("an answer without a body needs no id")
    func noBody() async throws {
        let client = try makeClient(MockTransport([MockResponse(202)]))
        _ = try await client.jobs.delete("job")
    }
}
