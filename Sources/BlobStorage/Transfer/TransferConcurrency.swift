/// The number of concurrent parts of a transfer.
///
/// It is halved after each response that says the service is busy (503 or 429), and increased again later. An integer
/// literal is a fixed maximum:
///
/// ```swift
/// BlobTransferOptions(concurrency: 4)
/// ```
public struct TransferConcurrency: Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// The initial number.
    public var initial: Int
    /// The maximum number, reached where more parts proved to be faster. Uploads of streams do not exceed the
    /// initial number, since each part uses memory of its size; a download as a stream has smaller parts instead.
    public var maximum: Int

    /// Starts with a number of parts and increases it while that makes the transfer faster.
    ///
    /// - Parameters:
    ///   - initial: The initial number.
    ///   - maximum: The maximum number.
    public init(initial: Int, maximum: Int) {
        self.initial = initial
        self.maximum = maximum
    }

    public init(integerLiteral value: Int) {
        self.init(initial: value, maximum: value)
    }

    /// 8 parts, and up to 16 where that is faster.
    public static let automatic = TransferConcurrency(initial: 8, maximum: 16)

    /// A fixed maximum.
    public static func atMost(_ count: Int) -> TransferConcurrency {
        TransferConcurrency(initial: count, maximum: count)
    }

    /// The same, but never more than at first.
    var bounded: TransferConcurrency { .atMost(initial) }
}
