#if Emulator
import Foundation
import GRDB

extension SQLiteBlobTables {
    func container(_ name: String) throws -> ContainerRecord? { try container(ContainerRecord.key(name, version: nil)) }

    func deletedContainer(_ name: String, version: String) throws -> ContainerRecord? {
        try container(ContainerRecord.key(name, version: version))
    }

    private func container(_ key: BlobName) throws -> ContainerRecord? {
        try row("SELECT id, record FROM containers WHERE key = ?", [key.bytes]).map(record)
    }

    private func record(_ row: Row) throws -> ContainerRecord {
        try ContainerRow.container(ContainerID(number: row[0]), row[1], offset: offset)
    }

    func containers(in range: NameRange, withDeleted: Bool, limit: Int) throws -> [ContainerRecord] {
        guard let bounds = NameBounds(range) else { return [] }
        return try rows(
            "SELECT id, record FROM containers WHERE \(bounds.condition("key"))"
                + (withDeleted ? "" : " AND deleted IS NULL") + " ORDER BY key LIMIT ?",
            bounds.arguments + [limit]
        ).map(record)
    }

    func put(_ container: ContainerRecord) throws {
        try run(
            "INSERT OR REPLACE INTO containers (id, key, deleted, record) VALUES (?, ?, ?, ?)",
            [
                container.id.number, container.key.bytes, container.deletion?.on.timeIntervalSinceReferenceDate,
                ContainerRow.data(of: container, offset: offset),
            ])
    }

    func removeContainer(_ id: ContainerID) throws {
        guard try row("DELETE FROM containers WHERE id = ? RETURNING id", [id.number]) != nil else { return }
        try run("INSERT INTO removed_containers VALUES (?)", [id.number])
    }

    func removeContainers(deletedUntil end: Date) throws {
        let outdated = try rows(
            "SELECT id FROM containers WHERE deleted <= ?", [end.timeIntervalSinceReferenceDate])
        for row in outdated { try removeContainer(ContainerID(number: row[0])) }
    }

    func endOfDeletion(of name: String) throws -> Duration? {
        try row("SELECT until FROM ends_of_deletions WHERE name = ?", [Data(name.utf8)]).map {
            .nanoseconds($0[0] as Int64) - offset
        }
    }

    func put(endOfDeletion end: Duration?, of name: String) throws {
        guard let end else { return try run("DELETE FROM ends_of_deletions WHERE name = ?", [Data(name.utf8)]) }
        try run(
            "INSERT OR REPLACE INTO ends_of_deletions VALUES (?, ?)",
            [Data(name.utf8), (end + offset).wholeNanoseconds])
    }

    func removeEndsOfDeletion() throws { try run("DELETE FROM ends_of_deletions") }

    /// Checks that there is a container, deleted or not.
    func check(_ container: ContainerID) throws {
        guard try exists(container) else { throw BlobServiceError.containerNotFound }
    }

    /// Whether there is a container, deleted or not. What is left of one that is not there is nobody's.
    func exists(_ container: ContainerID) throws -> Bool {
        try row("SELECT 1 FROM containers WHERE id = ?", [container.number]) != nil
    }
}
#endif
