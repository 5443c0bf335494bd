import AzureAuth
import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@Suite("Policies of Shared Key")
struct SharedKeyPolicyTests {
    static let date = "Fri, 02 Jan 2026 03:04:05 GMT"
    let clock = ManualClock(date: vectorDate, advancesBySleeping: true)

    private func storagePolicy(account: String = "account") throws -> any PipelinePolicy {
        StorageCredential.sharedKey(try StorageSharedKey(accountName: account, key: wellKnownKey))
            .makePolicy(timeSource: clock.timeSource)
    }

    private func batchPolicy() throws -> any PipelinePolicy {
        BatchCredential.sharedKey(try BatchSharedKey(accountName: "account", key: wellKnownKey))
            .makePolicy(timeSource: clock.timeSource)
    }

    /// What a service would compute for a request as it arrived.
    private func expected(_ request: MockTransport.Request, _ text: String) throws -> String {
        "SharedKey account:\(try StorageSharedKey(accountName: "account", key: wellKnownKey).sign(text))"
    }

    @Test("A request to Blob Storage carries the date and the signature of what is sent")
    func storage() async throws {
        let transport = MockTransport([MockResponse(201)])
        _ = try await send(
            blobRequest(.put, headers: [.contentType: "text/plain"], body: HTTPBody("hello")),
            through: storagePolicy(), to: transport, clock: clock)
        let sent = transport.requests[0]
        #expect(sent.header("x-ms-date") == Self.date)
        #expect(sent.header("Content-Length") == "5")
        let text = StorageSharedKeySigner.stringToSign(sent.head, accountName: "account")
        #expect(text.hasPrefix("PUT\n\n\n5\n\ntext/plain\n"))
        #expect(sent.header("Authorization") == (try expected(sent, text)))
    }

    @Test("A request to Batch carries the date and the signature of what is sent")
    func batch() async throws {
        let transport = MockTransport([MockResponse(201)])
        _ = try await send(
            blobRequest(.post, path: "/jobs?api-version=2025-06-01", body: HTTPBody("{}")),
            through: batchPolicy(), to: transport, clock: clock)
        let sent = transport.requests[0]
        #expect(sent.header("ocp-date") == Self.date)
        let text = BatchSharedKeySigner.stringToSign(sent.head, accountName: "account")
        #expect(text.hasPrefix("POST\n\n\n2\n"))
        #expect(sent.header("Authorization") == (try expected(sent, text)))
    }

    @Test(
        "Header fields that a policy adds are signed when they begin with ocp- in any case, and no others, as the documentation of the service and the official client for .NET have it"
    )
    func policyFields() async throws {
        let transport = MockTransport([MockResponse(200)])
        var options = PipelineOptions(transport: transport, timeSource: clock.timeSource)
        options.perCallPolicies = [
            ClosurePolicy { request, next in
                var request = request
                for (name, value) in [("ocp-extra", "2"), ("OCP-Upper", "1"), ("x-ocp-extra", "3"), ("ocp-empty", "")] {
                    request.request.headerFields[try #require(HTTPField.Name(name))] = value
                }
                return try await next(request)
            }
        ]
        let pipeline = HTTPPipeline(
            service: .batch, authority: "account.blob.core.windows.net",
            requestIDHeader: try #require(HTTPField.Name("client-request-id")), authentication: try batchPolicy(),
            options: options)
        _ = try await pipeline.send(blobRequest(path: "/jobs?api-version=2025-06-01"))
        let sent = transport.requests[0]
        let text =
            "GET\n\n\n\n\n\n\n\n\n\n\n\nocp-date:\(Self.date)\nocp-extra:2\nocp-upper:1\n/account/jobs\n"
            + "api-version:2025-06-01"
        #expect(BatchSharedKeySigner.stringToSign(sent.head, accountName: "account") == text)
        #expect(sent.header("Authorization") == (try expected(sent, text)))
    }

    @Test("Each try is dated and signed anew")
    func retries() async throws {
        let transport = MockTransport([MockResponse(503, headers: ["Retry-After": "20"]), MockResponse(200)])
        _ = try await send(blobRequest(), through: storagePolicy(), to: transport, clock: clock)
        let dates = transport.requests.map { $0.header("x-ms-date") }
        #expect(dates == [Self.date, "Fri, 02 Jan 2026 03:04:25 GMT"])
        for sent in transport.requests {
            let text = StorageSharedKeySigner.stringToSign(sent.head, accountName: "account")
            #expect(sent.header("Authorization") == (try expected(sent, text)))
        }
    }

    @Test("Date is not sent beside x-ms-date")
    func date() async throws {
        let transport = MockTransport([MockResponse(200)])
        _ = try await send(
            blobRequest(headers: [.date: "Thu, 01 Jan 2026 00:00:00 GMT"]), through: storagePolicy(), to: transport,
            clock: clock)
        #expect(transport.requests[0].header("Date") == nil)
    }

    @Test("A date that the caller has given to Batch stays")
    func ownDate() async throws {
        let transport = MockTransport([MockResponse(200)])
        let own = "Fri, 02 Jan 2026 03:00:00 GMT"
        _ = try await send(
            blobRequest(headers: [try #require(HTTPField.Name("ocp-date")): own]), through: batchPolicy(),
            to: transport, clock: clock)
        #expect(transport.requests[0].header("ocp-date") == own)
    }

    @Test("Header fields of one name are signed as one line")
    func repeatedHeader() throws {
        var request = blobRequest().request
        let name = try #require(HTTPField.Name("x-ms-meta-a"))
        request.headerFields.append(HTTPField(name: name, value: "1"))
        request.headerFields.append(HTTPField(name: name, value: "2"))
        let text = StorageSharedKeySigner.stringToSign(request, accountName: "account")
        #expect(text.contains("\nx-ms-meta-a:1, 2\n/account/c/b"))
    }

    @Test("An anonymous request stays as it is")
    func anonymous() async throws {
        let transport = MockTransport([MockResponse(200)])
        let policy = StorageCredential.anonymous.makePolicy(timeSource: clock.timeSource)
        _ = try await send(blobRequest(path: "/c/b?comp=list"), through: policy, to: transport)
        #expect(transport.requests[0].path == "/c/b?comp=list")
        #expect(transport.requests[0].header("Authorization") == nil)
    }
}
