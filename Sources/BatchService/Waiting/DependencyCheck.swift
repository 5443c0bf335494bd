import BatchModels

/// A check whether tasks that depend on others will ever run. It is pure: it sends no requests.
///
/// While no task runs, tasks go on only when one of them has all that it depends on. So waiting is in vain when there
/// is none, whatever keeps each of them.
struct DependencyCheck {
    /// The most tasks that are looked at: 100,000 take some tens of megabytes.
    private let limit: Int
    private var count = 0
    private var waiting: [BatchTask] = []
    /// The state of each known task, by its id without regard to case.
    private var ends: [String: End] = [:]
    /// The same by the number that the id is; `7` and `007` are the same, and the better of them counts.
    private var numberedEnds: [Int64: End] = [:]

    /// The effect of a task on those that depend on it, from worst to best.
    private enum End: Int {
        case blocks
        case waits
        case satisfies
    }

    init(limit: Int = 100_000) {
        self.limit = limit
    }

    // MARK: Tasks in

    /// Takes a task that has not completed; false when it can run, or when there are too many to tell.
    mutating func add(waiting task: BatchTask) -> Bool {
        guard task.state == .active, let needs = task.dependsOn, !needs.isEmpty else { return false }
        waiting.append(task)
        return note(task.id, .waits)
    }

    /// Takes a task that has completed; false when there are too many to tell.
    mutating func add(completed task: BatchTask) -> Bool {
        note(task.id, Self.satisfies(task) ? .satisfies : .blocks)
    }

    private mutating func note(_ id: String, _ end: End) -> Bool {
        count += 1
        ends[id.lowercased()] = end
        if let number = Self.number(id), (numberedEnds[number]?.rawValue ?? -1) < end.rawValue {
            numberedEnds[number] = end
        }
        return count <= limit
    }

    /// The number that an id is; only digits count.
    private static func number(_ id: String) -> Int64? {
        id.utf8.allSatisfy { (48...57).contains($0) } ? Int64(id) : nil
    }

    // MARK: Decisions

    /// Whether the end of a task lets those run that depend on it: by default when it succeeded.
    static func satisfies(_ task: BatchTask) -> Bool {
        let info = task.executionInfo
        let hasSucceeded = info?.result.map { $0 == .success } ?? (info?.exitCode == 0 && info?.failureInfo == nil)
        guard let action = action(of: task) else { return hasSucceeded }
        return action == .satisfy
    }

    /// What the task's own conditions say about its end. The exit code goes before the upload of its files.
    private static func action(of task: BatchTask) -> DependencyAction? {
        guard let conditions = task.exitConditions, let info = task.executionInfo else { return nil }
        guard let code = info.exitCode else {
            return (conditions.preProcessingError ?? conditions.default)?.dependencyAction
        }
        if let match = conditions.exitCodes?.first(where: { $0.code == code }) {
            return match.exitOptions?.dependencyAction
        }
        let range = conditions.exitCodeRanges?.first { range in
            guard let start = range.start, let end = range.end else { return false }
            return start <= code && code <= end
        }
        if let range { return range.exitOptions?.dependencyAction }
        let hasUploadFailed = info.failureInfo?.code?.lowercased().hasPrefix("fileupload") == true
        if hasUploadFailed, let upload = conditions.fileUploadError { return upload.dependencyAction }
        return code == 0 && info.failureInfo == nil ? nil : conditions.default?.dependencyAction
    }

    /// The reason why none of the waiting tasks will run; nil when one can, or when there is none.
    func reason() -> String? {
        guard let first = waiting.first else { return nil }
        var sorted: [Int64]?
        var obstacle: (task: BatchTask, text: String)?
        for task in waiting {
            guard let dependency = missing(of: task, in: &sorted) else { return nil }
            guard obstacle == nil, let text = explanation(dependency) else { continue }
            obstacle = (task, text)
        }
        let count = waiting.count
        let tasks = count == 1 ? "1 task waits" : "\(count) tasks wait"
        guard let obstacle else { return "\(tasks) for each other, among them '\(first.id)'." }
        return "\(tasks) in vain: '\(obstacle.task.id)' depends on \(obstacle.text)."
    }

    /// The first dependency of a task that is not there, as its id; nil when it has all.
    private func missing(of task: BatchTask, in sorted: inout [Int64]?) -> String? {
        for id in task.dependsOn?.taskIDs ?? [] where ends[id.lowercased()] != .satisfies { return id }
        for range in task.dependsOn?.taskIDRanges ?? [] {
            guard let start = Int64(exactly: range.start ?? 0), let end = Int64(exactly: range.end ?? 0) else {
                continue
            }
            let known = sorted ?? Self.runs(of: Set(numberedEnds.filter { $0.value == .satisfies }.keys))
            sorted = known
            if let gap = Self.gap(from: start, to: end, in: known) { return String(gap) }
        }
        return nil
    }

    /// The reason why a dependency will never be satisfied; nil when it waits itself.
    private func explanation(_ id: String) -> String? {
        switch ends[id.lowercased()] ?? Self.number(id).flatMap({ numberedEnds[$0] }) {
        case nil: "task '\(id)', which does not exist"
        case .blocks: "task '\(id)', which failed"
        case .waits, .satisfies: nil
        }
    }
}

extension DependencyCheck {
    /// The bounds of the runs of consecutive numbers: first and last of each, in order.
    static func runs(of numbers: Set<Int64>) -> [Int64] {
        var bounds: [Int64] = []
        for number in numbers.sorted() {
            if let last = bounds.last, number - 1 == last {
                bounds[bounds.count - 1] = number
            } else {
                bounds += [number, number]
            }
        }
        return bounds
    }

    /// The first number of a range that is in no run; nil when all are. An empty range has none.
    static func gap(from start: Int64, to end: Int64, in runs: [Int64]) -> Int64? {
        guard start <= end else { return nil }
        // The last run that begins at the start or before it.
        var (low, high) = (0, runs.count / 2)
        while low < high {
            let middle = (low + high) / 2
            if runs[2 * middle] <= start { low = middle + 1 } else { high = middle }
        }
        guard low > 0, runs[2 * low - 1] >= start else { return start }
        let last = runs[2 * low - 1]
        return last >= end ? nil : last + 1
    }
}

extension BatchTaskDependencies {
    /// Whether there is nothing to depend on.
    fileprivate var isEmpty: Bool { (taskIDs ?? []).isEmpty && (taskIDRanges ?? []).isEmpty }
}
