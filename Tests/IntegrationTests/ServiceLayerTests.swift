import AzureTesting
import BatchService
import BlobStorage
import Foundation
import HTTPTypes
import Synchronization
import Testing

/// What the one service layer promises of every call, asked of both services.
@Suite("Both services alike")
struct ServiceLayerTests {
    private struct Clients {
        let transport: MockTransport
        let clock = ManualClock(advancesBySleeping: true)
        let blob: BlobClient
        let batch: BatchClient

        init(
            _ transport: MockTransport, retry: RetryOptions = .none, policies: [any PipelinePolicy] = []
        ) throws {
            self.transport = transport
            let pipeline = PipelineOptions(
                transport: transport, retry: retry, perCallPolicies: policies, timeSource: clock.timeSource)
            blob = try BlobServiceClient(
                endpoint: "https://example.blob.core.windows.net", options: .init(pipeline: pipeline)
            ).container("pictures").blob("b")
            batch = try BatchClient(
                endpoint: "https://account.region.batch.azure.com",
                credential: .sharedKey(BatchSharedKey(accountName: "account", key: "a2V5")),
                options: .init(pipeline: pipeline))
        }

        /// A call of each service.
        func calls(_ options: CallOptions = CallOptions()) -> [(service: AzureService, call: () async throws -> Void)] {
            [
                (.blob, { _ = try await blob.properties(options: .init(call: options)) }),
                (.batch, { _ = try await batch.jobs.get("j", options: .init(call: options)) }),
            ]
        }
    }

    private func failure(_ call: () async throws -> Void) async throws -> AzureError {
        try #require(await #expect(throws: AzureError.self) { try await call() })
    }

    @Test("an error of the service says after how many tries, and how long the service was allowed to take")
    func triesAndTime() async throws {
        for number in 0..<2 {
            let clients = try Clients(
                MockTransport { _ in MockResponse(504) }, retry: RetryOptions(maxRetries: 2))
            let call = clients.calls(CallOptions(serverTimeout: .seconds(3)))[number].call
            let error = try await failure(call)
            #expect(error.code == .operationTimedOut && error.tries == 3)
            #expect(error.message.contains("The limit was 3 s (serverTimeout)."))
            #expect("\(error)".contains(", 3 tries"))
        }
    }

