#if Emulator
import Foundation
import GRDB

/// Reads everything that was kept.
struct BatchRowReader {
    private let database: Database
    /// What is known of the rows that were read.
    private(set) var written = WrittenBatchRows()

    init(_ database: Database) { self.database = database }

    /// - Throws: A ``RecordDamage`` when a row is none, or two do not go together; a `DatabaseError`.
    mutating func read() throws -> KeptBatch {
        var kept = KeptBatch()
        try readPools(into: &kept)
        try readJobs(into: &kept)
        try rows("SELECT id, position, record FROM schedules ORDER BY position") { row in
            let record: JobScheduleRecord = try row.record(at: 2)
            try check(kept.schedules.restore(record, id: record.id, position: row.position(at: 1)), row)
        }
        try rows("SELECT id, position, record FROM certificates ORDER BY position") { row in
            let record: CertificateRecord = try row.record(at: 2)
            try check(kept.certificates.restore(record, id: record.key, position: row.position(at: 1)), row)
        }
        try rows("SELECT name, value FROM numbers WHERE name = 'node'") { kept.lastNode = try $0.position(at: 1) }
        return kept
    }

    // MARK: Pools

    private mutating func readPools(into kept: inout KeptBatch) throws {
        var records: [BatchChanges.Key: [UInt8]] = [:]
        var tails: [BatchChanges.Key: WrittenBatchRows.Tail] = [:]
        try rows("SELECT id, position, record FROM pools ORDER BY position") { row in
            let id: String = try row.value(at: 0)
            var pool: PoolRecord = try row.record(at: 2)
            records[.pool(id)] = try [UInt8](row.value(at: 2, Data.self))
            let (samples, tail): ([AutoscaleSample], WrittenBatchRows.Tail) = try readTail(
                "SELECT number, sample FROM pool_samples WHERE pool = ? ORDER BY number", [id])
            pool.history = AutoscaleHistory(samples, total: tail.next)
            tails[.pool(id)] = tail
            for (node, position) in try readNodes(of: id, &tails) {
                try check(pool.nodes.restore(node, id: node.id, position: position), row)
            }
            try check(
                pool.id.lowercased() == id && kept.pools.restore(pool, id: id, position: row.position(at: 1)), row)
        }
        written.records.merge(records) { $1 }
        written.tails = tails
    }

    private func readNodes(
        of pool: String, _ tails: inout [BatchChanges.Key: WrittenBatchRows.Tail]
    ) throws -> [(NodeRecord, Int)] {
        var nodes: [(NodeRecord, Int)] = []
        try rows("SELECT id, position, record FROM nodes WHERE pool = ? ORDER BY position", [pool]) { row in
            let id: String = try row.value(at: 0)
            var node: NodeRecord = try row.record(at: 2)
            let (events, tail): ([NodeLog.Entry], WrittenBatchRows.Tail) = try readTail(
                "SELECT number, event FROM node_events WHERE pool = ? AND node = ? ORDER BY number", [pool, id])
            node.log = NodeLog(events, total: tail.next)
            tails[.node(pool: pool, id)] = tail
            try check(node.id.lowercased() == id, row)
            nodes.append((node, try row.position(at: 1)))
        }
        return nodes
    }

    private func readTail<Element: RecordCodable>(
        _ sql: String, _ arguments: StatementArguments
    ) throws -> ([Element], WrittenBatchRows.Tail) {
        var elements: [Element] = []
        var tail = WrittenBatchRows.Tail(first: 0, next: 0)
        try rows(sql, arguments) { row in
            let number = try row.position(at: 0)
            if elements.isEmpty { tail.first = number }
            elements.append(try row.record(at: 1))
            tail.next = number + 1
        }
        return (elements, tail)
    }

    // MARK: Jobs

    private mutating func readJobs(into kept: inout KeptBatch) throws {
        var records: [BatchChanges.Key: [UInt8]] = [:]
        try rows("SELECT id, position, record FROM jobs ORDER BY position") { row in
            let id: String = try row.value(at: 0)
            var job: JobRecord = try row.record(at: 2)
            records[.job(id)] = try [UInt8](row.value(at: 2, Data.self))
            try rows("SELECT id, position, record FROM tasks WHERE job = ? ORDER BY position", [id]) { row in
                let task: TaskRecord = try row.record(at: 2)
                try check(job.tasks.restore(task, id: task.id, position: row.position(at: 1)), row)
            }
            try check(job.id.lowercased() == id && kept.jobs.restore(job, id: id, position: row.position(at: 1)), row)
        }
        written.records.merge(records) { $1 }
    }

    // MARK: Rows

    private func rows(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(), _ body: (Row) throws -> Void
    ) throws {
        let cursor = try Row.fetchCursor(database, sql: sql, arguments: arguments)
        while let row = try cursor.next() { try body(row) }
    }

    private func check(_ isSound: Bool, _ row: Row) throws {
        guard isSound else { throw RecordDamage(reason: "A row that does not go with the others", offset: 0) }
    }
}

extension Row {
    /// The largest number of a position.
    private static let lastPosition = 1 << 53

    fileprivate func value<Value: DatabaseValueConvertible>(at column: Int, _ type: Value.Type = Value.self) throws
        -> Value
    {
        do { return try decode(type, atIndex: column) } catch {
            throw RecordDamage(reason: "No value in column \(column)", offset: 0)
        }
    }

    fileprivate func record<Record: RecordCodable>(at column: Int) throws -> Record {
        try RecordReader.value(value(at: column, Data.self))
    }

    fileprivate func position(at column: Int) throws -> Int {
        let position: Int = try value(at: column)
        guard (0...Self.lastPosition).contains(position) else {
            throw RecordDamage(reason: "A position out of range", offset: 0)
        }
        return position
    }
}
#endif
