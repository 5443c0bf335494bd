public import AzureCore
public import Foundation

/// What a test may want to have shorter, or at another time.
public struct SampleTiming: Sendable {
    /// The time of day.
    public var now: @Sendable () -> Date
    /// The pause between two looks at the tasks.
    public var pollInterval: Duration
    /// Retries and the like.
    public var pipeline: PipelineOptions

    /// Creates a timing.
    ///
    /// - Parameters:
    ///   - now: The time of day.
    ///   - pollInterval: The pause between two looks at the tasks. The default is 1 second.
    ///   - pipeline: Retries and the like.
    public init(
        now: @escaping @Sendable () -> Date = { Date() }, pollInterval: Duration = .seconds(1),
        pipeline: PipelineOptions = PipelineOptions()
    ) {
        self.now = now
        self.pollInterval = pollInterval
        self.pipeline = pipeline
    }

    /// When a signature ends that is made now: after 2 hours.
    public func signatureExpiry() -> Date {
        now().addingTimeInterval(2 * 3600)
    }
}

extension Duration {
    /// A number of minutes, whatever somebody has typed: what no clock can count is the longest time that it can.
    public static func minutes(_ number: Int) -> Duration {
        let (seconds, isTooLong) = number.multipliedReportingOverflow(by: 60)
        return .seconds(isTooLong ? Int.max : seconds)
    }
}
