/// A length of time as a service wrote it, or as it is sent to one.
///
/// A length that was received keeps its text, `P1M` as `P1M` and not as so many days, and is sent back as it came, also
/// when it cannot be read.
///
/// ```swift
/// let constraints = BatchTaskConstraints(maxWallClockTime: .minutes(30), retentionTime: .days(7))
/// ```
///
/// Two lengths are equal when their ``duration`` is. Those that cannot be read are equal when their texts are, and come
/// after all others.
public struct AzureDuration: Sendable {
    private enum Storage: Sendable {
        /// Not read before it has to be.
        case text(String)
        case duration(Duration)
    }

    private let storage: Storage

    /// Takes a duration. It is written to 100 nanoseconds; what is shorter is dropped.
    public init(_ duration: Duration) {
        storage = .duration(duration)
    }

    /// Takes a text as it stands, such as `P3Y6M4DT12H30M5S`. Whether it can be read shows in ``duration``.
    public init(_ text: some StringProtocol) {
        storage = .text(String(text))
    }

    /// The length; nil when the text cannot be read or does not fit.
    ///
    /// Days have 24 hours, months 30 days and years 365 days. That is how .NET, in which the Batch service is written,
    /// reads the text of a duration.
    public var duration: Duration? {
        switch storage {
        case .duration(let duration): duration
        case .text(let text): ISO8601Duration.parse(text)
        }
    }

    /// The text that was received, or the duration as ISO 8601 has it.
    public var text: String {
        switch storage {
        case .text(let text): text
        case .duration(let duration): ISO8601Duration.format(duration)
        }
    }

    /// A number of seconds.
    public static func seconds(_ count: Int) -> AzureDuration { of(count, seconds: 1) }
    /// A number of milliseconds.
    public static func milliseconds(_ count: Int) -> AzureDuration { AzureDuration(.milliseconds(count)) }
    /// A number of minutes.
    public static func minutes(_ count: Int) -> AzureDuration { of(count, seconds: 60) }
    /// A number of hours.
    public static func hours(_ count: Int) -> AzureDuration { of(count, seconds: 3600) }
    /// A number of days of 24 hours.
    public static func days(_ count: Int) -> AzureDuration { of(count, seconds: 86_400) }
    /// No time.
    public static let zero = AzureDuration(Duration.zero)

    /// A number of units; more than a number of 64 bits holds is as much as that.
    private static func of(_ count: Int, seconds unit: Int64) -> AzureDuration {
        let (seconds, isTooMuch) = Int64(count).multipliedReportingOverflow(by: unit)
        return AzureDuration(.seconds(isTooMuch ? (count < 0 ? Int64.min : Int64.max) : seconds))
    }
}

extension AzureDuration: Hashable, Comparable {
    public static func == (left: AzureDuration, right: AzureDuration) -> Bool {
        switch (left.duration, right.duration) {
        case (let left?, let right?): left == right
        case (nil, nil): left.text == right.text
        default: false
        }
    }

    public static func < (left: AzureDuration, right: AzureDuration) -> Bool {
        switch (left.duration, right.duration) {
        case (let left?, let right?): left < right
        case (_?, nil): true
        case (nil, _?): false
        case (nil, nil): left.text < right.text
        }
    }

    public func hash(into hasher: inout Hasher) {
        let duration = duration
        hasher.combine(duration)
        if duration == nil { hasher.combine(text) }
    }
}

extension AzureDuration: Codable, CustomStringConvertible, ExpressibleByStringLiteral, CustomReflectable {
    /// Takes a text as it stands.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// The text.
    public var description: String { text }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
