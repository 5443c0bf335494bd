import AzureCore

/// Transfers parts, as many at a time as the service bears.
struct PartTransfer: Sendable {
    let concurrency: TransferConcurrency
    let timeSource: TimeSource

    private enum Step<Part: Sendable, Result: Sendable>: Sendable {
        /// What the source gave; nil at its end.
        case read(Part?)
        case transferred(Result, bytes: Int64, epoch: Int, wasRefused: Bool)
    }

    /// Transfers all parts of a source.
    ///
    /// Reading the source is a task beside the others, so that a part that fails ends the transfer although the source
    /// has nothing to give for now.
    ///
    /// - Parameters:
    ///   - next: Gives the next part, or nil at the end. It is called by one task at a time.
    ///   - transfer: Transfers a part, and says how many bytes it had. Its calls note there what the service refused.
    ///   - settle: Takes what came of a part, one at a time, in any order.
    func run<Part: Sendable, Result: Sendable>(
        _ next: @escaping @Sendable () async throws -> Part?,
        transfer: @escaping @Sendable (Part, Refusals) async throws -> (Result, bytes: Int64),
        settle: (Result) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Step<Part, Result>.self) { group in
            var window = TransferWindow(concurrency)
            var underWay = 0
            var (isReading, isAtEnd) = (false, false)
            while true {
                if !isAtEnd, !isReading, underWay < window.current {
                    isReading = true
                    group.addTask { .read(try await next()) }
                }
                switch try await group.next() {
                case .read(let part?)?:
                    let epoch = window.epoch
                    group.addTask {
                        let refusals = Refusals()
                        let (result, bytes) = try await transfer(part, refusals)
                        return .transferred(result, bytes: bytes, epoch: epoch, wasRefused: refusals.isNoted)
                    }
                    (isReading, underWay) = (false, underWay + 1)
                case .read(nil)?: (isReading, isAtEnd) = (false, true)
                case .transferred(let result, let bytes, let epoch, let wasRefused)?:
                    underWay -= 1
                    window.finished(bytes, begunIn: epoch, wasRefused: wasRefused, uptime: timeSource.uptime())
                    try await settle(result)
                case nil: return
                }
            }
        }
    }
}

/// Gives numbers of parts, in order.
actor PartNumbers {
    private let count: Int
    private let done: Set<Int>
    private var number = 0

    /// The numbers from 0.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - done: Those to leave out.
    init(count: Int, without done: Set<Int> = []) {
        self.count = count
        self.done = done
    }

    func next() -> Int? {
        while number < count {
            defer { number += 1 }
            if !done.contains(number) { return number }
        }
        return nil
    }
}
