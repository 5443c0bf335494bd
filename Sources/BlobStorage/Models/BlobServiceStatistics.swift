public import AzureCore

/// The replication status of an account's secondary region.
public struct BlobServiceStatistics: Sendable, Hashable {
    /// The state of replication. More values may be added.
    public struct ReplicationStatus: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        public let rawValue: String

        /// Creates a value from the service's spelling, which may be unknown to this version.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The secondary region is in use.
        public static let live = ReplicationStatus(rawValue: "live")
        /// Data is on its way to the secondary region for the first time.
        public static let bootstrap = ReplicationStatus(rawValue: "bootstrap")
        /// The secondary region cannot be reached.
        public static let unavailable = ReplicationStatus(rawValue: "unavailable")

        public var description: String { rawValue }
    }

    /// The state of replication.
    public var replicationStatus: ReplicationStatus?
    /// All writes before this time can be read in the secondary region; nil while that is not known.
    public var lastSyncedOn: AzureTimestamp?
    /// The answer's general header fields.
    public var response: ResponseInfo
}
