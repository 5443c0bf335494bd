import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import AzureCore

@Suite("Retries")
struct RetryPolicyTests {
    private func statuses(
        _ statuses: [Int], _ request: PipelineRequest, headers: [String: String] = [:]
    ) async throws -> (last: Int, tries: Int, sleeps: [Duration]) {
        let clock = ManualClock(advancesBySleeping: true)
        let transport = MockTransport(statuses.map { MockResponse($0, headers: headers) })
        let pipeline = makePipeline(transport, options: { $0.timeSource = clock.timeSource })
        let response = try await pipeline.send(request)
        return (response.head.status.code, transport.requests.count, clock.sleeps)
    }

    @Test("follow statuses that pass by", arguments: [408, 429, 500, 502, 503, 504])
    func transient(status: Int) async throws {
        let result = try await statuses([status, status, 200], makeRequest())
        #expect(result.last == 200 && result.tries == 3)
    }

    @Test("do not follow statuses that stay", arguments: [400, 401, 403, 404, 409, 412, 416, 501, 505, 301, 307])
    func permanent(status: Int) async throws {
        let result = try await statuses([status, 200], makeRequest())
        #expect(result.last == status && result.tries == 1)
    }

    @Test("give up after the allowed number and return the last answer")
    func exhausted() async throws {
        let result = try await statuses([500, 500, 500, 500, 503, 200], makeRequest())
        #expect(result.last == 503 && result.tries == 5 && result.sleeps.count == 4)
    }

    @Test(
        "obey every form of Retry-After",
        arguments: [
            (["Retry-After": "7"], 7.0), (["retry-after-ms": "1500"], 1.5), (["x-ms-retry-after-ms": "250"], 0.25),
            (["Retry-After": "Fri, 02 Jan 2026 03:04:35 GMT"], 30.0),
            (["Retry-After": "Fri, 02 Jan 2026 03:00:00 GMT"], 0.0),
        ] as [([String: String], Double)])
    func retryAfter(headers: [String: String], seconds: Double) async throws {
        let result = try await statuses([503, 200], makeRequest(), headers: headers)
        #expect(result.sleeps == [.seconds(seconds)])
    }

    @Test("ignore a Retry-After that is none", arguments: ["-5", "soon", "", "1e400", "nan"])
    func nonsense(value: String) async throws {
        let result = try await statuses([503, 200], makeRequest(), headers: ["Retry-After": value])
        #expect(result.tries <= 2)
        #expect(result.sleeps.allSatisfy { $0 <= .seconds(300) && $0 >= .zero })
    }

    @Test("follow a try that took too long, and say so when all did")
    func tryTimeout() async throws {
        let clock = ManualClock()
        let tries = Mutex(0)
        let transport = ClosureTransport { _, _, _ in
            let number = tries.withLock { tries in
                tries += 1
                return tries
            }
            if number < 3 { try await clock.timeSource.sleep(.seconds(3600)) }
            return HTTPTransportResponse(head: HTTPResponse(status: .ok))
        }
        func send(_ retries: Int) async throws -> HTTPTransportResponse {
            let retry = RetryOptions(maxRetries: retries, baseDelay: .zero, tryTimeout: .seconds(10))
            return try await makePipeline(transport) {
                $0.timeSource = clock.timeSource
                $0.retry = retry
            }.send(makeRequest())
        }
        func failure() async -> AzureError? {
            await #expect(throws: AzureError.self) { try await send(0) }
        }
        async let error = failure()
        // The service and the limit.
        await clock.waitForSleepers(2)
        clock.advance(by: .seconds(10))
        let late = try #require(await error)
        #expect(late.code == .requestTimedOut && late.message.contains("within 10 s"))
        async let response = send(1)
        await clock.waitForSleepers(2)
        clock.advance(by: .seconds(10))
        #expect(try await response.head.status == .ok)
    }

    @Test("are counted in the last error")
    func counted() async throws {
        let lost = MockResponse.failure(HTTPTransportError(.connectionLost, "Gone."))
        let clock = ManualClock(advancesBySleeping: true)
        let pipeline = makePipeline(MockTransport([lost, lost, lost])) {
            $0.timeSource = clock.timeSource
            $0.retry = RetryOptions(maxRetries: 2)
        }
        let error = await #expect(throws: AzureError.self) { try await pipeline.send(makeRequest()) }
        #expect(error?.tries == 3)
        #expect(error.map { "\($0)" } == "ConnectionLost: Gone. [Test.Do, https://host.example/a, 3 tries]")
    }

