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

    @Test("there is a case for each of the 72")
    func counts() {
        #expect(Self.all.count == 72)
        #expect(Set(Self.all.map(\.operation)).count == 72)
        #expect(Self.all.filter { $0.body != nil }.count == 25)
        #expect(Self.all.filter { $0.status == 202 }.count == 14)
        #expect(Self.all.filter { $0.answer.contains("odata.metadata") }.count == 15)
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
            request.query == expected.query.merging(["api-version": "2025-06-01", "timeOut": "5"]) { $1 })
        checkBody(of: request, expected)
        checkHeaders(of: request, expected)
    }

    @Test("send every query parameter and header that the service takes, 204 and 194 in all")
    func parameters() async throws {
        var sent: [String: Int] = [:]
        let general: Set = [
            "authorization", "accept", "accept-encoding", "content-type", "content-length", "client-request-id",
            "user-agent",
        ]
        for expected in Self.all {
            let transport = MockTransport([
                MockResponse(expected.status, headers: OperationCase.answerHeaders, body: expected.answer)
            ])
            _ = try await expected.run(makeClient(transport))
            let request = try #require(transport.requests.first)
            for name in request.query.keys { sent["?\(name)", default: 0] += 1 }
            for field in request.head.headerFields {
                let name = field.name.canonicalName
                if !general.contains(name) { sent[name, default: 0] += 1 }
            }
        }
        #expect(
            sent == [
                "?api-version": 72, "?timeOut": 72, "?$select": 15, "?maxresults": 14, "?$filter": 12, "?$expand": 9,
                "?force": 4, "?recursive": 4, "?startTime": 1, "?endtime": 1,
                "ocp-date": 72, "if-modified-since": 32, "if-unmodified-since": 32, "if-match": 28,
                "if-none-match": 28, "ocp-range": 2,
            ])
        #expect(sent.filter { $0.key.hasPrefix("?") }.values.reduce(0, +) == 204)
        #expect(sent.filter { !$0.key.hasPrefix("?") }.values.reduce(0, +) == 194)
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
        let isSafe =
            ![.post, .patch].contains(expected.method) || expected.operation == "Batch.EvaluatePoolAutoScale"
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
