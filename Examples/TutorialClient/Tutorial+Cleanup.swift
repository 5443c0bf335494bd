import SampleSupport

extension Tutorial {
    /// Deletes the containers of this run, unless they shall stay.
    ///
    /// - Returns: Whether all of it succeeded.
    func removeContainers() async -> Bool {
        guard await !storage.footprint.hasNoBlobs else { return true }
        guard !plan.keepsContainers else {
            console.print("Keeping containers.")
            return true
        }
        console.print("Deleting containers...")
        let failures = await storage.removeFootprint()
        failures.forEach(console.report)
        return failures.isEmpty
    }

    /// Deletes the job and the pool if that is wanted.
    ///
    /// - Returns: Whether all of it succeeded.
    func removeJobAndPool() async -> Bool {
        let failures = await batch.removeFootprint(asking: plan.asks)
        failures.forEach(console.report)
        return failures.isEmpty
    }
}