    /// The words are those of the real services: Azure/azure-sdk-for-net#4078 has an answer of Blob Storage.
    @Test("a wrong key is called one, with its account, in place of the service's words about a header")
    func wrongKey() async throws {
        let (message, detail) = (
            "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly.",
            "The MAC signature found in the HTTP request 'c2ln' is not the same as any computed signature. Server used "
                + "following string to sign: 'GET'."
        )
        let clients = try Clients(
            MockTransport { request in
                request.head.authority?.contains(".blob.") == true
                    ? MockResponse(
                        403,
                        body: "<Error><Code>AuthenticationFailed</Code><Message>\(message)</Message>"
                            + "<AuthenticationErrorDetail>\(detail)</AuthenticationErrorDetail></Error>")
                    : MockResponse(
                        403,
                        body: #"{"code":"AuthenticationFailed","message":{"lang":"en-us","value":"\#(message)"},"#
                            + #""values":[{"key":"AuthenticationErrorDetail","value":"\#(detail)"}]}"#)
            })
        let batch = try await failure(clients.calls()[1].call)
        #expect(batch.message.hasPrefix("The account key is wrong, or not that of the account 'account'."))
        #expect(batch.details == [.init(key: "AuthenticationErrorDetail", value: detail)])
        // HEAD answers have no body, so another operation stands for Blob Storage.
        let blob = try await failure { _ = try await clients.blob.download(upTo: 10) }
        #expect(blob.code == .authenticationFailed && blob.status == .forbidden)
        #expect(blob.message.hasPrefix("The account key is wrong, or not that of the account 'example'."))
    }

    /// Both services count in whole seconds (REST documentation of `timeout` and `timeOut`), and what a caller allows must
    /// not become less.
    @Test("a fraction of a second of the service's time is rounded up")
    func serverTimeout() async throws {
        let clients = try Clients(MockTransport { _ in MockResponse(404) })
        for (_, call) in clients.calls(CallOptions(serverTimeout: .milliseconds(1500))) { try? await call() }
        let targets = clients.transport.requests.map { $0.path.lowercased() }
        #expect(targets.count == 2 && targets.allSatisfy { $0.hasSuffix("timeout=2") })
        for (service, call) in clients.calls(CallOptions(serverTimeout: .zero)) {
            #expect(try await failure(call).code == .invalidArgument, "\(service)")
        }
        #expect(clients.transport.requests.count == 2)
    }

    /// Answers to HEAD, and those of gateways, have no code (RFC 9110, section 9.3.2).
    @Test(
        "an answer without a code gets one that nobody else gives",
        arguments: [
            (401, "Unauthorized", AzureErrorCode.accessDenied), (403, "Forbidden", .accessDenied),
            (404, "NotFound", .notFound), (429, "TooManyRequests", .throttled),
            (412, "ConditionNotMet", .conditionNotMet),
        ])
    func codes(status: Int, code: String, family: AzureErrorCode) async throws {
        let clients = try Clients(MockTransport { _ in MockResponse(status) })
        for (service, call) in clients.calls() {
            let error = try await failure(call)
            #expect(error.code.rawValue == code && error.service == service)
            #expect(family ~= error.code)
        }
    }

    @Test("a call can have retries of its own, and says how long the service asks to wait")
    func retries() async throws {
        let clients = try Clients(MockTransport { _ in MockResponse(503, headers: ["Retry-After": "3"]) })
        for (service, call) in clients.calls(CallOptions(retry: RetryOptions(maxRetries: 2))) {
            let before = clients.transport.requests.count
            #expect(try await failure(call).retryAfter == .seconds(3), "\(service)")
            #expect(clients.transport.requests.count == before + 3, "\(service)")
        }
        for (service, call) in clients.calls() {
            let before = clients.transport.requests.count
            _ = try await failure(call)
            #expect(clients.transport.requests.count == before + 1, "\(service)")
        }
    }

    @Test("a call has its own id, its own logger's answer, and its date")
    func options() async throws {
        let clients = try Clients(MockTransport { _ in MockResponse(404) })
        let heads = Mutex(0)
        let options = CallOptions(
            clientRequestID: "mine", date: AzureTimestamp("Fri, 02 Jan 2026 03:04:05 GMT"),
            onResponse: { _ in heads.withLock { $0 += 1 } })
        for (_, call) in clients.calls(options) { _ = try await failure(call) }
        #expect(heads.withLock { $0 } == 2)
        for request in clients.transport.requests {
            #expect((request.header("x-ms-client-request-id") ?? request.header("client-request-id")) == "mine")
            #expect((request.header("x-ms-date") ?? request.header("ocp-date")) == "Fri, 02 Jan 2026 03:04:05 GMT")
        }
    }

    private struct OwnError: Error {}

    @Test("what a policy of the caller's throws is not the connection's fault")
    func policies() async throws {
        let policy = ClosurePolicy { _, _ in throw OwnError() }
        let clients = try Clients(MockTransport { _ in MockResponse(200) }, policies: [policy])
        for (service, call) in clients.calls() {
            let error = try await failure(call)
            #expect(error.code == .policyFailed && error.underlying is OwnError, "\(service)")
            #expect(error.operation != nil && error.resource != nil)
        }
    }

    @Test("what the stream of an upload throws is not the connection's fault, in one request or in blocks")
    func streams() async throws {
        let clients = try Clients(MockTransport { _ in MockResponse(201) })
        for count in [0, 3] {
            let stream = AsyncThrowingStream<Data, any Error> { continuation in
                for _ in 0..<count { continuation.yield(Data(count: 4)) }
                continuation.finish(throwing: OwnError())
            }
            let error = try await failure {
                try await clients.blob.upload(stream: stream, options: .init(transfer: .init(partSize: 4)))
            }
            #expect(error.code == .requestBodyFailed && error.underlying is OwnError)
        }
    }

    @Test("waiting takes the time of the client")
    func waiting() async throws {
        let states = Mutex(["active", "active", "completed"])
        let clients = try Clients(
            MockTransport { _ in
                let state = states.withLock { $0.removeFirst() }
                return MockResponse(200, body: #"{"id":"j","state":"\#(state)"}"#)
            })
        _ = try await clients.batch.jobs.waitUntilTerminated("j", options: .init(pollInterval: .seconds(7)))
        #expect(clients.clock.sleeps == [.seconds(7), .seconds(7)])
    }
}
