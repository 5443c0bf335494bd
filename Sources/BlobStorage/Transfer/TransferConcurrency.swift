/// How many parts of a transfer are under way at once.
///
/// There are half as many after each answer that says the service is busy, 503 or 429, and more again when it is no
/// longer. A literal is a number that is never exceeded:
///
/// ```swift
/// BlobTransferOptions(concurrency: 4)
/// ```
public struct TransferConcurrency: Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// How many there are at first.
    public var initial: Int
    /// How many there may be where more of them proved to be faster. Only transfers of files try that: with streams and
    /// in memory each part costs its size.
    public var maximum: Int

    /// Begins with some, and tries whether more are faster.
    ///
    /// - Parameters:
    ///   - initial: How many there are at first.
    ///   - maximum: The most.
    public init(initial: Int, maximum: Int) {
        self.initial = initial
        self.maximum = maximum
    }

    public init(integerLiteral value: Int) {
        self.init(initial: value, maximum: value)
    }

    /// 8, and up to 16 where that is faster.
    public static let automatic = TransferConcurrency(initial: 8, maximum: 16)

    /// So many and no more.
    public static func atMost(_ count: Int) -> TransferConcurrency {
        TransferConcurrency(initial: count, maximum: count)
    }

    /// The same, but never more than at first.
    var bounded: TransferConcurrency { .atMost(initial) }
}
