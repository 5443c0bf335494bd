import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import HTTPTypes
import Testing

@Suite("Operations")
struct OperationTests {
    static let all: [OperationCase] =
        OperationCase.pools + OperationCase.nodes + OperationCase.jobs + OperationCase.jobSchedules
        + OperationCase.tasks + OperationCase.files + OperationCase.accounts

    @Test("there is a case for each operation of the facts, and for no other")
    func completeness() {
        let facts = BatchFacts.newest.operations.map { "batch.\($0.name)".lowercased() }
        #expect(Self.all.map { $0.operation.lowercased() }.sorted() == facts.sorted())
        #expect(Set(facts).count == facts.count)
    }

    @Test("the default version is that of the newest facts")
    func version() {
        #expect(BatchServiceVersion.latest.rawValue == BatchFacts.newest.apiVersion)
        #expect(BatchClientOptions().apiVersion == .latest)
    }

    @Test("verb, body, status and kind of answer are those of the facts", arguments: all)
    func facts(expected: OperationCase) throws {
        let facts = try #require(BatchFacts.operation(expected.operation))
        #expect(expected.method.rawValue == facts.verb)
        #expect((expected.body != nil) == facts.hasBody)
        #expect(facts.success.contains(expected.status))
        #expect(expected.answer.contains("odata.metadata") == (facts.list != nil))
    }

    @Test("send what they should, and read the answer", arguments: all)
    func success(expected: OperationCase) async throws {
        let headers = OperationCase.answerHeaders
        let transport = MockTransport([MockResponse(expected.status, headers: headers, body: expected.answer)])
        #expect(try await expected.run(makeClient(transport)) == expected.result)
        let request = try #require(transport.requests.first)
        #expect(transport.requests.count == 1)
        #expect(request.method == expected.method)
        #expect(request.pathOnly == expected.path)
        #expect(request.head.authority == "account.region.batch.azure.com")
        #expect(
            request.query
                == expected.query.merging(["api-version": BatchFacts.newest.apiVersion, "timeOut": "5"]) { $1 })
        checkBody(of: request, expected)
        checkHeaders(of: request, expected)
    }

    @Test("send every query parameter and header field that the facts have, and no other", arguments: all)
    func parameters(expected: OperationCase) async throws {
        let general: Set = [
            "authorization", "accept", "accept-encoding", "content-type", "content-length", "client-request-id",
            "user-agent",
        ]
        let transport = MockTransport([
            MockResponse(expected.status, headers: OperationCase.answerHeaders, body: expected.answer)
        ])
        _ = try await expected.run(makeClient(transport))
        let request = try #require(transport.requests.first)
        let fields = request.head.headerFields.map(\.name.canonicalName).filter { !general.contains($0) }
        let sent = Set(request.query.keys.map { "?\($0)" }).union(fields)
        #expect(sent == BatchFacts.operation(expected.operation)?.parameters)
    }

    private func checkBody(of request: MockTransport.Request, _ expected: OperationCase) {
        #expect(request.hasBody == (expected.body != nil))
        #expect(request.text == expected.body ?? "")
        let sendsLength = [.post, .put, .patch].contains(expected.method)
        #expect(request.header("Content-Length") == (sendsLength ? String(request.body.count) : nil))
        #expect(
            request.header("Content-Type")
                == (expected.body == nil ? nil : "application/json; odata=minimalmetadata"))
    }

    private func checkHeaders(of request: MockTransport.Request, _ expected: OperationCase) {
        #expect(request.header("client-request-id") == "my-id")
        #expect(request.header("ocp-date") == "Fri, 02 Jan 2026 03:03:20 GMT")
        #expect(request.header("Authorization")?.hasPrefix("SharedKey account:") == true)
        #expect(request.header("return-client-request-id") == nil)
        let conditional = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "ocp-range"]
        for name in conditional {
            #expect(request.header(name) == expected.headers[name], "\(name)")
        }
        let isDownload = expected.operation.contains("Download")
        let accept = isDownload ? "application/octet-stream" : expected.method == .head ? nil : "application/json"
        #expect(request.header("Accept") == accept)
    }

    @Test("turn the service's errors into errors", arguments: all)
    func failure(expected: OperationCase) async throws {
        let body = #"""
            {"odata.metadata":"m","code":"OperationInvalidForCurrentState","message":{"lang":"en-US","value":
            "It cannot be.\nRequestId:s-2\nTime:2026-01-02T03:04:05.1234567Z"},
            "values":[{"key":"Reason","value":"https://h/?sig=s3cret"}]}
            """#
        let headers = ["request-id": "s-2", "client-request-id": "c-2", "Content-Type": "application/json"]
        let transport = MockTransport([MockResponse(409, headers: headers, body: body)])
        let error = await #expect(throws: AzureError.self) { try await expected.run(makeClient(transport)) }
        let failure = try #require(error)
        // Answers to HEAD have no body, so that only the status speaks.
        let code = expected.method == .head ? AzureErrorCode("Conflict") : .operationInvalidForCurrentState
        #expect(failure.code == code)
        #expect(failure.status?.code == 409)
        #expect(failure.service == .batch)
        #expect(failure.operation == expected.operation)
        #expect(failure.resource == "https://account.region.batch.azure.com\(expected.path)")
        #expect(failure.requestID == "s-2")
        #expect(failure.clientRequestID == "c-2")
        guard expected.method != .head else { return }
        #expect(failure.message == "It cannot be.")
        #expect(failure.details == [.init(key: "Reason", value: "https://h/?sig=REDACTED")])
    }

    @Test(
        "are tried again after a lost answer only when that is safe",
        arguments: all.filter { !$0.operation.contains("Download") })
    func retrySafety(expected: OperationCase) async throws {
        let transport = MockTransport([
            .failure(HTTPTransportError(.connectionLost, "lost")),
            MockResponse(expected.status, headers: OperationCase.answerHeaders, body: expected.answer),
        ])
        let facts = try #require(BatchFacts.operation(expected.operation))
        let isSafe = !["POST", "PATCH"].contains(facts.verb) || facts.retry == "idempotent"
        let client = try makeClient(transport)
        if isSafe {
            #expect(try await expected.run(client) == expected.result)
        } else {
            let error = await #expect(throws: AzureError.self) { _ = try await expected.run(client) }
            #expect(error?.code == .connectionLost)
        }
        #expect(transport.requests.count == (isSafe ? 2 : 1))
    }
}