    @Test("end a try with the time of the whole call, which is longer by a second for each 16 KiB of a body")
    func overallDeadline() async throws {
        for (body, seconds) in [(nil, 300.0), (HTTPBody(Data(count: 1 << 20)), 364)] {
            let clock = ManualClock()
            let tries = Mutex(0)
            let transport = ClosureTransport { _, _, _ in
                tries.withLock { $0 += 1 }
                try await clock.timeSource.sleep(.seconds(86_400))
                return HTTPTransportResponse(head: HTTPResponse(status: .ok))
            }
            let pipeline = makePipeline(transport) { $0.timeSource = clock.timeSource }
            let task = Task { try await pipeline.send(makeRequest(.put, body: body)) }
            await clock.waitForSleepers(1)
            clock.advance(by: .seconds(seconds - 1))
            clock.advance(by: .seconds(1))
            let error = await #expect(throws: AzureError.self) { try await task.value }
            #expect(error?.code == .deadlineExceeded && error?.operation == "Test.Do")
            #expect(error?.message.contains("300 s") == true)
            #expect(tries.withLock { $0 } == 1)
        }
    }

    @Test("leave a call less time for a try after each that failed")
    func whatIsLeft() async throws {
        let clock = ManualClock()
        let tries = Mutex(0)
        let transport = ClosureTransport { _, _, _ in
            let number = tries.withLock { tries in
                tries += 1
                return tries
            }
            try await clock.timeSource.sleep(.seconds(number == 1 ? 200 : 86_400))
            throw HTTPTransportError(.connectionLost, "Gone.")
        }
        let pipeline = makePipeline(transport) {
            $0.timeSource = clock.timeSource
            $0.retry = RetryOptions(baseDelay: .zero)
        }
        let task = Task { try await pipeline.send(makeRequest()) }
        await clock.waitForSleepers(1)
        clock.advance(by: .seconds(200))
        await clock.waitForSleepers(1)
        clock.advance(by: .seconds(100))
        let error = await #expect(throws: AzureError.self) { try await task.value }
        #expect(error?.code == .deadlineExceeded && error?.earlierTryMayHaveActed == true)
        #expect(tries.withLock { $0 } == 2)
    }

