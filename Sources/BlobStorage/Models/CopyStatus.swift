public import AzureCore

/// What became of a copy into a blob.
public struct CopyStatus: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Wraps a value as the service spells it; one that this version does not know is fine.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// It is under way.
    public static let pending = CopyStatus(rawValue: "pending")
    /// It is complete.
    public static let success = CopyStatus(rawValue: "success")
    /// Somebody aborted it.
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
    /// What became of it.
    public var status: CopyStatus?
    /// Why it is as it is, in words.
    public var statusDescription: String?
    /// How many bytes are copied, and of how many, as in `1024/4096`.
    public var progress: String?
    /// When it ended.
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
