#if Emulator
import Foundation
import GRDB

extension SQLiteBlobTables {
    private static let columns = "record, runs, kind, id, deleted, until"

    func edition(_ id: String, of name: BlobName, in container: ContainerID) throws -> BlobEdition? {
        try one("AND id = ?", [container.number, name.bytes, id], in: container)
    }

    func lastEdition(of name: BlobName, in container: ContainerID) throws -> BlobEdition? {
        try one("ORDER BY id DESC LIMIT 1", [container.number, name.bytes], in: container)
    }

    private func one(
        _ condition: String, _ arguments: StatementArguments, in container: ContainerID
    ) throws -> BlobEdition? {
        let found = try row(
            "SELECT \(Self.columns) FROM editions WHERE container = ? AND name = ? \(condition)", arguments)
        guard let found, try exists(container) else { return nil }
        return try edition(found)
    }

    private func edition(_ row: Row) throws -> BlobEdition {
        let kinds: [BlobEdition.Kind] = [.snapshot, .version, .blob]
        guard let number = Int(exactly: row[2] as Int64), kinds.indices.contains(number) else {
            throw FieldReader.damaged
        }
        var deletion: BlobEdition.Deletion?
        if let on = row[4] as Double?, let until = row[5] as Double? {
            deletion = BlobEdition.Deletion(
                on: Date(timeIntervalSinceReferenceDate: on), until: Date(timeIntervalSinceReferenceDate: until))
        }
        return BlobEdition(kinds[number], id: row[3], try blob(row), deletion: deletion)
    }

    func editions(of name: BlobName, in container: ContainerID, from id: String, limit: Int) throws -> [BlobEdition] {
        guard try exists(container) else { return [] }
        return try rows(
            "SELECT \(Self.columns) FROM editions WHERE container = ? AND name = ? AND id >= ? ORDER BY id LIMIT ?",
            [container.number, name.bytes, id, limit]
        ).map(edition)
    }

    func put(_ edition: BlobEdition, of name: BlobName, in container: ContainerID) throws {
        try check(container)
        let old = try row(
            "SELECT runs FROM editions WHERE container = ? AND name = ? AND id = ?",
            [container.number, name.bytes, edition.id])
        let runs = try putRuns(of: edition.blob.content, replacing: old?[0])
        let kind: Int64 =
            switch edition.kind {
            case .snapshot: 0
            case .version: 1
            case .blob: 2
            }
        try run(
            "INSERT OR REPLACE INTO editions (container, name, id, kind, deleted, until, record, runs)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                container.number, name.bytes, edition.id, kind,
                edition.deletion?.on.timeIntervalSinceReferenceDate,
                edition.deletion?.until.timeIntervalSinceReferenceDate,
                BlobRow.data(of: edition.blob, offset: offset), runs,
            ])
    }

    func removeEdition(_ id: String, of name: BlobName, in container: ContainerID) throws {
        let old = try row(
            "DELETE FROM editions WHERE container = ? AND name = ? AND id = ? RETURNING runs",
            [container.number, name.bytes, id])
        if let old { try removeRuns(old[0]) }
    }

    func removeEditions(in container: ContainerID, keptUntil end: Date) throws {
        let outdated = try rows(
            "SELECT name, id FROM editions WHERE container = ? AND until <= ?",
            [container.number, end.timeIntervalSinceReferenceDate])
        for row in outdated { try removeEdition(row[1], of: try Self.name(row[0]), in: container) }
    }
}
#endif
