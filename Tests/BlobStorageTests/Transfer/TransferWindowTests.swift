import Testing

@testable import BlobStorage

@Suite("The number of parts under way")
struct TransferWindowTests {
    /// A transfer of parts of 1 MB, all parts that may be under way in one step.
    private struct Run {
        var window: TransferWindow
        var uptime: Duration = .zero

        init(_ concurrency: TransferConcurrency) {
            window = TransferWindow(concurrency)
        }

        /// As many parts at once as there may be, some times; `rate` says how many bytes a second so many parts make.
        mutating func steps(_ count: Int, _ rate: (Int) -> Double) {
            for _ in 0..<count {
                let (parts, epoch) = (window.current, window.epoch)
                uptime += .seconds(Double(parts) * 1e6 / rate(parts))
                for _ in 0..<parts {
                    window.finished(1_000_000, begunIn: epoch, wasRefused: false, uptime: uptime)
                }
            }
        }

        mutating func refusals(_ count: Int) {
            let epoch = window.epoch
            for _ in 0..<count { window.finished(1_000_000, begunIn: epoch, wasRefused: true, uptime: uptime) }
        }
    }

    @Test("grows to the most as long as each more makes it faster")
    func pays() {
        var run = Run(.automatic)
        #expect(run.window.current == 8)
        run.steps(60) { Double($0) * 1e6 }
        #expect(run.window.current == 16)
    }

    @Test("goes back when more was not faster, and stays there")
    func doesNotPay() {
        var run = Run(.automatic)
        run.steps(60) { _ in 1e9 }
        #expect(run.window.current == 8)
        var half = Run(TransferConcurrency(initial: 4, maximum: 64))
        half.steps(200) { Double(min($0, 12)) * 1e6 }
        #expect((10...15).contains(half.window.current))
    }

    @Test("a literal is never exceeded")
    func fixed() {
        var run = Run(3)
        run.steps(60) { Double($0) * 1e6 }
        #expect(run.window.current == 3)
        #expect(TransferConcurrency.atMost(3) == 3 && TransferConcurrency.automatic.bounded == 8)
    }

    @Test("is halved once for all parts that the service was too busy for, and recovers")
    func refused() {
        var run = Run(8)
        run.refusals(8)
        #expect(run.window.current == 4)
        run.refusals(4)
        run.refusals(2)
        run.refusals(1)
        #expect(run.window.current == 1)
        run.steps(20) { _ in 1e6 }
        #expect(run.window.current == 8)
    }

    @Test("does not grow beyond its beginning any more after the service was too busy")
    func refusedWhileGrowing() {
        var run = Run(.automatic)
        run.refusals(1)
        run.steps(100) { Double($0) * 1e6 }
        #expect(run.window.current == 8)
    }
}
