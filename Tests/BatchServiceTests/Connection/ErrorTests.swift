import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import HTTPTypes
import Testing

@Suite("Errors")
struct ErrorTests {
    private func failure(_ response: MockResponse) async throws -> AzureError {
        let client = try makeClient(MockTransport([response]), retry: .none)
        let error = await #expect(throws: AzureError.self) { _ = try await client.jobs.get("job-1") }
        return try #require(error)
    }

    @Test("of a proxy that answers with HTML have the status and an excerpt")
    func html() async throws {
        let body = "<html>\n  <title>502 Bad Gateway</title> sig=s3cret" + String(repeating: "x", count: 5000)
        let error = try await failure(MockResponse(502, headers: ["Content-Type": "text/html"], body: body))
        #expect(error.status?.code == 502)
        #expect(error.code == AzureErrorCode("HTTP502"))
        #expect(
            error.message.contains("(text/html)")
                && error.message.contains("'<html> <title>502 Bad Gateway</title> sig=REDACTED"))
        #expect(error.message.count < 400)
    }

    @Test(
        "without a body have the code of their status",
        arguments: [
            (401, AzureErrorCode("Unauthorized")), (403, AzureErrorCode("Forbidden")),
            (404, AzureErrorCode("NotFound")),
            (409, AzureErrorCode("Conflict")), (412, .conditionNotMet), (413, .requestBodyTooLarge),
            (429, .tooManyRequests), (500, .internalError), (503, .serverBusy), (304, .conditionNotMet),
            (416, .invalidRange), (418, AzureErrorCode("HTTP418")), (504, .operationTimedOut),
        ])
    func noBody(status: Int, code: AzureErrorCode) async throws {
        let error = try await failure(MockResponse(status))
        #expect(error.code == code)
        #expect(error.message.contains("status \(status)"))
    }

    @Test("keep a code that this version does not know")
    func unknownCode() async throws {
        let error = try await failure(MockResponse(400, body: #"{"code":"FluxTooHigh"}"#))
        #expect(error.code.rawValue == "FluxTooHigh")
        #expect(error.message.contains("400"))
    }

    @Test("can be told apart by families")
    func families() async throws {
        #expect(
            AzureErrorCode.throttled ~= (try await failure(MockResponse(429, body: #"{"code":"toomanyrequests"}"#))))
        #expect(AzureErrorCode.notFound ~= (try await failure(MockResponse(404, body: #"{"code":"TaskNotFound"}"#))))
        #expect(
            AzureErrorCode.alreadyExists ~= (try await failure(MockResponse(409, body: #"{"code":"PoolExists"}"#))))
        #expect(
            AzureErrorCode.beingDeleted ~= (try await failure(MockResponse(409, body: #"{"code":"JobBeingDeleted"}"#))))
    }

    @Test("an answer without a body, where a model is due, is none")
    func emptyBody() async throws {
        let error = try await failure(MockResponse(200))
        #expect(error.code == .invalidResponse)
        #expect(error.message == "The answer has no body, where BatchJob is due.")
        #expect(error.operation == "Batch.GetJob")
    }

    @Test(
        "an answer that is something else names the place",
        arguments: [
            (#"{"id":"j","priority":"high"}"#, "at priority, it is not"), (#"{}"#, "at id, it is missing"),
            (#"{"id":"j","creationTime":7}"#, "at creationTime, it is not"), ("<html>", "JSON"),
            (#"{"id":"j","metadata":[{"name":"a"},{"name":1}]}"#, "at metadata[1].name, it is not"),
        ])
    func otherBody(body: String, place: String) async throws {
        let error = try await failure(MockResponse(200, body: body))
        #expect(error.code == .invalidResponse)
        #expect(error.message.contains(place), "\(error.message)")
        #expect(error.underlying is DecodingError)
    }

    @Test("exists is false for 404 and throws on everything else")
    func exists() async throws {
        let transport = MockTransport([MockResponse(404), MockResponse(200), MockResponse(403)])
        let client = try makeClient(transport)
        #expect(try await client.pools.exists("p") == false)
        #expect(try await client.jobSchedules.exists("s") == true)
        await #expect(throws: AzureError.self) { try await client.pools.exists("p") }
    }

    @Test("optional bodies can be left out")
    func optionalBodies() async throws {
        let transport = MockTransport((0..<5).map { _ in MockResponse(202) })
        let client = try makeClient(transport)
        try await client.jobs.terminate("j")
        try await client.nodes.reboot("n", inPool: "p")
        try await client.nodes.reimage("n", inPool: "p")
        try await client.nodes.deallocate("n", inPool: "p")
        try await client.nodes.disableScheduling("n", inPool: "p")
        for request in transport.requests {
            #expect(!request.hasBody)
            #expect(request.header("Content-Length") == "0")
            #expect(request.header("Content-Type") == nil)
        }
    }
}
