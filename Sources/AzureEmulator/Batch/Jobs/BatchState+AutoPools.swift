import Foundation

extension BatchState {
    /// Makes the pool that a job, or a schedule of jobs, brings along.
    ///
    /// - Returns: Its id.
    /// - Throws: A ``BatchServiceError`` when the id is taken.
    mutating func createAutoPool(_ autoPool: AutoPool, now: Date) throws -> String {
        let id = autoPool.id
        var properties = autoPool.properties
        properties["id"] = .string(id)
        let pool = PoolRecord(
            id: id, created: now, properties: properties, version: BatchResourceVersion(now: now), stateTime: now,
            allocationTime: now, targetDedicated: Int(properties["targetDedicatedNodes"]?.integer ?? 0),
            targetLowPriority: Int(properties["targetLowPriorityNodes"]?.integer ?? 0), autoscale: autoPool.autoscale)
        guard createPool(pool, now: now) else { throw BatchServiceError.exists("Pool") }
        return id
    }

    /// Deletes the pool that a job has brought along, unless it is to be kept.
    mutating func endAutoPool(of job: String, now: Date) {
        guard let record = jobs[job], let pool = record.autoPool, pools[pool]?.state == .active,
            let info = record.properties["poolInfo"]?["autoPoolSpecification"],
            !AutoPool.isShared(info), info["keepAlive"]?.bool != true
        else { return }
        deletePool(pool, now: now)
    }

    /// Lets go of the pool that a job has brought along, because it gets another.
    mutating func leaveAutoPool(of job: String, now: Date) {
        endAutoPool(of: job, now: now)
        jobs[job]?.autoPool = nil
    }
}

/// A pool that is to be made for a job.
struct AutoPool: Sendable {
    /// The most characters of the prefix that a client may give its id.
    static let maxPrefix = 20

    let id: String
    /// What the pool is to be.
    let properties: JSONValue
    let autoscale: PoolAutoscale?

    /// Whether all jobs of a schedule have one pool.
    static func isShared(_ specification: JSONValue) -> Bool {
        specification["poolLifetimeOption"]?.string?.lowercased() == "jobschedule"
    }

    /// - Parameters:
    ///   - specification: What a client wrote, checked.
    ///   - unique: What tells the id of the pool from all others.
    init(_ specification: JSONValue, autoscale: PoolAutoscale?, unique: UUID = UUID()) {
        let prefix = specification["autoPoolIdPrefix"]?.string ?? ""
        id = (prefix.isEmpty ? "" : prefix + "_") + unique.uuidString
        properties = specification["pool"] ?? [:]
        self.autoscale = autoscale
    }
}
