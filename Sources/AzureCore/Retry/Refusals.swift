import Synchronization

/// Notes whether the service had no time for a try of a call, with 503 or 429, even if a later try succeeded. Whoever
/// has many calls under way gives it to each, and sends fewer then.
package final class Refusals: Sendable {
    private let count = Atomic(0)

    package init() {}

    /// Whether there was one.
    package var isNoted: Bool { count.load(ordering: .relaxed) > 0 }

    func note() {
        count.add(1, ordering: .relaxed)
    }
}
