public import AzureCore

/// How far the second region of an account is behind the first.
public struct BlobServiceStatistics: Sendable, Hashable {
    /// Where replication stands. More values may be added.
    public struct ReplicationStatus: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        public let rawValue: String

        /// Wraps a value as the service spells it; one that this version does not know is fine.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The second region is in use.
        public static let live = ReplicationStatus(rawValue: "live")
        /// Data is on its way to the second region for the first time.
        public static let bootstrap = ReplicationStatus(rawValue: "bootstrap")
        /// The second region cannot be reached.
        public static let unavailable = ReplicationStatus(rawValue: "unavailable")

        public var description: String { rawValue }
    }

    /// Where replication stands.
    public var replicationStatus: ReplicationStatus?
    /// All writes before this time can be read in the second region; nil while that is not known.
    public var lastSyncedOn: AzureTimestamp?
    /// The answer's general header fields.
    public var response: ResponseInfo
}
