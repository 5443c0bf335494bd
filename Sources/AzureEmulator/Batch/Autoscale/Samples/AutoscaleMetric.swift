/// A variable of the service that is measured again and again.
enum AutoscaleMetric: String, Sendable, Hashable, CaseIterable {
    case activeTasks = "$ActiveTasks"
    case runningTasks = "$RunningTasks"
    case pendingTasks = "$PendingTasks"
    case succeededTasks = "$SucceededTasks"
    case failedTasks = "$FailedTasks"
    case currentDedicatedNodes = "$CurrentDedicatedNodes"
    case currentLowPriorityNodes = "$CurrentLowPriorityNodes"
    case preemptedNodeCount = "$PreemptedNodeCount"
    case usableNodeCount = "$UsableNodeCount"
    case sampleNodeCount = "$SampleNodeCount"

    // What was measured inside the nodes until the service gave it up. The names are known, and there are no samples.
    case cpuPercent = "$CPUPercent"
    case wallClockSeconds = "$WallClockSeconds"
    case memoryBytes = "$MemoryBytes"
    case diskBytes = "$DiskBytes"
    case diskReadBytes = "$DiskReadBytes"
    case diskWriteBytes = "$DiskWriteBytes"
    case diskReadOps = "$DiskReadOps"
    case diskWriteOps = "$DiskWriteOps"
    case networkInBytes = "$NetworkInBytes"
    case networkOutBytes = "$NetworkOutBytes"

    /// Whether the service measures it no more.
    var isRetired: Bool { value(in: AutoscaleSample.Values()) == nil }

    /// What a sample says of it; nil when the service measures it no more.
    func value(in values: AutoscaleSample.Values) -> Int? {
        switch self {
        case .activeTasks: values.activeTasks
        case .runningTasks: values.runningTasks
        // Neither is more than the tasks that memory holds.
        case .pendingTasks: values.activeTasks + values.runningTasks
        case .succeededTasks: values.succeededTasks
        case .failedTasks: values.failedTasks
        case .currentDedicatedNodes: values.dedicatedNodes
        case .currentLowPriorityNodes: values.lowPriorityNodes
        case .preemptedNodeCount: values.preemptedNodes
        case .usableNodeCount: values.usableNodes
        case .sampleNodeCount: values.dedicatedNodes + values.lowPriorityNodes
        default: nil
        }
    }
}
