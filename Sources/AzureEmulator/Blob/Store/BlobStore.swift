import AzureCore

import struct Foundation.Date

/// The rules about everything that the account holds. Each call is one transaction of the tables: others see all of what
/// it does, or, when it throws, nothing.
actor BlobStore {
    let time: TimeSource
    /// How long deleted containers are kept; zero when they are not.
    let containerRetention: Duration
    /// Whether earlier versions of blobs are kept.
    let keepsVersions: Bool
    /// How long the name of a deleted container stays taken.
    let deletionTime: Duration
    /// How long blobs take to come back from the archive.
    let rehydrationTime: Duration
    let tables: any BlobTables
    /// What this runs on where the tables outlast the process; nil where they do not, and nothing blocks.
    nonisolated let thread: StoreThread?
    private let lane: Lane
    nonisolated let unownedExecutor: UnownedSerialExecutor
    /// Who waits for the next commit.
    var commitWaits: [CheckedContinuation<Void, Never>] = []
    /// Whether there may be something that nobody can see any more.
    var mayBeUntidy = true

    /// The executor that an actor has by default.
    private actor Lane {}

    /// - Parameter thread: What to run on, for tables that block; without one, nothing is kept.
    init(
        time: TimeSource, deletionTime: Duration, containerRetention: Duration = .zero, keepsVersions: Bool = false,
        rehydrationTime: Duration = .zero, tables: sending any BlobTables = InMemoryBlobTables(),
        thread: StoreThread? = nil
    ) {
        let lane = Lane()
        self.thread = thread
        self.lane = lane
        unownedExecutor = thread?.asUnownedSerialExecutor() ?? lane.unownedExecutor
        self.time = time
        self.keepsVersions = keepsVersions
        self.containerRetention = containerRetention
        self.deletionTime = deletionTime
        self.rehydrationTime = rehydrationTime
        self.tables = tables
    }

    /// Does what one call does.
    func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        if thread != nil { commitSoon() }
        return try tables.transaction(body)
    }

    // MARK: Versions

    /// A version that no resource has had before.
    func newVersion() throws -> ResourceVersion {
        let now = time.now()
        let whole = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        let ticks = try newTicks()
        return ResourceVersion(etag: "\"0x\(String(ticks, radix: 16, uppercase: true))\"", lastModified: whole)
    }

    /// A version of a blob, with a time that names it where versions are kept.
    func newBlobVersion() throws -> ResourceVersion {
        var version = try newVersion()
        if keepsVersions { version.id = ServiceTime.format(ticks: try tables.lastTicks()) }
        return version
    }

    /// A time that names an edition of a blob; none comes twice.
    func newEditionID() throws -> String { ServiceTime.format(ticks: try newTicks()) }

    /// The time in units of 100 ns since the year 1, as in the tags of the real service; it never repeats.
    private func newTicks() throws -> Int64 {
        let now = Int64((time.now().timeIntervalSince1970 + 62_135_596_800) * 10_000_000)
        let ticks = max(now, try tables.lastTicks() + 1)
        try tables.put(lastTicks: ticks)
        return ticks
    }

    /// What time it is for leases.
    nonisolated func leaseTime() -> Duration { time.uptime() }

    // MARK: The service

    func settings() throws -> ServiceSettings {
        try tables.settings()
    }

    func changeSettings(_ document: XMLTree) throws {
        try transaction {
            var settings = try tables.settings()
            try settings.apply(document)
            try tables.put(settings)
        }
    }
}
