import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Synchronization
import Testing

@Suite("Work under a lease")
struct WithLeaseTests {
    private struct Failed: Error {}

    /// A service that knows leases only, and writes down what was asked and when.
    private final class LeaseService: Sendable {
        let clock = ManualClock()
        private let log = Mutex<[String]>([])
        private let ids = Mutex<Set<String>>([])
        private let answer: @Sendable (_ action: String, _ number: Int) async throws -> MockResponse?

        init(
            _ answer: @escaping @Sendable (_ action: String, _ number: Int) async throws -> MockResponse? = { _, _ in
                nil
            }
        ) {
            self.answer = answer
        }

        var steps: [String] { log.withLock { $0 } }
        var leaseIDs: Set<String> { ids.withLock { $0 } }

        func container(
            retry: RetryOptions = .none, policies: [any PipelinePolicy] = []
        ) throws -> BlobContainerClient {
            let transport = MockTransport { request in
                let action = request.header("x-ms-lease-action") ?? ""
                let seconds = self.clock.uptime / .seconds(1)
                let number = self.log.withLock { log in
                    log.append("\(action) \(seconds)")
                    return log.count { $0.hasPrefix(action) }
                }
                let id = request.header("x-ms-lease-id") ?? request.header("x-ms-proposed-lease-id") ?? ""
                self.ids.withLock { _ = $0.insert(id) }
                if let other = try await self.answer(action, number) { return other }
                return MockResponse(action == "acquire" ? 201 : 200, headers: ["x-ms-lease-id": id, "ETag": "\"1\""])
            }
            let pipeline = PipelineOptions(
                transport: transport, retry: retry, perTryPolicies: policies, timeSource: clock.timeSource)
            return try BlobServiceClient(
                endpoint: "https://example.blob.core.windows.net", credential: .anonymous,
                options: BlobClientOptions(pipeline: pipeline)
            ).container("pictures")
        }

        func lease() throws -> BlobLeaseClient { try container().blob("tom.jpg").lease }
    }

    private static let mismatch = MockResponse(409, body: errorBody("LeaseIdMismatchWithLeaseOperation"))

    @Test("renews the lease when half of its duration has passed, and releases it at the end")
    func renewals() async throws {
        let service = LeaseService()
        let clock = service.clock
        let id = try await service.lease().withLease(duration: .seconds(30)) { lease in
            for _ in 0..<3 {
                await clock.waitForSleepers(1)
                clock.advance(by: .seconds(15))
            }
            await clock.waitForSleepers(1)
            return lease.id
        }
        #expect(service.steps == ["acquire 0.0", "renew 15.0", "renew 30.0", "renew 45.0", "release 45.0"])
        #expect(service.leaseIDs == [id] && UUID(uuidString: id) != nil)
    }

    @Test("lasts a minute unless told otherwise, of a container too")
    func container() async throws {
        let service = LeaseService()
        let clock = service.clock
        try await service.container().lease.withLease { _ in
            await clock.waitForSleepers(1)
            clock.advance(by: .seconds(30))
            await clock.waitForSleepers(1)
        }
        #expect(service.steps == ["acquire 0.0", "renew 30.0", "release 30.0"])
    }

    @Test("does not renew a lease without end")
    func infinite() async throws {
        let service = LeaseService()
        let clock = service.clock
        try await service.lease().withLease(duration: nil, proposedID: "own") { _ in clock.advance(by: .seconds(900)) }
        #expect(service.steps == ["acquire 0.0", "release 900.0"])
        #expect(service.leaseIDs == ["own"] && clock.sleeps.isEmpty)
    }

    // REST documentation of Lease Blob: renewing a lease that was broken, or that somebody else has taken, is 409.
    @Test("cancels the work when the lease is lost, and says why")
    func lost() async throws {
        let service = LeaseService { action, _ in action == "renew" ? Self.mismatch : nil }
        let clock = service.clock
        let isCancelled = Mutex(false)
        async let driver: Void = {
            await clock.waitForSleepers(2)
            clock.advance(by: .seconds(15))
        }()
        let error = try await failure {
            try await service.lease().withLease(duration: .seconds(30)) { _ in
                do {
                    try await clock.timeSource.sleep(.seconds(10_000))
                } catch {
                    isCancelled.withLock { $0 = true }
                    throw error
                }
            }
        }
        await driver
        #expect(isCancelled.withLock { $0 })
        #expect(error.code == .leaseLost && error.operation == "Blob.Lease" && error.service == .blob)
        #expect(error.resource == "https://example.blob.core.windows.net/pictures/tom.jpg")
        #expect((error.underlying as? AzureError)?.code == .leaseIdMismatchWithLeaseOperation)
        #expect(service.steps == ["acquire 0.0", "renew 15.0"])
    }

