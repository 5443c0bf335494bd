import Foundation

extension BatchValidation {
    /// The tasks that a job has beside those of its list.
    static func jobSupport(_ job: JSONValue) throws {
        let preparation = job["jobPreparationTask"] ?? .null
        let release = job["jobReleaseTask"] ?? .null
        let manager = job["jobManagerTask"] ?? .null
        if !preparation.isNull {
            try supportTask(preparation, at: "jobPreparationTask.")
            try constraints(preparation["constraints"])
        }
        if !release.isNull {
            guard !preparation.isNull else {
                throw BatchServiceError.invalidProperty(
                    "jobReleaseTask", "", "A job with a release task must have a preparation task")
            }
            try supportTask(release, at: "jobReleaseTask.")
            try releaseTime(release)
        }
        if !manager.isNull { try task(manager) }
        let support = JobSupport(job)
        let ids = [support.preparation?.id, support.release?.id, support.manager?.id].compactMap { $0?.lowercased() }
        guard Set(ids).count == ids.count else {
            throw BatchServiceError.invalidProperty(
                "id", ids.joined(separator: ", "), "The tasks of a job must have different ids")
        }
    }

    private static func supportTask(_ body: JSONValue, at path: String) throws {
        if !(body["id"] ?? .null).isNull { try id(body) }
        try commandLine(body, at: path)
        try files(body)
        try environment(body["environmentSettings"])
    }

    private static func releaseTime(_ release: JSONValue) throws {
        try positiveDuration(release, "maxWallClockTime")
        guard let text = release["maxWallClockTime"]?.string, let time = BatchDuration.parse(text),
            time > JobSupport.Release.maxTime
        else { return }
        throw BatchServiceError.invalidProperty("maxWallClockTime", text, "It must be at most 15 minutes")
    }
}

extension BatchValidation {
    /// The pool that a new job brings along; nil when it names one.
    static func autoPool(of job: JSONValue, names: AutoscaleNames, now: Date) throws -> AutoPool? {
        guard let info = job["poolInfo"], let specification = info["autoPoolSpecification"], !specification.isNull
        else {
            return nil
        }
        guard (info["poolId"] ?? .null).isNull else {
            throw BatchServiceError.invalidProperty(
                "poolInfo", info["poolId"]?.string ?? "", "It must have either a pool or an auto pool")
        }
        guard !AutoPool.isShared(specification) else {
            throw BatchServiceError.invalidProperty(
                "poolLifetimeOption", "jobschedule", "A job that belongs to no schedule needs 'job'")
        }
        return try autoPool(specification, names: names, now: now)
    }

    /// The pool of a job, or of a schedule of jobs.
    static func autoPool(_ specification: JSONValue, names: AutoscaleNames, now: Date) throws -> AutoPool {
        if let prefix = specification["autoPoolIdPrefix"]?.string, !prefix.isEmpty {
            try id(["id": .string(prefix)])
            guard prefix.utf8.count <= AutoPool.maxPrefix else {
                throw BatchServiceError.invalidProperty(
                    "autoPoolIdPrefix", prefix, "It must have at most \(AutoPool.maxPrefix) characters")
            }
        }
        guard let body = specification["pool"], !body.isNull else {
            throw BatchServiceError.missingProperty("poolInfo.autoPoolSpecification.pool")
        }
        try poolBody(body, now: now)
        try refuse(body, ["mountConfiguration": "mounted file systems of auto pools"])
        return AutoPool(specification, autoscale: try autoscale(body, names: names, now: now))
    }

    /// What may be changed of the pool that a job has brought along.
    static func autoPoolChange(_ body: JSONValue, of job: JobRecord) throws {
        guard let specification = body["poolInfo"]?["autoPoolSpecification"], !specification.isNull else { return }
        guard job.autoPool != nil else {
            throw BatchServiceError.invalidProperty(
                "autoPoolSpecification", "", "The job has a pool that it has named")
        }
    }

    /// Nothing but `keepAlive` of an auto pool can be changed.
    static func keepAutoPool(of before: JSONValue, in properties: inout JSONValue) {
        guard let old = before["poolInfo"]?["autoPoolSpecification"], !old.isNull,
            let new = properties["poolInfo"]?["autoPoolSpecification"], !new.isNull
        else { return }
        var kept = old
        if let keepAlive = new["keepAlive"], !keepAlive.isNull { kept["keepAlive"] = keepAlive }
        properties["poolInfo"] = ["autoPoolSpecification": kept]
    }
}

extension BatchState {
    /// Refuses the ids that the preparation and release tasks of a job have.
    func checkTaskID(_ task: JSONValue, of job: String) throws {
        guard let support = jobs[job]?.support, let id = task["id"]?.string?.lowercased() else { return }
        if support.preparation?.id.lowercased() == id {
            throw BatchServiceError.conflict(
                "TaskIdSameAsJobPreparationTask",
                "The specified task id is the same as that of the job preparation task.")
        }
        if support.release?.id.lowercased() == id {
            throw BatchServiceError.conflict(
                "TaskIdSameAsJobReleaseTask", "The specified task id is the same as that of the job release task.")
        }
    }
}
