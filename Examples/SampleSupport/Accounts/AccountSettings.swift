/// Which accounts a sample works with.
public enum AccountSettings: Sendable, Hashable {
    /// Those of an emulator inside this process.
    case emulator
    /// Those that the environment names.
    case azure(storage: Storage, batch: Batch)

    /// How to reach Blob Storage.
    public enum Storage: Sendable, Hashable {
        /// A connection string.
        case connectionString(String)
        /// An account of the public cloud and its key.
        case account(name: String, key: String)
    }

    /// How to reach Batch.
    public struct Batch: Sendable, Hashable {
        /// The name of the account.
        public var account: String
        /// Its key.
        public var key: String
        /// Its URL.
        public var endpoint: String

        /// Creates the settings of a Batch account.
        public init(account: String, key: String, endpoint: String) {
            self.account = account
            self.key = key
            self.endpoint = endpoint
        }
    }
}

extension AccountSettings {
    /// The environment variables that point a sample at Azure.
    public enum Variable: String, CaseIterable, Sendable {
        case batchAccount = "AZURE_BATCH_ACCOUNT"
        case batchKey = "AZURE_BATCH_ACCESS_KEY"
        case batchEndpoint = "AZURE_BATCH_ENDPOINT"
        case storageAccount = "AZURE_STORAGE_ACCOUNT"
        case storageKey = "AZURE_STORAGE_KEY"
        case storageConnectionString = "AZURE_STORAGE_CONNECTION_STRING"
    }

    /// What a sample says about its accounts when it is asked for help.
    public static let help = """
        With AZURE_BATCH_ACCOUNT, AZURE_BATCH_ACCESS_KEY and AZURE_BATCH_ENDPOINT set, and AZURE_STORAGE_ACCOUNT with \
        AZURE_STORAGE_KEY (or AZURE_STORAGE_CONNECTION_STRING), it works on Azure. With none of them set it works with \
        an emulator that runs inside this program.
        """

    /// Reads the settings from the environment.
    ///
    /// With none of the variables set the accounts are those of an emulator. A connection string takes the place of
    /// storage account and key, and counts if both are set. An empty variable is not set.
    ///
    /// - Parameters:
    ///   - environment: The environment variables.
    ///   - usesEmulator: Whether to use the emulator whatever the environment says.
    /// - Throws: A ``SampleFailure`` that names what is missing if some variables are set but not all.
    public init(environment: [String: String], usesEmulator: Bool = false) throws {
        var values: [Variable: String] = [:]
        for variable in Variable.allCases {
            if let value = environment[variable.rawValue], !value.isEmpty { values[variable] = value }
        }
        guard !usesEmulator, !values.isEmpty else {
            self = .emulator
            return
        }
        let hasConnectionString = values[.storageConnectionString] != nil
        let needed: [Variable] =
            [.batchAccount, .batchKey, .batchEndpoint]
            + (hasConnectionString ? [.storageConnectionString] : [.storageAccount, .storageKey])
        let missing = needed.filter { values[$0] == nil }
        guard missing.isEmpty else { throw Self.incomplete(missing) }
        func value(_ variable: Variable) -> String { values[variable] ?? "" }
        self = .azure(
            storage: hasConnectionString
                ? .connectionString(value(.storageConnectionString))
                : .account(name: value(.storageAccount), key: value(.storageKey)),
            batch: Batch(
                account: value(.batchAccount), key: value(.batchKey), endpoint: value(.batchEndpoint)))
    }

    private static func incomplete(_ missing: [Variable]) -> SampleFailure {
        var names = missing.map(\.rawValue)
        if missing.contains(.storageAccount), missing.contains(.storageKey) {
            names.removeLast(2)
            names.append("AZURE_STORAGE_ACCOUNT with AZURE_STORAGE_KEY (or AZURE_STORAGE_CONNECTION_STRING)")
        }
        let list =
            names.count == 1 ? names[0] : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
        return SampleFailure(
            "The environment names an Azure account, but \(list) \(names.count == 1 ? "is" : "are") not set. "
                + "Set all of them, or none (or --emulator) to use the emulator.")
    }
}
