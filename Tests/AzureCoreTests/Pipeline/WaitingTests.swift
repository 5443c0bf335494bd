import AzureCore
import AzureTesting
import Testing

@Suite("Waiting")
struct WaitingTests {
    @Test("looks at once, then in intervals, until it is done")
    func polls() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        var looks = 0
        let result = try await WaitOptions(pollInterval: .seconds(2), timeSource: clock.timeSource).wait(for: "it") {
            looks += 1
            return looks == 3 ? .done("yes") : WaitStep<String>.pending
        }
        #expect(result == "yes")
        #expect(clock.sleeps == [.seconds(2), .seconds(2)])
    }

    @Test("ends with an error that says what was waited for, after one last look at the deadline")
    func timeout() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        var looks = 0
        let error = await #expect(throws: AzureError.self) {
            let options = WaitOptions(timeout: .seconds(5), pollInterval: .seconds(2))
            return try await options.wait(for: "the moon", by: clock.timeSource) { () -> WaitStep<Int> in
                looks += 1
                return .pending
            }
        }
        #expect(error?.code == .deadlineExceeded)
        #expect(error?.message == "Waiting for the moon took longer than 5 s, its limit (WaitOptions.timeout).")
        #expect(clock.sleeps == [.seconds(2), .seconds(2), .seconds(1)])
        #expect(looks == 4)
    }

    @Test("ends when the task is cancelled")
    func cancellation() async throws {
        let clock = ManualClock()
        let options = WaitOptions(timeSource: clock.timeSource)
        let task = Task { try await options.wait(for: "it") { WaitStep<Int>.pending } }
        await clock.waitForSleepers(1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
