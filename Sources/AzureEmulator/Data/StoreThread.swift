import Dispatch
import Synchronization

/// Runs an actor whose calls block, beside the threads that others wait for.
final class StoreThread: SerialExecutor {
    private let queue = DispatchQueue(label: "azure-emulator.store")
    /// Whether there may be something that is not kept yet, so that a commit is about to come.
    let isChanged = Atomic(false)
    /// How often something could not be kept.
    let failures = Atomic(0)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
