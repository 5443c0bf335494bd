import Synchronization

/// Notes whether the service had no time for a request of the current task, with 503 or 429, even if a later try of it
/// succeeded. Whoever has many requests under way sends fewer then.
package final class Refusals: Sendable {
    /// Where requests of this task are noted.
    @TaskLocal package static var current: Refusals?

    private let count = Atomic(0)

    package init() {}

    /// Whether there was one.
    package var isNoted: Bool { count.load(ordering: .relaxed) > 0 }

    func note() {
        count.add(1, ordering: .relaxed)
    }
}
