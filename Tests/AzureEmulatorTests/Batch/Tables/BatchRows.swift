@testable import AzureEmulator

/// Rows in memory, as tables keep them: a row that goes takes those below it along.
struct BatchRows {
    private(set) var rows: [BatchChanges.Key: BatchChanges.Row] = [:]
    private(set) var lastNode = 0

    mutating func apply(_ changes: BatchChanges) {
        for change in changes.changes {
            rows[change.key] = change.row
            guard change.row == nil else { continue }
            rows = rows.filter { key, _ in
                switch (change.key, key) {
                case (.pool(let pool), .node(pool: let other, _)): pool != other
                case (.job(let job), .task(job: let other, _)): job != other
                default: true
                }
            }
        }
        lastNode = changes.lastNode ?? lastNode
    }

    /// All rows of a state, found by a look at everything.
    init(of state: BatchState) {
        for pool in state.pools.records {
            var row = pool
            row.nodes = IndexedTable()
            rows[.pool(pool.id.lowercased())] = .pool(row)
            for node in pool.nodes.records {
                rows[.node(pool: pool.id.lowercased(), node.id.lowercased())] = .node(node)
            }
        }
        for job in state.jobs.records {
            rows[.job(job.id.lowercased())] = .job(job.withoutTasks)
            for task in job.tasks.records { rows[.task(job: job.id.lowercased(), task.id.lowercased())] = .task(task) }
        }
        for schedule in state.schedules.records { rows[.schedule(schedule.id.lowercased())] = .schedule(schedule) }
        for certificate in state.certificates.records {
            rows[.certificate(certificate.key)] = .certificate(certificate)
        }
    }

    init() {}

    /// The keys of the rows that are in one of both only, or are not the same.
    func differences(from other: BatchRows) -> [BatchChanges.Key] {
        Set(rows.keys).union(other.rows.keys).filter { key in
            rows[key].map { "\($0)" } != other.rows[key].map { "\($0)" }
        }
    }
}
