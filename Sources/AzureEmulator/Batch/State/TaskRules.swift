/// What a task says of itself that the scheduler has to know again and again, read once. Most of many tasks say nothing
/// of it, so it lies apart.
final class TaskRules: Sendable {
    let exitConditions: ExitConditions?
    /// How often it may be tried again; nil when the job says that.
    let retryLimit: Int64?
    /// How long its files are kept once it has ended; nil for as long as usual.
    let retention: Duration?
    /// On how many nodes it runs at a time; nil when it is no multi-instance task.
    let instances: Int?
    /// The node that it would like best.
    let affinity: String?

    /// How long the files of tasks are kept that say nothing of it: a week.
    static let usualRetention = Duration.seconds(7 * 86_400)

    /// Reads the body of a task; nil when it says nothing of all this.
    init?(_ task: JSONValue) {
        let constraints = task["constraints"] ?? .null
        exitConditions = ExitConditions(task["exitConditions"])
        retryLimit = constraints["maxTaskRetryCount"]?.integer
        retention = constraints["retentionTime"]?.string.flatMap { BatchDuration.parse($0) }
        let settings = task["multiInstanceSettings"] ?? .null
        instances = settings.isNull ? nil : max(1, Int(settings["numberOfInstances"]?.integer ?? 1))
        affinity = task["affinityInfo"]?["affinityId"]?.string
        if exitConditions == nil, retryLimit == nil, retention == nil, instances == nil, affinity == nil { return nil }
    }
}
