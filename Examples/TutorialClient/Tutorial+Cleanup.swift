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
    func removeJobAndPool(_ interruption: Interruption) async -> Bool {
        let failures = await batch.removeFootprint(
            asking: plan.asks, keepingPool: plan.keepsPool, interruption: interruption)
        failures.forEach(console.report)
        return failures.isEmpty
    }
}