    @Test("take no failure of a policy for one of the connection")
    func policies() async throws {
        let tries = Mutex(0)
        let policy = ClosurePolicy { _, _ in
            tries.withLock { $0 += 1 }
            throw AzureError(code: .connectionLost, message: "No token came.")
        }
        let error = await #expect(throws: AzureError.self) {
            try await makePipeline(MockTransport([MockResponse(200)]), authentication: policy).send(makeRequest())
        }
        #expect(error?.code == .connectionLost && tries.withLock { $0 } == 1)
        #expect(
            RetryRule.outcome(ofReading: AzureError(code: .connectionLost, message: "")) == .failure(notSent: false))
        #expect(RetryRule.outcome(ofReading: AzureError(code: .notFound, message: "")) == nil)
    }

    @Test("give a policy that fails after a try which may have acted its own code, and say so")
    func policyAfterTry() async throws {
        struct OwnError: Error {}
        let tries = Mutex(0)
        let policy = ClosurePolicy { request, next in
            let isFirst = tries.withLock { tries in
                tries += 1
                return tries == 1
            }
            guard isFirst else { throw OwnError() }
            return try await next(request)
        }
        let clock = ManualClock(advancesBySleeping: true)
        let pipeline = makePipeline(
            MockTransport([MockResponse(500)]), options: { $0.timeSource = clock.timeSource }, authentication: policy)
        let error = await #expect(throws: AzureError.self) { try await pipeline.send(makeRequest()) }
        #expect(error?.code == .policyFailed && error?.underlying is OwnError)
        #expect(error?.earlierTryMayHaveActed == true)
    }

    @Test("know what the service has seen from what only asked for a token")
    func tokenSources() {
        func outcome(_ service: AzureService, _ status: Int?, _ underlying: (any Error)? = nil)
            -> RetrySchedule.Outcome?
        {
            let status = status.map { HTTPResponse.Status(code: $0) }
            let error = AzureError(
                service: service, code: AzureErrorCode("SignInFailed"), status: status, message: "No token.",
                underlying: underlying)
            return RetryRule.outcome(ofCall: error, to: .blob)
        }
        #expect(outcome(.blob, 503) == .status(refused: true, after: nil))
        #expect(outcome(.blob, 500) == .status(refused: false, after: nil))
        #expect(outcome(.entra, 503) == .failure(notSent: true))
        #expect(outcome(.entra, 500) == .failure(notSent: true))
        #expect(outcome(.entra, 400) == nil && outcome(.entra, 404) == nil)
        let lost = HTTPTransportError(.connectionLost, "Gone.")
        #expect(outcome(.entra, nil, lost) == .failure(notSent: true))
        #expect(outcome(.entra, nil) == nil)
        // A chain of credentials tells of its last one.
        let inner = AzureError(service: .entra, code: AzureErrorCode("SignInFailed"), message: "", underlying: lost)
        #expect(outcome(.entra, nil, inner) == .failure(notSent: true))
        // Nobody knows what others have seen.
        #expect(outcome(.init(name: "Audit"), 500) == .status(refused: false, after: nil))
    }

    @Test("send no body with a length below zero")
    func negativeLength() async throws {
        let transport = MockTransport([MockResponse(200)])
        let body = HTTPBody(file: .init(path: "/nowhere", offset: 0, length: -1))
        let error = await #expect(throws: AzureError.self) {
            try await makePipeline(transport).send(makeRequest(.put, body: body))
        }
        #expect(error?.code == .invalidArgument && transport.requests.isEmpty)
    }

    @Test("send POST again only when the service refused to act", arguments: [(429, 2), (503, 2), (500, 1), (504, 1)])
    func post(status: Int, tries: Int) async throws {
        let result = try await statuses([status, 200], makeRequest(.post, body: HTTPBody("x")))
        #expect(result.tries == tries)
    }

    @Test("send the whole body again")
    func replay() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let transport = MockTransport([MockResponse(500), MockResponse(201)])
        let pipeline = makePipeline(transport, options: { $0.timeSource = clock.timeSource })
        _ = try await pipeline.send(makeRequest(.put, body: HTTPBody("hello")))
        #expect(transport.requests.map(\.text) == ["hello", "hello"])
    }

    @Test("never send a body twice that cannot be replayed")
    func notReplayable() async throws {
        let body = HTTPBody(stream: HTTPByteStream(Data("x".utf8)), length: 1)
        let result = try await statuses([503, 200], makeRequest(.put, body: body))
        #expect(result.last == 503 && result.tries == 1)
    }

    @Test("follow broken connections, for POST only if nothing was sent")
    func connections() async throws {
        func tries(_ method: HTTPRequest.Method, _ error: HTTPTransportError) async -> Int {
            let clock = ManualClock(advancesBySleeping: true)
            let transport = MockTransport([.failure(error), MockResponse(200)])
            _ = try? await makePipeline(transport, options: { $0.timeSource = clock.timeSource })
                .send(makeRequest(method))
            return transport.requests.count
        }
        #expect(await tries(.get, HTTPTransportError(.connectionLost, "")) == 2)
        #expect(await tries(.get, HTTPTransportError(.timedOut, "")) == 2)
        #expect(await tries(.post, HTTPTransportError(.connectionLost, "")) == 1)
        #expect(await tries(.post, HTTPTransportError(.cannotConnect, "")) == 2)
        #expect(await tries(.get, HTTPTransportError(.insecure, "")) == 1)
        #expect(await tries(.get, HTTPTransportError(.unsupported, "")) == 1)
    }

    @Test("end at once when the task is cancelled while it waits")
    func cancellation() async throws {
        let clock = ManualClock()
        let transport = MockTransport([MockResponse(503), MockResponse(200)])
        let pipeline = makePipeline(transport, options: { $0.timeSource = clock.timeSource })
        let task = Task { try await pipeline.send(makeRequest()) }
        await clock.waitForSleepers(1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(transport.requests.count == 1)
    }

    @Test(
        "say of the answer whether an earlier try may have acted",
        arguments: [
            (.failure(HTTPTransportError(.connectionLost, "Gone.")), true),
            (.failure(HTTPTransportError(.timedOut, "Nothing came.")), true),
            (MockResponse(500), true), (MockResponse(504), true), (MockResponse(408), true),
            (.failure(HTTPTransportError(.cannotConnect, "Nobody there.")), false),
            (MockResponse(503), false), (MockResponse(429), false),
        ] as [(MockResponse, Bool)])
    func earlierTries(first: MockResponse, mayHaveActed: Bool) async throws {
        let clock = ManualClock(advancesBySleeping: true)
        // A try that did nothing in between does not undo what the first may have done.
        let transport = MockTransport([first, MockResponse(503), MockResponse(409)])
        let response = try await makePipeline(transport, options: { $0.timeSource = clock.timeSource })
            .send(makeRequest(.put))
        #expect(response.head.status.code == 409)
        #expect(response.earlierTryMayHaveActed == mayHaveActed)
    }

    @Test("do not call a call unseen when only its last try was")
    func earlierTriesOfErrors() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let unseen = MockResponse.failure(HTTPTransportError(.cannotConnect, "Nobody there."))
        for (first, mayHaveActed) in [(unseen, false), (MockResponse(500), true)] {
            let transport = MockTransport([first, unseen, unseen, unseen, unseen])
            let error = await #expect(throws: AzureError.self) {
                try await makePipeline(transport, options: { $0.timeSource = clock.timeSource }).send(makeRequest(.put))
            }
            #expect(error?.code == .connectionFailed)
            #expect(error?.operation == "Test.Do")
            #expect(error?.earlierTryMayHaveActed == mayHaveActed)
        }
    }

    @Test("say nothing of earlier tries when there are none")
    func firstTry() async throws {
        let pipeline = makePipeline(MockTransport([MockResponse(409)]))
        #expect(try await !pipeline.send(makeRequest(.put)).earlierTryMayHaveActed)
    }
}