    @Test("says that the lease was lost also when the work did not mind")
    func lostUnnoticed() async throws {
        let service = LeaseService { action, _ in action == "renew" ? Self.mismatch : nil }
        let clock = service.clock
        let error = try await failure {
            _ = try await service.lease().withLease(duration: .seconds(30)) { _ in
                await clock.waitForSleepers(1)
                clock.advance(by: .seconds(15))
                while !Task.isCancelled { await Task.yield() }
                return 1
            }
        }
        #expect(error.code == .leaseLost)
    }

    @Test("repeats a renewal that failed for a reason that may pass")
    func repeated() async throws {
        let service = LeaseService { action, number in
            guard action == "renew", number == 1 else { return nil }
            throw HTTPTransportError(.connectionLost, "Gone.")
        }
        let clock = service.clock
        try await service.lease().withLease(duration: .seconds(30)) { _ in
            for seconds in [15, 1.5, 15] {
                await clock.waitForSleepers(1)
                clock.advance(by: .seconds(seconds))
            }
            await clock.waitForSleepers(1)
        }
        #expect(service.steps == ["acquire 0.0", "renew 15.0", "renew 16.5", "renew 31.5", "release 31.5"])
    }

    @Test("repeats a renewal for which no token could be had")
    func tokenSourceAway() async throws {
        let service = LeaseService()
        let clock = service.clock
        let calls = Mutex(0)
        let policy = ClosurePolicy { request, next in
            let number = calls.withLock { calls in
                calls += 1
                return calls
            }
            guard number != 2 else {
                throw AzureError(
                    service: .entra, code: AzureErrorCode("SignInFailed"), status: .serviceUnavailable,
                    message: "No token.")
            }
            return try await next(request)
        }
        try await service.container(policies: [policy]).lease.withLease(duration: .seconds(30)) { _ in
            for seconds in [15, 1.5] {
                await clock.waitForSleepers(1)
                clock.advance(by: .seconds(seconds))
            }
            await clock.waitForSleepers(1)
        }
        #expect(service.steps == ["acquire 0.0", "renew 16.5", "release 16.5"])
    }

    @Test("leaves no lease behind when a lost try may have taken it and the next one is refused")
    func acquiredUnseen() async throws {
        let service = LeaseService { action, number in
            guard action == "acquire" else { return nil }
            if number == 1 { throw HTTPTransportError(.connectionLost, "Gone.") }
            return MockResponse(403, body: errorBody("AuthenticationFailed"))
        }
        let error = try await failure {
            try await service.container(retry: RetryOptions(baseDelay: .zero)).lease.withLease(duration: nil) { _ in }
        }
        #expect(error.code == .authenticationFailed)
        #expect(service.steps == ["acquire 0.0", "acquire 0.0", "release 0.0"])
    }

    /// Witness: the REST documentation of Lease Blob: releasing a lease that is not there any more is 409 with one of
    /// these codes.
    @Test(
        "takes a lease that is gone after a lost release for released",
        arguments: ["LeaseIdMismatchWithLeaseOperation", "LeaseNotPresentWithLeaseOperation"], [true, false])
    func releasedUnseen(code: String, wasLost: Bool) async throws {
        let service = LeaseService { action, number in
            guard action == "release" else { return nil }
            if number == 1, wasLost { throw HTTPTransportError(.connectionLost, "Gone.") }
            return MockResponse(409, body: errorBody(code))
        }
        let work = {
            try await service.container(retry: RetryOptions(baseDelay: .zero)).lease.withLease { _ in 7 }
        }
        if wasLost {
            #expect(try await work() == 7)
        } else {
            #expect(try await failure { _ = try await work() }.code.rawValue == code)
        }
    }

