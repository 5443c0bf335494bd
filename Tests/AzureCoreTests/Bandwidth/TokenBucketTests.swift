import Foundation
import Testing

@testable import AzureCore

@Suite("A limit of bandwidth, as decisions")
struct TokenBucketTests {
    @Test("bytes wait for those before them, however they are cut", arguments: [1, 7, 100, 1000])
    func rate(chunk: Int) {
        var bucket = TokenBucket(bytesPerSecond: 1000)
        var uptime = Duration.seconds(5)
        for _ in 0..<(10_000 / chunk) { uptime += bucket.take(chunk, at: uptime) }
        let elapsed = uptime - .seconds(5)
        let bytes = Double(10_000 / chunk * chunk)
        #expect(abs(elapsed.seconds + 0.1 - bytes / 1000) < 0.000_001, "\(elapsed)")
    }

    @Test("several that ask at once are served one after the other")
    func queue() {
        var bucket = TokenBucket(bytesPerSecond: 100)
        let delays = (0..<4).map { _ in bucket.take(100, at: .zero) }
        #expect(delays == [.milliseconds(900), .milliseconds(1900), .milliseconds(2900), .milliseconds(3900)])
    }

    @Test("a pause is not made up for by a burst")
    func pause() {
        var bucket = TokenBucket(bytesPerSecond: 100)
        _ = bucket.take(10, at: .zero)
        #expect(bucket.take(100, at: .seconds(3600)) == .milliseconds(900))
    }

    @Test("who gives up makes room for the others")
    func giveBack() {
        var bucket = TokenBucket(bytesPerSecond: 100)
        _ = bucket.take(1000, at: .zero)
        bucket.giveBack(1000)
        #expect(bucket.take(100, at: .zero) == .milliseconds(900))
    }

    @Test("numbers without sense end nothing", arguments: [Int.min, -1, 0, 1, .max])
    func extremes(number: Int) {
        var bucket = TokenBucket(bytesPerSecond: number)
        #expect(bucket.take(number, at: .zero) >= .zero)
        #expect(bucket.take(.max, at: .seconds(1)) >= .zero)
        bucket.giveBack(.max)
    }
}
