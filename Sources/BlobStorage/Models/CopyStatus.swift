public import AzureCore

/// The status of a copy.
public struct CopyStatus: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// It is pending.
    public static let pending = CopyStatus(rawValue: "pending")
    /// It is complete.
    public static let success = CopyStatus(rawValue: "success")
    /// It was aborted.
    public static let aborted = CopyStatus(rawValue: "aborted")
    /// It failed.
    public static let failed = CopyStatus(rawValue: "failed")

    public var description: String { rawValue }
}

/// The last copy into a blob.
public struct CopyProperties: Sendable, Hashable {
    /// The id of the copy.
    public var id: String?
    /// The URL that was copied from.
    public var source: String?
    /// The outcome.
    public var status: CopyStatus?
    /// A description of the status.
    public var statusDescription: String?
    /// The number of bytes copied and the total, as in `1024/4096`.
    public var progress: String?
    /// The time at which it ended.
    public var completedOn: AzureTimestamp?
    /// Whether it is an incremental copy.
    public var isIncremental: Bool?
    /// The snapshot that the last incremental copy made.
    public var destinationSnapshot: String?

    /// Describes a copy.
    public init(id: String? = nil) {
        self.id = id
    }
}
