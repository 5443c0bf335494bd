extension BatchState {
    /// Queues a task, or lets it wait for those that it depends on.
    mutating func enqueue(_ job: String, _ place: Int) {
        guard let task = jobs[job]?.tasks[place] else { return }
        if task.hasDependencies, let dependencies = TaskDependencies(task.properties["dependsOn"]) {
            queue(place, of: job, dependencies)
        } else {
            jobs[job]?.queue.append(place)
        }
    }

    /// Looks again at the tasks that have waited for this one.
    mutating func unblock(_ job: String, _ place: Int) {
        guard let task = jobs[job]?.tasks[place] else { return }
        var items = [TaskDependencies.Item.id(task.id.lowercased())]
        if let number = TaskDependencies.number(task.id) { items.append(.number(number)) }
        for item in items {
            for (place, left) in jobs[job]?.blocked.take(item) ?? [] { queue(place, of: job, left) }
        }
    }

    private mutating func queue(_ place: Int, of job: String, _ dependencies: TaskDependencies) {
        guard jobs[job]?.tasks[place]?.state == .active else { return }
        var left = dependencies
        while let item = left.next, isSatisfied(job, item) { left.advance() }
        if left.next == nil {
            jobs[job]?.queue.append(place)
        } else {
            jobs[job]?.blocked.block(place, left)
        }
    }

    /// Whether something that tasks depend on has gone well. Of several tasks of one number, one is enough.
    private func isSatisfied(_ job: String, _ item: TaskDependencies.Item) -> Bool {
        switch item {
        case .id(let id): jobs[job]?.tasks[id]?.isSatisfying ?? false
        case .number(let number):
            (jobs[job]?.numbered[number] ?? []).contains { jobs[job]?.tasks[$0]?.isSatisfying ?? false }
        }
    }
}

extension TaskRecord {
    fileprivate var isSatisfying: Bool { state == .completed && satisfiesDependents }
}
