#if Emulator
import Foundation
import GRDB

extension SQLiteBlobTables {
    func blob(_ name: BlobName, in container: ContainerID) throws -> BlobRecord? {
        let found = try row(
            "SELECT record, runs FROM blobs WHERE container = ? AND name = ?", [container.number, name.bytes])
        guard let found, try exists(container) else { return nil }
        return try blob(found)
    }

    /// The blob of a row that begins with record and runs.
    func blob(_ row: Row) throws -> BlobRecord {
        try BlobRow.blob(row[0], try contents.content(row[1]), offset: offset)
    }

    func put(_ blob: BlobRecord, as name: BlobName, in container: ContainerID) throws {
        try check(container)
        let old = try row(
            "SELECT runs FROM blobs WHERE container = ? AND name = ?", [container.number, name.bytes])
        let runs = try putRuns(of: blob.content, replacing: old?[0])
        try run(
            "INSERT OR REPLACE INTO blobs (container, name, tagged, record, runs) VALUES (?, ?, ?, ?, ?)",
            [container.number, name.bytes, !blob.tags.isEmpty, BlobRow.data(of: blob, offset: offset), runs])
    }

    func removeBlob(_ name: BlobName, in container: ContainerID) throws {
        let old = try row(
            "DELETE FROM blobs WHERE container = ? AND name = ? RETURNING runs", [container.number, name.bytes])
        if let old { try removeRuns(old[0]) }
    }

    func names(
        in container: ContainerID, _ range: NameRange, from sources: NameSources, limit: Int
    ) throws -> [NamedRow] {
        guard let bounds = NameBounds(range), limit > 0, try exists(container) else { return [] }
        var found: [BlobName: NamedRow] = [:]
        var names: [BlobName] = []
        if sources.contains(.blobs) {
            let page = try rows(
                "SELECT record, runs, name FROM blobs WHERE container = ? AND \(bounds.condition("name"))"
                    + " ORDER BY name LIMIT ?", [container.number] + bounds.arguments + [limit])
            for row in page {
                let name = try Self.name(row[2])
                names.append(name)
                found[name] = NamedRow(name: name, blob: try blob(row))
            }
        }
        for (source, table) in [(NameSources.staged, "stagings"), (.editions, "editions")]
        where sources.contains(source) {
            let others = try self.names(table, container, range, limit)
            for name in others {
                var row = found[name] ?? NamedRow(name: name)
                if source == .staged { row.isStaged = true } else { row.hasEditions = true }
                found[name] = row
            }
            names = names.merged(with: others, limit: limit)
        }
        return names.compactMap { found[$0] }
    }

    /// The names that a table has, each once.
    private func names(
        _ table: String, _ container: ContainerID, _ range: NameRange, _ limit: Int
    ) throws -> [BlobName] {
        var (range, result): (NameRange, [BlobName]) = (range, [])
        // One by one, since a name may have any number of rows.
        while result.count < limit, let bounds = NameBounds(range) {
            let next = try row(
                "SELECT name FROM \(table) WHERE container = ? AND \(bounds.condition("name")) ORDER BY name LIMIT 1",
                [container.number] + bounds.arguments)
            guard let next else { break }
            result.append(try Self.name(next[0]))
            range.start = .after(result[result.count - 1])
        }
        return result
    }

    static func name(_ bytes: Data) throws -> BlobName {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw FieldReader.damaged }
        return BlobName(text)
    }

    func taggedBlobs(in container: ContainerID, _ range: NameRange, limit: Int) throws -> [TaggedBlob] {
        guard let bounds = NameBounds(range), try exists(container) else { return [] }
        return try rows(
            "SELECT record, name FROM blobs INDEXED BY tagged_blobs WHERE tagged AND container = ?"
                + " AND \(bounds.condition("name")) ORDER BY name LIMIT ?",
            [container.number] + bounds.arguments + [limit]
        ).map { row in
            TaggedBlob(
                name: try Self.name(row[1]), tags: try BlobRow.blob(row[0], BlobContent([]), offset: offset).tags)
        }
    }
}
#endif
