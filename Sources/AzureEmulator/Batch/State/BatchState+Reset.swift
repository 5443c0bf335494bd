import Foundation

extension BatchState {
    /// Removes everything that clients have made, once nothing of it runs: schedules, jobs, pools and certificates.
    mutating func removeEverything(now: Date) {
        // A release task would have up to 15 minutes, on nodes that go.
        for job in Array(jobs.records) where job.support.release != nil { jobs[job.id]?.support.release = nil }
        for schedule in Array(schedules.records) { deleteSchedule(schedule.id, now: now) }
        for job in Array(jobs.records) { deleteJob(job.id, now: now) }
        for run in Array(runs.keys) where runs[run]?.support?.kind == .release { end(run, .terminate) }
        for pool in Array(pools.records) { deletePool(pool.id, now: now) }
        for certificate in Array(certificates.records) { certificates.remove(certificate.key) }
        usage = PoolUsage()
    }

    /// Whether something that is to be removed is still there.
    var isRemovingEverything: Bool {
        schedules.records.contains { $0.state == .deleting } || jobs.records.contains { $0.state == .deleting }
            || pools.records.contains { $0.state == .deleting }
    }
}
