/// Which entries a list of containers is to have.
struct ContainerListQuery: Sendable {
    /// The key to start with; nil for the first.
    var start: String?
    var prefix = ""
    let limit: Int
    var withDeleted = false
    var withSystem = false
}

/// A page of a list of containers: those there are, and those that were deleted and are kept.
struct ContainerListPage: Sendable {
    struct Entry: Sendable {
        let container: ContainerRecord
        /// How many days a deleted one still has.
        let remainingDays: Int?
    }

    var entries: [Entry] = []
    /// The key that the next page starts with; nil when this is the last.
    var next: String?
}

extension BlobStore {
    /// The containers of the service itself.
    private static let system: Set<String> = [logs, "$blobchangefeed"]
    /// The one that every account has.
    private static let logs = "$logs"

    /// A page of the containers, as they are at this moment.
    func list(_ query: ContainerListQuery) throws -> ContainerListPage {
        try transaction {
            try dropOutdatedContainers()
            if query.withSystem, try tables.container(Self.logs) == nil {
                _ = try createContainer(Self.logs, metadata: [], publicAccess: nil)
            }
            let range = NameRange(.at(BlobName(query.start ?? "")), prefix: query.prefix)
            // One more than asked for shows that there is a next page; so many may be left out.
            let spare = 1 + (query.withSystem ? 0 : Self.system.count)
            let found = try tables.containers(
                in: range, withDeleted: query.withDeleted, limit: query.limit + spare
            ).filter { query.withSystem || $0.deletion != nil || !Self.system.contains($0.name) }
            var page = ContainerListPage()
            for container in found.prefix(query.limit) {
                page.entries.append(
                    .init(container: container, remainingDays: container.deletion.map { remainingDays(of: $0) }))
            }
            if found.count > query.limit { page.next = found[query.limit].key.text }
            return page
        }
    }
}
