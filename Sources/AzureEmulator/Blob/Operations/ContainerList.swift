import struct Foundation.Date

/// The containers of a list, at one moment: those there are, and those that were deleted and are kept.
struct ContainerList: Sendable {
    struct Entry: Sendable {
        /// What is told of a container that was deleted.
        struct Deletion: Sendable {
            let version: String
            let deletedOn: Date
            let remainingDays: Int
        }

        let name: String
        let record: ContainerRecord
        var deletion: Deletion?
    }

    /// The entries by what they are ordered by: the name, and behind a zero byte the version of a deleted one.
    let entries: [BlobName: Entry]
    let keys: [BlobName]

    init(_ store: BlobStore, withDeleted: Bool, withSystem: Bool) async {
        var entries: [BlobName: Entry] = [:]
        for name in await store.containerNames() {
            // One that was deleted meanwhile is left out.
            guard withSystem || !["$logs", "$blobchangefeed"].contains(name),
                let record = try? await store.container(name)
            else { continue }
            entries[BlobName(name)] = Entry(name: name, record: record)
        }
        for container in withDeleted ? await store.deletedContainers() : [] {
            let deletion = Entry.Deletion(
                version: container.version, deletedOn: container.deletedOn,
                remainingDays: await store.remainingDays(of: container))
            entries[BlobName("\(container.name)\0\(container.version)")] = Entry(
                name: container.name, record: container.record, deletion: deletion)
        }
        self.entries = entries
        keys = entries.keys.sorted()
    }
}
