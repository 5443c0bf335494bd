import struct Foundation.Date

/// What a list of blobs has under each name.
struct ListedEditions: Sendable {
    private let container: ContainerRecord
    private let include: Set<String>

    init(of container: ContainerRecord, including include: Set<String>) {
        self.container = container
        self.include = include
    }

    /// The entries under a name, in order: the times of editions, then the blob itself.
    func ids(of name: BlobName) -> [String] {
        if container.editions.isEmpty, container.blobs[name] != nil { return [ListPage.whole] }
        var ids = (container.editions[name] ?? []).filter(isListed).map(\.id)
        let isThere =
            container.blobs[name] != nil
            || include.contains("uncommittedblobs") && container.staged[name] != nil
            || include.contains("deletedwithversions") && lastVersion(of: name) != nil
        if isThere { ids.append(ListPage.whole) }
        return ids
    }

    /// The entry for a name itself.
    func whole(_ name: BlobName) -> BlobListEntry.State {
        if let blob = container.blobs[name] { return .blob(blob) }
        if include.contains("deletedwithversions"), let version = lastVersion(of: name) {
            return .versionsOnly(version)
        }
        return .uncommitted
    }

    private func isListed(_ edition: BlobEdition) -> Bool {
        guard edition.deletion == nil || include.contains("deleted") else { return false }
        return switch edition.kind {
        case .snapshot: include.contains("snapshots")
        case .version: include.contains("versions")
        case .blob: true
        }
    }

    /// The last version of a blob that was deleted and is not kept otherwise.
    private func lastVersion(of name: BlobName) -> BlobRecord? {
        container.editions[name]?.last { $0.kind == .version && $0.deletion == nil }?.blob
    }
}

/// What time it is while a list is written.
struct ListTimes: Sendable {
    let leases: Duration
    let date: Date
}

/// An entry of a list of blobs.
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

    var deletion: BlobEdition.Deletion? {
        if case .edition(let edition) = state { edition.deletion } else { nil }
    }
}
