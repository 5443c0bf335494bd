public import Logging

/// How the emulator is set up. The defaults suit tests: free ports, well-known accounts, nothing left on disk.
public struct EmulatorConfiguration: Sendable {
    /// The address of this machine where both services listen, in version 4 or 6, or `localhost`. The default is
    /// `127.0.0.1`, which nobody else reaches.
    ///
    /// Whoever reaches the Batch service, and has its key, runs commands on this machine. So with an address that is not
    /// loopback, such as `0.0.0.0`, well-known keys are refused: accounts without a key get a new one at each start, which
    /// ``RunningEmulator`` has. `withInProcessEmulator` does not listen.
    public var listenAddress = "127.0.0.1"
    /// The names that requests may have in `Host` besides `127.0.0.1`, `localhost`, `[::1]` and the address where the
    /// services listen. Others are refused, so that no web page reaches the services by a name of its own.
    public var hostNames: [String] = []
    /// The TCP port of the Blob service. The default is 0, which means a free one.
    public var blobPort = 0
    /// The TCP port of the Batch service. The default is 0, which means a free one.
    public var batchPort = 0
    /// The storage accounts, at least one, each with containers of its own. The first is linked to the Batch account. The
    /// default is `devstoreaccount1` with the well-known key of development storage.
    public var storageAccounts = [EmulatedStorageAccount()]
    /// The name of the Batch account. The default is `localbatch`.
    public var batchAccount = "localbatch"
    /// The key of the Batch account in base64. The default is nil: a fixed one, the same on every machine, or a new one
    /// where ``listenAddress`` can be reached from elsewhere.
    public var batchKey: String?
    /// Whether the Blob service takes versions that it does not know, as if they were its newest. The default is false.
    public var acceptsUnknownBlobVersions = false
    /// The directory that keeps what both services were given beyond the emulator's end, and which one emulator can use at
    /// a time. It is made if need be, for nobody but its user to read. The default is nil: nothing is kept.
    public var dataDirectory: String?
    /// The directory that holds the nodes' files. The default is nil: a directory in the data directory, or else one of
    /// its own among the temporary files, which is removed when the emulator stops.
    public var nodeRoot: String?
    /// How many processes of Batch tasks run at a time, at least 1. The default is nil: four for each processor. A task
    /// beyond that waits on its node in the state `preparing`, and tasks begin in the order in which they came.
    ///
    /// A job manager is not counted, since others may wait for it. The parts of a multi-instance task begin together;
    /// one that has more parts than that begins when nothing else runs.
    public var maxProcesses: Int?
    /// How long the nodes of Batch pools take from one state to the next. The default is no time at all.
    public var nodeTimes = EmulatedNodeTimes()
    /// The application packages of the Batch account. Of several versions of an application, the last is the one that is
    /// meant where none is named. The default is none.
    public var applicationPackages: [EmulatedApplicationPackage] = []
    /// How long a deleted container's name stays taken, so that creating it again is answered with
    /// `ContainerBeingDeleted`. The default is zero; on Azure it is half a minute or more.
    public var containerDeletionTime: Duration = .zero
    /// How long deleted containers are kept and can be had back, in whole days on Azure. The default is zero: they are
    /// gone at once.
    public var containerRetention: Duration = .zero
    /// Whether earlier versions of blobs are kept when blobs are replaced, changed or deleted. The default is false, as
    /// in a new storage account.
    public var keepsBlobVersions = false
    /// How long blobs take to come back from the archive, in whole seconds. The default is ten seconds; on Azure it is up
    /// to 15 hours. Zero brings them back at once.
    public var rehydrationTime: Duration = .seconds(10)
    /// The bearer tokens that the Blob service takes for those of an owner of the account's data. The default is none:
    /// the emulator issues no tokens.
    public var acceptedTokens: Set<String> = []
    /// The certificate with which both services speak HTTPS. The default is nil: they speak plain HTTP.
    /// `withInProcessEmulator`, whose clients have no connection that could be encrypted, only gives them addresses with
    /// `https`.
    public var tls: EmulatorTLS?
    /// Where the emulator says what it does: each request at debug level, without signatures. The default has the label
    /// `azure-emulator`.
    public var logger = Logger(label: "azure-emulator")

    /// Creates a configuration with the defaults.
    public init() {}

    /// The name of the first storage account. The default is `devstoreaccount1`.
    public var storageAccount: String {
        get { storageAccounts.first?.name ?? "" }
        set { changeFirst { $0.name = newValue } }
    }

    /// The key of the first storage account in base64. The default is the well-known key of development storage.
    public var storageKey: String {
        get { storageAccounts.first?.keys.first ?? EmulatedStorageAccount.wellKnownKey }
        set { changeFirst { $0.keys = [newValue] } }
    }

    private mutating func changeFirst(_ change: (inout EmulatedStorageAccount) -> Void) {
        if storageAccounts.isEmpty { storageAccounts = [EmulatedStorageAccount()] }
        change(&storageAccounts[0])
    }
}
