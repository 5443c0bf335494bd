import BatchService

extension SampleBatch {
    /// Deletes the job and the pool if that is wanted.
    ///
    /// With nobody to ask, and after an interruption, what the run created is deleted, and what was there before stays.
    ///
    /// - Parameters:
    ///   - asks: Whether there is somebody to ask.
    ///   - keepsPool: Whether the pool stays for the next run.
    ///   - interruption: Whether the run was interrupted.
    /// - Returns: What could not be deleted, and why.
    public func removeFootprint(
        asking asks: Bool, keepingPool keepsPool: Bool = false, interruption: Interruption
    ) async -> [SampleFailure] {
        var failures: [SampleFailure] = []
        let isUnwanted = { (what: String, id: String, isNew: Bool) in
            await self.isUnwanted(what, id, isNew: isNew, asks: asks, interruption: interruption)
        }
        if let job = await footprint.job, await isUnwanted("job", job, true) {
            await SampleFailure.keep(in: &failures, during: "Deleting job [\(job)]") {
                try await client.jobs.delete(job)
                await footprint.removeJob()
            }
        }
        guard let pool = await footprint.pool else { return failures }
        if keepsPool {
            console.print("Keeping pool [\(pool.id)] for the next run.")
        } else if await isUnwanted("pool", pool.id, pool.isNew) {
            await SampleFailure.keep(in: &failures, during: "Deleting pool [\(pool.id)]") {
                try await client.pools.delete(pool.id)
                await footprint.removePool()
            }
        }
        return failures
    }

    private func isUnwanted(
        _ what: String, _ id: String, isNew: Bool, asks: Bool, interruption: Interruption
    ) async -> Bool {
        if asks, interruption.signal == nil {
            let answer = try? await interruption.cancelling { [console] in await console.confirm("Delete \(what)?") }
            if interruption.signal == nil { return answer ?? false }
            // The interruption was the answer.
            console.print()
        }
        console.print(isNew ? "Deleting \(what) [\(id)]..." : "Keeping \(what) [\(id)], which was there before.")
        return isNew
    }
}
