import AzureTesting
import Foundation
import Testing

@testable import AzureCore

@Suite("A limit of bandwidth")
struct BandwidthLimitTests {
    @Test("a body goes out no faster than it may, in small pieces, each time it is sent")
    func body() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let bandwidth = Bandwidth([BandwidthLimit(bytesPerSecond: 80_000)], by: clock.timeSource)
        let content = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })
        let body = try await bandwidth.paced(HTTPBody(content), isStreamed: true)
        #expect(body.length == 100_000 && body.isReplayable)
        for _ in 0..<2 {
            let start = clock.timeSource.uptime()
            var received = Data()
            for try await chunk in body.chunks() {
                #expect(chunk.count <= 10_000)
                received += chunk
            }
            #expect(received == content)
            let elapsed = (clock.timeSource.uptime() - start).seconds
            #expect(elapsed > 1.1 && elapsed < 1.3, "\(elapsed)")
        }
    }

    @Test("a body waits as a whole where the transport holds all of it, and stays as it is")
    func whole() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let bandwidth = Bandwidth([BandwidthLimit(bytesPerSecond: 1000)], by: clock.timeSource)
        let start = clock.timeSource.uptime()
        let body = try await bandwidth.paced(HTTPBody(Data(count: 2000)), isStreamed: false)
        guard case .bytes = body.content else { return #expect(Bool(false), "the body became a stream") }
        #expect(clock.timeSource.uptime() - start == .milliseconds(1900))
    }

    @Test("the least of several limits counts, and one that is named twice counts once")
    func several() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let (slow, fast) = (BandwidthLimit(bytesPerSecond: 100), BandwidthLimit(bytesPerSecond: 1000))
        let bandwidth = Bandwidth([slow, nil, fast, slow], by: clock.timeSource)
        #expect(bandwidth.bytesPerSecond == 100)
        let start = clock.timeSource.uptime()
        for _ in 0..<10 { try await bandwidth.pace(100) }
        #expect(clock.timeSource.uptime() - start == .milliseconds(9900))
        #expect(Bandwidth([nil], by: clock.timeSource).bytesPerSecond == nil)
    }

    @Test("who is cancelled while waiting does not keep the others")
    func cancelled() async throws {
        let clock = ManualClock()
        let limit = BandwidthLimit(bytesPerSecond: 100)
        let waiting = Task { try await limit.pace(1_000_000, by: clock.timeSource) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        let moving = ManualClock(advancesBySleeping: true)
        let start = moving.timeSource.uptime()
        try await limit.pace(100, by: moving.timeSource)
        #expect(moving.timeSource.uptime() - start <= .seconds(1))
    }
}