    @Test("gives up when renewals fail until the lease ends")
    func unreachable() async throws {
        let service = LeaseService { action, _ in action == "renew" ? MockResponse(503) : nil }
        let clock = service.clock
        async let driver: Void = {
            for seconds in [15] + Array(repeating: 1.5, count: 9) {
                await clock.waitForSleepers(2)
                clock.advance(by: .seconds(seconds))
            }
        }()
        let error = try await failure {
            try await service.lease().withLease(duration: .seconds(30)) { _ in
                try await clock.timeSource.sleep(.seconds(10_000))
            }
        }
        await driver
        #expect(error.code == .leaseLost && (error.underlying as? AzureError)?.status == .serviceUnavailable)
        #expect(service.steps.count == 11 && service.steps.last == "renew 28.5")
    }

    @Test("does not wait for a renewal longer than the lease lasts")
    func hangingRenewal() async throws {
        let (renewing, signal) = AsyncStream<Void>.makeStream()
        let clockBox = Mutex<ManualClock?>(nil)
        let service = LeaseService { action, _ in
            guard action == "renew", let clock = clockBox.withLock({ $0 }) else { return nil }
            signal.yield()
            try await clock.timeSource.limit(.seconds(10_000))
            return nil
        }
        let clock = service.clock
        clockBox.withLock { $0 = clock }
        async let driver: Void = {
            await clock.waitForSleepers(2)
            clock.advance(by: .seconds(15))
            for await _ in renewing { break }
            clock.advance(by: .seconds(15))
        }()
        let error = try await failure {
            try await service.container(retry: RetryOptions()).lease.withLease(duration: .seconds(30)) { _ in
                try await clock.timeSource.sleep(.seconds(10_000))
            }
        }
        await driver
        #expect(error.code == .leaseLost && (error.underlying as? AzureError)?.code == .deadlineExceeded)
        #expect(clock.uptime == .seconds(30))
    }

    @Test("releases the lease when the caller is cancelled")
    func cancelled() async throws {
        let service = LeaseService()
        let clock = service.clock
        let lease = try service.lease()
        let call = Task {
            try await lease.withLease(duration: .seconds(30)) { _ in
                try await clock.timeSource.sleep(.seconds(10_000))
            }
        }
        await clock.waitForSleepers(2)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(service.steps == ["acquire 0.0", "release 0.0"])
    }

    @Test("fails when cancelled work went on for longer than the lease was held")
    func cancelledTooLate() async throws {
        let service = LeaseService()
        let clock = service.clock
        let lease = try service.lease()
        let call = Task {
            try await lease.withLease(duration: .seconds(30)) { _ in
                while clock.uptime < .seconds(31) { await Task.yield() }
            }
        }
        await clock.waitForSleepers(1)
        call.cancel()
        clock.advance(by: .seconds(31))
        let error = try await failure { try await call.value }
        #expect(error.code == .leaseLost)
    }

    @Test("throws what the work throws, even when the lease cannot be released either", arguments: [true, false])
    func failing(isReleased: Bool) async throws {
        let service = LeaseService { action, _ in action == "release" && !isReleased ? Self.mismatch : nil }
        await #expect(throws: Failed.self) { try await service.lease().withLease { _ in throw Failed() } }
        #expect(service.steps == ["acquire 0.0", "release 0.0"])
    }

    @Test("reports a release that fails after work that succeeded as what it is")
    func failingRelease() async throws {
        let service = LeaseService { action, _ in action == "release" ? Self.mismatch : nil }
        let error = try await failure { _ = try await service.lease().withLease { _ in 1 } }
        #expect(error.code == .leaseIdMismatchWithLeaseOperation && error.operation == "Blob.Lease")
    }

    @Test("does not begin the work when somebody else holds the lease")
    func taken() async throws {
        let service = LeaseService { _, _ in MockResponse(409, body: errorBody("LeaseAlreadyPresent")) }
        let error = try await failure {
            try await service.lease().withLease { _ in _ = Issue.record("The work began.") }
        }
        #expect(error.code == .leaseAlreadyPresent && service.steps == ["acquire 0.0"])
    }

    @Test("releases a lease of which it is not known whether it was given", arguments: [nil, "own"])
    func unanswered(proposedID: String?) async throws {
        let service = LeaseService { action, _ in
            guard action == "acquire" else { return nil }
            throw HTTPTransportError(.connectionLost, "Gone.")
        }
        let error = try await failure {
            try await service.lease().withLease(duration: nil, proposedID: proposedID) { _ in }
        }
        #expect(error.code == .connectionLost && service.leaseIDs.count == 1)
        // Under an id of the caller's the lease may be an older one.
        #expect(service.steps == ["acquire 0.0"] + (proposedID == nil ? ["release 0.0"] : []))
    }
}
