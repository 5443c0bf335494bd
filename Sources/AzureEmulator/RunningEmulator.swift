/// Where a running emulator is reached, and with which accounts and keys.
public struct RunningEmulator: Sendable {
    /// A storage account of the emulator.
    public struct StorageAccount: Sendable, Hashable {
        /// The name of the account.
        public let name: String
        /// Its keys in base64, one or two.
        public let keys: [String]
        /// The address of its Blob service, such as `http://127.0.0.1:10000/devstoreaccount1`.
        public let blobEndpoint: String

        /// The connection string of the account, with its first key.
        public var connectionString: String {
            "DefaultEndpointsProtocol=\(blobEndpoint.hasPrefix("https:") ? "https" : "http");"
                + "AccountName=\(name);AccountKey=\(keys.first ?? "");BlobEndpoint=\(blobEndpoint);"
        }
    }

    /// The storage accounts. The first is linked to the Batch account.
    public let storageAccounts: [StorageAccount]
    /// The address of the Batch service, such as `http://127.0.0.1:10100`.
    public let batchEndpoint: String
    /// The name of the Batch account.
    public let batchAccount: String
    /// The key of the Batch account, in base64.
    public let batchKey: String
    /// The certificate in PEM of the authority that clients have to trust, where the emulator made one for TLS; nil
    /// otherwise.
    public let certificateAuthorityFile: String?
    private let empty: @Sendable () async throws -> Void

    /// An emulator whose services are at these hosts and ports.
    ///
    /// - Parameters:
    ///   - configuration: One in which each account has a key.
    ///   - empty: Removes all that clients have made.
    init(
        _ configuration: EmulatorConfiguration, blobAuthority: String, batchAuthority: String,
        certificateAuthorityFile: String? = nil, empty: @escaping @Sendable () async throws -> Void
    ) {
        let scheme = configuration.tls == nil ? "http" : "https"
        storageAccounts = configuration.storageAccounts.map {
            StorageAccount(name: $0.name, keys: $0.keys, blobEndpoint: "\(scheme)://\(blobAuthority)/\($0.name)")
        }
        batchEndpoint = "\(scheme)://\(batchAuthority)"
        batchAccount = configuration.batchAccount
        batchKey = configuration.batchKey ?? ""
        self.certificateAuthorityFile = certificateAuthorityFile
        self.empty = empty
    }

    /// The address of the Blob service of the first account, such as `http://127.0.0.1:10000/devstoreaccount1`.
    public var blobEndpoint: String { storageAccounts[0].blobEndpoint }
    /// The name of the first storage account.
    public var blobAccount: String { storageAccounts[0].name }
    /// The first key of the first storage account, in base64.
    public var blobKey: String { storageAccounts[0].keys[0] }
    /// The connection string of the first storage account.
    public var blobConnectionString: String { storageAccounts[0].connectionString }

    /// Removes all that clients have made, so that the next test finds the emulator as it was at its start: in every
    /// storage account the containers with all that is in them and the settings of the service; in the Batch account pools,
    /// jobs with their tasks, schedules and certificates. Processes of tasks are ended.
    ///
    /// Returns when all of that is gone. What others make meanwhile may stay.
    ///
    /// - Throws: What keeps the data directory from being changed.
    public func reset() async throws {
        try await empty()
    }
}
