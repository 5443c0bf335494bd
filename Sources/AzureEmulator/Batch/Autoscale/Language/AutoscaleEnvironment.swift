/// The names that a version of the service has for numbers of nodes.
enum AutoscaleNames: String, Sendable {
    /// Nodes are dedicated or of low priority: `$TargetDedicatedNodes`, `$CurrentDedicatedNodes`.
    case current
    /// All nodes are dedicated: `$TargetDedicated`, `$CurrentDedicated`.
    case dedicatedOnly

    /// The names of a version of the service; low priority came with 2017-05-01.5.0.
    init(apiVersion: String) {
        self = apiVersion < "2017-05-01" ? .dedicatedOnly : .current
    }
}

/// What a formula is evaluated with.
struct AutoscaleEnvironment: Sendable {
    var now: AutoscaleTime
    var targetDedicated: Int
    var targetLowPriority: Int
    var taskSlotsPerNode = 1
    /// How the pool is now.
    var current = AutoscaleSample.Values()
    /// How it was.
    var history = AutoscaleHistory()
    var names = AutoscaleNames.current
}
