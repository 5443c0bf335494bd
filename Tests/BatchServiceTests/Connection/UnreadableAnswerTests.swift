import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import HTTPTypes
import Testing

@Suite("Answers that cannot be those of the service")
struct UnreadableAnswerTests {
    private static let headers = ["request-id": "s-1", "client-request-id": "c-1"]

    private func failure(
        _ response: MockResponse, of call: (BatchClient) async throws -> Void
    ) async throws -> (any Error)? {
        let client = try makeClient(MockTransport { _ in response }, retry: .none)
        do {
            try await call(client)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "lack what every such answer of the service has: an error, not an empty value",
        arguments: [
            { _ = try await $0.jobs.getTaskCounts(ofJob: "j") },
            { _ = try await $0.pools.evaluateAutoScale("p", with: .init(autoScaleFormula: "a")) },
            { _ = try await $0.nodes.uploadLogs(.init(containerURL: "u", startTime: ""), ofNode: "n", inPool: "p") },
            { _ = try await $0.tasks.createCollection(.init(values: []), inJob: "j") },
        ] as [@Sendable (BatchClient) async throws -> Void])
    func emptyObject(call: @Sendable (BatchClient) async throws -> Void) async throws {
        let error = try await failure(MockResponse(200, headers: Self.headers, body: "{}"), of: call)
        #expect((error as? AzureError)?.code == .invalidResponse)
    }

    @Test(
        "are errors with item, operation, resource, status and request id",
        arguments: [
            "<html>sorry</html>", #"{"value":[{"id":"a"},{"id":"#, #"{"value":[{"id":"a"},{"id":7}]}"#, "[]", "\u{0}",
        ])
    func context(body: String) async throws {
        let error = try await failure(MockResponse(200, headers: Self.headers, body: body)) { client in
            for try await _ in client.jobs.list() {}
        }
        let failure = try #require(error as? AzureError)
        #expect(failure.code == .invalidResponse)
        #expect(failure.status?.code == 200)
        #expect(failure.requestID == "s-1")
        #expect(failure.clientRequestID == "c-1")
        #expect(failure.operation == "Batch.ListJobs")
        #expect(failure.resource == "https://account.region.batch.azure.com/jobs")
        if body.hasSuffix("7}]}") { #expect(failure.message.contains("value[1].id")) }
    }

    @Test("with an empty code get one from their status", arguments: [(404, "NotFound"), (503, "ServerBusy")])
    func emptyCode(status: Int, code: String) async throws {
        let body = #"{"code":"","message":{"value":"No."}}"#
        let error = try await failure(MockResponse(status, headers: Self.headers, body: body)) { client in
            _ = try await client.jobs.get("j")
        }
        #expect((error as? AzureError)?.code == AzureErrorCode(code))
    }

    @Test("for a task of a collection get a code when theirs is empty")
    func emptyTaskCode() async throws {
        let body = #"{"value":[{"taskId":"t","status":"clienterror","error":{"code":"","message":{"value":"No."}}}]}"#
        let error = try await failure(MockResponse(200, headers: Self.headers, body: body)) { client in
            try await client.tasks.create([.init(id: "t", commandLine: "c")], inJob: "j")
        }
        let failed = try #require((error as? BatchTaskSubmissionError)?.failed.first)
        #expect(!failed.error.code.rawValue.isEmpty)
        #expect(failed.error.resource == "https://account.region.batch.azure.com/jobs/j/addtaskcollection")
        #expect(failed.error.requestID == "s-1")
    }

    @Test("never reach the caller as a DecodingError, whatever the operation and the body")
    func decodingErrors() async throws {
        for body in ["", "{}", "[]", "null", "7", #"{"value":null}"#, #"{"value":7}"#, #"{"id":[]}"#, "<"] {
            for operation in OperationTests.all {
                let client = try makeClient(
                    MockTransport { _ in MockResponse(operation.status, headers: Self.headers, body: body) },
                    retry: .none)
                do {
                    _ = try await operation.run(client)
                } catch {
                    #expect(
                        error is AzureError || error is BatchTaskSubmissionError, "\(operation.operation): \(error)")
                }
            }
        }
    }
}
