import struct Foundation.Date

/// The tables under the rules of the Blob service: rows, their order and nothing that the service decides.
///
/// Whatever is read is a value; a row changes only when it is put again. All changes are made in a transaction, and the
/// store makes one of each of its calls, so that tables which outlast the process are never seen between two states.
/// Names are in the order of their bytes.
protocol BlobTables: AnyObject {
    /// Does several things as one: when something throws, none of them has been done.
    ///
    /// Content that no row refers to any more is given up afterwards. A transaction within another is a part of it, which
    /// can fail by itself.
    func transaction<Result>(_ body: () throws -> Result) throws -> Result

    /// Has all transactions so far outlive the process, if the tables are of that kind.
    ///
    /// - Throws: When those since the last time do not; they are undone then.
    func commit() throws

    /// Has all transactions so far outlive the process, as far as that can be, and gives the tables up.
    func close()

    /// Removes some of what nobody can see any more.
    ///
    /// - Parameter limit: About how many rows.
    /// - Returns: Whether there may be more of that.
    func tidy(limit: Int) throws -> Bool

    // MARK: The service

    func settings() throws -> ServiceSettings
    func put(_ settings: ServiceSettings) throws

    /// The number behind the last tag and the last time that named something; 0 when there was none.
    func lastTicks() throws -> Int64
    func put(lastTicks: Int64) throws

    // MARK: Containers

    /// The container under a name.
    func container(_ name: String) throws -> ContainerRecord?

    /// A container that was deleted and is kept.
    func deletedContainer(_ name: String, version: String) throws -> ContainerRecord?

    /// Containers in the order of their keys.
    ///
    /// - Parameter withDeleted: Whether those count that were deleted and are kept.
    func containers(in range: NameRange, withDeleted: Bool, limit: Int) throws -> [ContainerRecord]

    /// Adds a container, or replaces the row of the one with its id. No other has its key.
    func put(_ container: ContainerRecord) throws

    /// Removes a container with everything in it.
    func removeContainer(_ id: ContainerID) throws

    /// Removes the kept containers that were deleted at a time or before.
    func removeContainers(deletedUntil end: Date) throws

    /// Until when, in uptime, the name of a container that was deleted stays taken.
    func endOfDeletion(of name: String) throws -> Duration?
    func put(endOfDeletion end: Duration?, of name: String) throws
    /// Has no name taken any longer by a container that was deleted.
    func removeEndsOfDeletion() throws

    // MARK: Blobs

    func blob(_ name: BlobName, in container: ContainerID) throws -> BlobRecord?
    func put(_ blob: BlobRecord, as name: BlobName, in container: ContainerID) throws
    func removeBlob(_ name: BlobName, in container: ContainerID) throws

    /// What there is under names, in order.
    ///
    /// - Parameters:
    ///   - sources: Where names are looked for.
    ///   - limit: The most names.
    func names(
        in container: ContainerID, _ range: NameRange, from sources: NameSources, limit: Int
    ) throws -> [NamedRow]

    /// The blobs that have tags, in order.
    func taggedBlobs(in container: ContainerID, _ range: NameRange, limit: Int) throws -> [TaggedBlob]

    // MARK: Staged blocks

    /// What all staged blocks under a name have in common; nil when there are none.
    func staging(of name: BlobName, in container: ContainerID) throws -> BlockStaging?

    /// Whether a block is staged.
    func hasStagedBlock(_ id: String, of name: BlobName, in container: ContainerID) throws -> Bool

    /// All staged blocks under a name; nil when there are none.
    func stagedBlocks(of name: BlobName, in container: ContainerID) throws -> StagedBlocks?

    /// Adds a staged block behind the others, or puts its content in the place of what the block had.
    ///
    /// - Parameter staging: What all of them have in common, kept with the first.
    func stage(
        _ piece: ContentPiece, as id: String, _ staging: BlockStaging, of name: BlobName, in container: ContainerID
    ) throws

    func removeStagedBlocks(of name: BlobName, in container: ContainerID) throws

    // MARK: Editions

    /// The edition with an id.
    func edition(_ id: String, of name: BlobName, in container: ContainerID) throws -> BlobEdition?

    /// The edition with the greatest id.
    func lastEdition(of name: BlobName, in container: ContainerID) throws -> BlobEdition?

    /// Editions in the order of their ids.
    ///
    /// - Parameter id: The least id.
    func editions(of name: BlobName, in container: ContainerID, from id: String, limit: Int) throws -> [BlobEdition]

    /// Adds an edition, or replaces the one with its id.
    func put(_ edition: BlobEdition, of name: BlobName, in container: ContainerID) throws
    func removeEdition(_ id: String, of name: BlobName, in container: ContainerID) throws

    /// Removes the deleted editions that are kept until a time or less long.
    func removeEditions(in container: ContainerID, keptUntil end: Date) throws
}

extension BlobTables {
    func commit() throws {}

    func close() {}

    func tidy(limit: Int) throws -> Bool { false }

    /// All editions in the order of their ids.
    func editions(of name: BlobName, in container: ContainerID) throws -> [BlobEdition] {
        try editions(of: name, in: container, from: "", limit: .max)
    }
}
