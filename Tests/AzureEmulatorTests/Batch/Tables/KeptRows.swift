import Foundation
import Testing

@testable import AzureEmulator

/// Tables in memory, which keep rows as bytes: what comes back is what was written.
struct KeptRows {
    /// A row.
    struct Row: Hashable {
        var position: Int
        var data: Data
        /// What was measured of a pool, or has happened on a node, and how much there has been.
        var tail: [Data] = []
        var total = 0
    }

    private var rows: [BatchChanges.Key: Row] = [:]
    private var lastNode = 0

    mutating func apply(_ changes: BatchChanges) {
        for change in changes.changes {
            guard let row = change.row else {
                remove(change.key)
                continue
            }
            var new = Self.row(row)
            new.position = rows[change.key]?.position ?? change.position
            rows[change.key] = new
        }
        lastNode = changes.lastNode ?? lastNode
    }

    private mutating func remove(_ key: BatchChanges.Key) {
        rows[key] = nil
        rows = rows.filter { other, _ in
            switch (key, other) {
            case (.pool(let pool), .node(pool: let other, _)): pool != other
            case (.job(let job), .task(job: let other, _)): job != other
            default: true
            }
        }
    }

    private static func row(_ row: BatchChanges.Row) -> Row {
        switch row {
        case .pool(let pool):
            Row(
                position: 0, data: RecordWriter.data(pool), tail: pool.history.samples.map(RecordWriter.data),
                total: pool.history.total)
        case .node(let node):
            Row(
                position: 0, data: RecordWriter.data(node), tail: node.log.entries.map(RecordWriter.data),
                total: node.log.total)
        case .job(let job): Row(position: 0, data: RecordWriter.data(job))
        case .task(let task): Row(position: 0, data: RecordWriter.data(task))
        case .schedule(let schedule): Row(position: 0, data: RecordWriter.data(schedule))
        case .certificate(let certificate): Row(position: 0, data: RecordWriter.data(certificate))
        }
    }

    /// Changes the bytes of a row.
    mutating func damage(_ key: BatchChanges.Key, _ body: (inout Data) -> Void) {
        if rows[key] != nil { body(&rows[key]!.data) }
    }

    var keys: [BatchChanges.Key] { rows.sorted { $0.value.position < $1.value.position }.map(\.key) }

    /// What tables would load of it.
    func load() throws -> KeptBatch {
        var kept = KeptBatch()
        kept.lastNode = lastNode
        let sorted = rows.sorted { $0.value.position < $1.value.position }
        for (key, row) in sorted {
            switch key {
            case .pool(let id):
                var pool: PoolRecord = try RecordReader.value(row.data)
                pool.history = AutoscaleHistory(try row.tail.map { try RecordReader.value($0) }, total: row.total)
                for case (.node(pool: id, _), let row) in sorted {
                    var node: NodeRecord = try RecordReader.value(row.data)
                    node.log = NodeLog(try row.tail.map { try RecordReader.value($0) }, total: row.total)
                    _ = pool.nodes.restore(node, id: node.id, position: row.position)
                }
                _ = kept.pools.restore(pool, id: pool.id, position: row.position)
            case .job(let id):
                var job: JobRecord = try RecordReader.value(row.data)
                for case (.task(job: id, _), let row) in sorted {
                    let task: TaskRecord = try RecordReader.value(row.data)
                    _ = job.tasks.restore(task, id: task.id, position: row.position)
                }
                _ = kept.jobs.restore(job, id: job.id, position: row.position)
            case .schedule:
                let schedule: JobScheduleRecord = try RecordReader.value(row.data)
                _ = kept.schedules.restore(schedule, id: schedule.id, position: row.position)
            case .certificate:
                let certificate: CertificateRecord = try RecordReader.value(row.data)
                _ = kept.certificates.restore(certificate, id: certificate.key, position: row.position)
            case .node, .task: continue
            }
        }
        return kept
    }
}

/// Everything that is kept of a state, in order, to be compared.
struct KeptContent: Hashable {
    private var rows: [KeptRows.Row] = []

    init(_ kept: KeptBatch) {
        var state = BatchState(nodeQuota: 1)
        state.pools = kept.pools
        state.jobs = kept.jobs
        state.schedules = kept.schedules
        state.certificates = kept.certificates
        self.init(state)
    }

    init(_ state: BatchState) {
        for pool in state.pools.records {
            add(pool, tail: pool.history.samples.map(RecordWriter.data), total: pool.history.total)
            for node in pool.nodes.records {
                add(node, tail: node.log.entries.map(RecordWriter.data), total: node.log.total)
            }
        }
        for job in state.jobs.records {
            add(job)
            for task in job.tasks.records { add(task) }
        }
        for schedule in state.schedules.records { add(schedule) }
        for certificate in state.certificates.records { add(certificate) }
    }

    private mutating func add(_ record: some RecordCodable, tail: [Data] = [], total: Int = 0) {
        rows.append(KeptRows.Row(position: rows.count, data: RecordWriter.data(record), tail: tail, total: total))
    }
}
