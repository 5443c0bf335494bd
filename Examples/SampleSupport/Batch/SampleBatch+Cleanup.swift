import BatchService

extension SampleBatch {
    /// Deletes the job and the pool if that is wanted.
    ///
    /// With nobody to ask, what the run created is deleted, and what was there before stays.
    ///
    /// - Parameter asks: Whether there is somebody to ask.
    /// - Returns: What could not be deleted, and why.
    public func removeFootprint(asking asks: Bool) async -> [SampleFailure] {
        var failures: [SampleFailure] = []
        if let job = await footprint.job, await isUnwanted("job", job, isNew: true, asks: asks) {
            await SampleFailure.keep(in: &failures, during: "Deleting job [\(job)]") {
                try await client.jobs.delete(job)
            }
        }
        if let pool = await footprint.pool, await isUnwanted("pool", pool.id, isNew: pool.isNew, asks: asks) {
            await SampleFailure.keep(in: &failures, during: "Deleting pool [\(pool.id)]") {
                try await client.pools.delete(pool.id)
            }
        }
        return failures
    }

    private func isUnwanted(_ what: String, _ id: String, isNew: Bool, asks: Bool) async -> Bool {
        if asks { return await console.confirm("Delete \(what)?") }
        console.print(isNew ? "Deleting \(what) [\(id)]..." : "Keeping \(what) [\(id)], which was there before.")
        return isNew
    }
}
