#if Emulator
import Foundation
import GRDB

/// Writes rows that have changed, within a transaction.
struct BatchRowWriter {
    private let database: Database
    private(set) var written: WrittenBatchRows

    init(_ database: Database, _ written: WrittenBatchRows) {
        self.database = database
        self.written = written
    }

    mutating func write(_ change: BatchChanges.Change) throws {
        guard let row = change.row else { return try remove(change.key) }
        switch row {
        case .pool(let pool):
            try write(pool, change, into: "pools")
            try writeSamples(of: pool, change.key)
        case .node(let node): try write(node, change)
        case .job(let job): try write(job, change, into: "jobs")
        case .task(let task):
            try execute(
                """
                INSERT INTO tasks(job, id, position, record) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET record = excluded.record
                """, change.key.parent, change.key.id, change.position, RecordWriter.data(task))
        case .schedule(let schedule): try put(RecordWriter.data(schedule), change, into: "schedules")
        case .certificate(let certificate): try put(RecordWriter.data(certificate), change, into: "certificates")
        }
    }

    func writeLastNode(_ number: Int) throws {
        try execute(
            "INSERT INTO numbers(name, value) VALUES ('node', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            number)
    }

    // MARK: Records

    /// Writes a pool or a job, if it is not there as it is.
    private mutating func write(
        _ record: some RecordCodable, _ change: BatchChanges.Change, into table: String
    ) throws {
        let data = RecordWriter.data(record)
        if written.records[change.key].map({ !data.elementsEqual($0) }) ?? true {
            try put(data, change, into: table)
            written.records[change.key] = [UInt8](data)
        }
    }

    private mutating func writeSamples(of pool: PoolRecord, _ key: BatchChanges.Key) throws {
        let tail = try writeTail(pool.history.samples, total: pool.history.total, of: key) { number, sample in
            try execute("INSERT INTO pool_samples(pool, number, sample) VALUES (?, ?, ?)", key.id, number, sample)
        } trim: { first in
            try execute("DELETE FROM pool_samples WHERE pool = ? AND number < ?", key.id, first)
        }
        written.tails[key] = tail
    }

    private mutating func write(_ node: NodeRecord, _ change: BatchChanges.Change) throws {
        let (pool, id) = (change.key.parent, change.key.id)
        try execute(
            """
            INSERT INTO nodes(pool, id, position, record) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET record = excluded.record
            """, pool, id, change.position, RecordWriter.data(node))
        let tail = try writeTail(node.log.entries[...], total: node.log.total, of: change.key) { number, event in
            try execute(
                "INSERT INTO node_events(pool, node, number, event) VALUES (?, ?, ?, ?)", pool, id, number, event)
        } trim: { first in
            try execute("DELETE FROM node_events WHERE pool = ? AND node = ? AND number < ?", pool, id, first)
        }
        written.tails[change.key] = tail
    }

    /// Writes a row of a table whose rows have nothing but a record.
    private func put(_ record: Data, _ change: BatchChanges.Change, into table: String) throws {
        try execute(
            """
            INSERT INTO \(table)(id, position, record) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET record = excluded.record
            """, change.key.id, change.position, record)
    }

    /// Writes the elements of a list that have come since the last time, and removes those that are no longer in it.
    ///
    /// - Returns: What is there now.
    private func writeTail(
        _ elements: ArraySlice<some RecordCodable>, total: Int, of key: BatchChanges.Key,
        insert: (Int, Data) throws -> Void, trim: (Int) throws -> Void
    ) throws -> WrittenBatchRows.Tail {
        let known = written.tails[key] ?? WrittenBatchRows.Tail(first: 0, next: 0)
        let tail = WrittenBatchRows.Tail(first: total - elements.count, next: total)
        guard tail != known else { return known }
        if tail.first > known.first { try trim(tail.first) }
        for number in max(known.next, tail.first)..<max(known.next, tail.next) {
            try insert(number, RecordWriter.data(elements[elements.startIndex + number - tail.first]))
        }
        return tail
    }

    // MARK: The end of rows

    /// Removes a row with those below it.
    private mutating func remove(_ key: BatchChanges.Key) throws {
        written.remove(key)
        switch key {
        case .pool(let id):
            for table in ["nodes", "node_events", "pool_samples"] {
                try execute("DELETE FROM \(table) WHERE pool = ?", id)
            }
            try execute("DELETE FROM pools WHERE id = ?", id)
        case .node(let pool, let id):
            try execute("DELETE FROM node_events WHERE pool = ? AND node = ?", pool, id)
            try execute("DELETE FROM nodes WHERE pool = ? AND id = ?", pool, id)
        case .job(let id):
            try execute("DELETE FROM tasks WHERE job = ?", id)
            try execute("DELETE FROM jobs WHERE id = ?", id)
        case .task(let job, let id): try execute("DELETE FROM tasks WHERE job = ? AND id = ?", job, id)
        case .schedule(let id): try execute("DELETE FROM schedules WHERE id = ?", id)
        case .certificate(let id): try execute("DELETE FROM certificates WHERE id = ?", id)
        }
    }

    private func execute(_ sql: String, _ arguments: (any DatabaseValueConvertible)...) throws {
        try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments))
    }
}

extension BatchChanges.Key {
    fileprivate var id: String {
        switch self {
        case .pool(let id), .job(let id), .schedule(let id), .certificate(let id): id
        case .node(pool: _, let id), .task(job: _, let id): id
        }
    }

    /// The pool of a node, or the job of a task.
    fileprivate var parent: String {
        switch self {
        case .node(let pool, _): pool
        case .task(let job, _): job
        default: ""
        }
    }
}
#endif
