#if Emulator
import AzureCore
import GRDB

/// Keeps the rows of the Batch service in SQLite. A commit is one transaction, and ends when the disk has it.
actor SQLiteBatchTables: BatchTables {
    private let path: String
    private let queue: DatabaseQueue
    /// What is known of the rows that are there.
    private var written = WrittenBatchRows()

    /// Opens the tables, which are made if need be.
    ///
    /// - Throws: An `AzureError` with `fileError` when that cannot be.
    init(_ path: String) async throws {
        self.path = path
        queue = try await BlockingIO.run { try EmulatorDatabase.open(path, BatchMigrations.migrator) }
    }

    /// - Throws: An `AzureError` with `fileError` when it cannot be read, or is damaged.
    func load() async throws -> KeptBatch {
        do {
            let loaded = try await queue.read { database in
                var reader = BatchRowReader(database)
                return (kept: try reader.read(), written: reader.written)
            }
            written = loaded.written
            return loaded.kept
        } catch let error as DatabaseError {
            throw AzureError(code: .fileError, message: "'\(path)' cannot be read: \(error.reason).")
        } catch let damage as RecordDamage {
            throw AzureError(code: .fileError, message: "'\(path)' is damaged: \(damage).")
        }
    }

    /// - Throws: A ``BatchServiceError`` when nothing was kept.
    func commit(_ changes: BatchChanges) async throws {
        do {
            written = try await queue.write { [written] database in
                var writer = BatchRowWriter(database, written)
                for change in changes.changes { try writer.write(change) }
                if let number = changes.lastNode { try writer.writeLastNode(number) }
                return writer.written
            }
        } catch let error as DatabaseError {
            throw BatchServiceError.notKept(error.reason)
        }
    }

    func close() async { _ = try? await BlockingIO.run { [queue] in try queue.close() } }
}

/// What is known of the rows that are there, so that only what has changed is written.
struct WrittenBatchRows: Sendable {
    /// Some of the elements of a list that goes on for ever: the number of the first, and of the one that comes next.
    struct Tail: Sendable, Hashable {
        var first: Int
        var next: Int
    }

    /// The rows of pools and jobs. Those come with each change of what is in them.
    var records: [BatchChanges.Key: [UInt8]] = [:]
    /// What was measured of pools, and what has happened on nodes.
    var tails: [BatchChanges.Key: Tail] = [:]

    /// Forgets a row that is gone, with those below it.
    mutating func remove(_ key: BatchChanges.Key) {
        records[key] = nil
        tails[key] = nil
        guard case .pool(let pool) = key else { return }
        tails = tails.filter { other, _ in
            if case .node(pool: pool, _) = other { false } else { true }
        }
    }
}
#endif
