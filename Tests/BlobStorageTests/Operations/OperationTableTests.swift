import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Testing

@Suite("Operations, by the table")
struct OperationTableTests {
    static let all: [OperationCase] =
        OperationCase.service + OperationCase.container + OperationCase.containerLists + OperationCase.leases
        + OperationCase.batches + OperationCase.queries + OperationCase.downloads + OperationCase.blob
        + OperationCase.deletionsAndTiers + OperationCase.copies
        + OperationCase.blockBlob + OperationCase.blockLists
        + OperationCase.appendBlob
        + OperationCase.pageBlob

    /// Header fields that come with every request or depend on the transport.
    static let general: Set<String> = [
        "authorization", "accept", "user-agent", "content-length", "x-ms-date", "x-ms-version",
        "x-ms-client-request-id",
    ]

    @Test("send what they should, and read the answer", arguments: all)
    func success(expected: OperationCase) async throws {
        let (request, result) = try await expected.outcome(of: expected.response())
        #expect(request.method == expected.method)
        #expect(request.pathOnly == expected.path)
        #expect(request.query == expected.query.merging(["timeout": "7"]) { $1 })
        if let body = expected.body { #expect(Self.withoutIDs(request.text) == body) }
        #expect(request.hasBody == (expected.body != nil))
        var sent: [String: String] = [:]
        for field in request.head.headerFields where !Self.general.contains(field.name.canonicalName) {
            sent[field.name.canonicalName] = Self.withoutIDs(field.value)
        }
        #expect(sent == Dictionary(expected.headers.map { ($0.key.lowercased(), $0.value) }) { $1 })
        #expect(request.header("x-ms-version") == "2026-10-06")
        #expect(request.header("x-ms-client-request-id") == "my-id")
        #expect(request.header("Authorization")?.hasPrefix("SharedKey example:") == true)
        let sendsLength = request.method == .put || request.method == .post
        #expect(request.header("Content-Length") == (sendsLength ? String(request.body.count) : nil))
        let leaves = Reflected.leaves(of: result)
        for (path, value) in expected.result { #expect(leaves[path] == value, "\(path) of \(leaves)") }
    }

    /// Puts `batch_id` in the place of boundaries, which are new each time.
    private static func withoutIDs(_ text: String) -> String {
        text.replacing(/batch_[0-9a-f-]{36}/, with: "batch_id")
    }

    @Test("turn the service's errors into errors", arguments: all)
    func failure(expected: OperationCase) async throws {
        let isHead = expected.method == .head
        let answer = MockResponse(
            409, headers: ["x-ms-request-id": "s-2", "x-ms-error-code": "FeatureVersionMismatch"],
            body: isHead ? "" : errorBody("FeatureVersionMismatch", "It cannot be."))
        let fixture = try Fixture(answer)
        let error = await #expect(throws: AzureError.self) { _ = try await expected.run(fixture) }
        let failure = try #require(error)
        #expect(failure.code == AzureErrorCode("FeatureVersionMismatch"))
        #expect(failure.status?.code == 409)
        #expect(failure.service == .blob)
        #expect(failure.operation?.contains(".") == true)
        #expect(failure.resource?.hasPrefix("https://example") == true)
        #expect(failure.requestID == "s-2")
        if !isHead { #expect(failure.message == "It cannot be.") }
    }
}

extension MockTransport.Request {
    /// The path without the query.
    var pathOnly: String { String(path.prefix { $0 != "?" }) }

    /// The names and values of the query, decoded. A name that stands twice shows as a value of both.
    var query: [String: String] {
        let items = path.drop { $0 != "?" }.dropFirst().split(separator: "&").map { item in
            let name = item.prefix { $0 != "=" }
            let value = item[name.endIndex...].dropFirst()
            return (String(name), value.removingPercentEncoding ?? String(value))
        }
        return Dictionary(items) { "\($0), \($1)" }
    }
}
