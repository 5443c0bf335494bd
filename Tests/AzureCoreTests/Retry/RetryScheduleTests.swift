import Testing

@testable import AzureCore

@Suite("The retry schedule")
struct RetryScheduleTests {
    private func delays(
        _ options: RetryOptions, isUnsafe: Bool = false, outcome: RetrySchedule.Outcome, random: Double = 1
    ) -> [Duration] {
        var schedule = RetrySchedule(options: options, isUnsafe: isUnsafe)
        var elapsed = Duration.zero
        var delays: [Duration] = []
        while case .retry(let delay) = schedule.next(after: outcome, elapsed: elapsed, random: random) {
            delays.append(delay)
            elapsed += delay
        }
        return delays
    }

    private let busy = RetrySchedule.Outcome.status(refused: true, after: nil)

    @Test("doubles the delay up to its maximum")
    func exponential() {
        let options = RetryOptions(maxRetries: 6, baseDelay: .seconds(1), maxDelay: .seconds(5))
        #expect(
            delays(options, outcome: busy)
                == [.seconds(1), .seconds(2), .seconds(4), .seconds(5), .seconds(5), .seconds(5)])
    }

    @Test("keeps jitter between half of the delay and all of it", arguments: [0.0, 0.25, 0.999])
    func jitter(random: Double) throws {
        let delay = try #require(
            delays(RetryOptions(maxRetries: 1, baseDelay: .seconds(10)), outcome: busy, random: random).first)
        #expect(delay >= .seconds(5) && delay <= .seconds(10))
    }

    @Test("waits as long as the service asks")
    func retryAfter() {
        #expect(
            delays(RetryOptions(maxRetries: 2), outcome: .status(refused: true, after: .seconds(7)))
                == [.seconds(7), .seconds(7)])
    }

    @Test("stops at once when the service asks for more than the call's deadline leaves")
    func deadline() {
        let options = RetryOptions(overallDeadline: .seconds(60))
        #expect(delays(options, outcome: .status(refused: true, after: .seconds(3600))).isEmpty)
        #expect(
            delays(
                RetryOptions(maxRetries: 100, overallDeadline: .seconds(60)),
                outcome: .status(refused: true, after: .seconds(25))) == [.seconds(25), .seconds(25)])
    }

    @Test("no configuration retries for hours")
    func bounded() {
        let options = RetryOptions(
            maxRetries: .max, baseDelay: .seconds(1), maxDelay: .seconds(86_400), overallDeadline: .seconds(300))
        #expect(delays(options, outcome: busy).reduce(.zero, +) <= .seconds(300))
    }

    @Test("sends unsafe requests again only when the service provably did not act")
    func unsafeRequests() {
        let options = RetryOptions(maxRetries: 1)
        #expect(delays(options, isUnsafe: true, outcome: busy).count == 1)
        #expect(delays(options, isUnsafe: true, outcome: .failure(notSent: true)).count == 1)
        #expect(delays(options, isUnsafe: true, outcome: .failure(notSent: false)).isEmpty)
        #expect(delays(options, isUnsafe: true, outcome: .status(refused: false, after: nil)).isEmpty)
        let daring = RetryOptions(maxRetries: 1, retriesUnsafeRequests: true)
        #expect(delays(daring, isUnsafe: true, outcome: .failure(notSent: false)).count == 1)
    }

    @Test("does nothing when retries are off")
    func none() {
        #expect(delays(.none, outcome: busy).isEmpty)
    }
}
