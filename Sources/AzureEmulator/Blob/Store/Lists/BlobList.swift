import struct Foundation.Date

/// Which entries a list of blobs is to have.
struct BlobListQuery: Sendable {
    let container: String
    /// What to start with: a name, or a name and an edition; empty for the first.
    var start = ""
    /// The first name that is no longer listed; empty for none.
    var end = ""
    /// What all entries start with.
    var prefix = ""
    /// Where names behind the prefix are cut; empty for no cuts.
    var delimiter = ""
    /// The most entries.
    let limit: Int
    /// What else is listed, as the request names it.
    var include: Set<String> = []

    /// Where names are looked for.
    var sources: NameSources {
        var sources: NameSources = .blobs
        if include.contains("uncommittedblobs") { sources.insert(.staged) }
        if !include.isDisjoint(with: ["snapshots", "versions", "deleted", "deletedwithversions"]) {
            sources.insert(.editions)
        }
        return sources
    }

    /// Whether an edition is an entry.
    func lists(_ edition: BlobEdition) -> Bool {
        guard edition.deletion == nil || include.contains("deleted") else { return false }
        return switch edition.kind {
        case .snapshot: include.contains("snapshots")
        case .version: include.contains("versions")
        case .blob: true
        }
    }
}

/// A page of a list of blobs.
struct BlobListPage: Sendable {
    /// An entry: a blob, or what a run of names has in common up to a delimiter.
    enum Entry: Sendable {
        case blob(BlobListEntry)
        case prefix(String)
    }

    var entries: [Entry] = []
    /// What the next page starts with: a name, or a name and an edition; nil when this is the last.
    var next: String?
}

/// A blob in a list.
struct BlobListEntry: Sendable {
    enum State: Sendable {
        case blob(BlobRecord)
        /// A name with uncommitted blocks only.
        case uncommitted
        /// A deleted blob of which there are versions.
        case versionsOnly(BlobRecord)
        case edition(BlobEdition)
    }

    let name: String
    let state: State

    var blob: BlobRecord? {
        switch state {
        case .blob(let blob), .versionsOnly(let blob): blob
        case .edition(let edition): edition.blob
        case .uncommitted: nil
        }
    }

    /// The tier at a time, which uncommitted blocks have, too; nil for a blob that has none.
    func tier(at now: Date) -> BlobTier? {
        guard let blob else {
            return BlobTier(name: BlobTier.standard, isInferred: true, changedOn: nil, rehydration: nil)
        }
        return blob.tier(at: now)
    }

    var deletion: BlobEdition.Deletion? {
        if case .edition(let edition) = state { edition.deletion } else { nil }
    }
}

/// What time it is while a list is written.
struct ListTimes: Sendable {
    let leases: Duration
    let date: Date
}

extension BlobStore {
    /// A page of the blobs of a container, as they are at this moment.
    func list(_ query: BlobListQuery) throws -> BlobListPage {
        try transaction {
            let container = try self.container(query.container).id
            try dropOutdated(in: container)
            var lister = BlobLister(query, container, tables)
            return try lister.page()
        }
    }
}
