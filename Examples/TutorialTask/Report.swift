import WordCount

/// What the task writes: the counts, and where they were made.
struct Report {
    /// The words in the order to print them.
    var counts: [WordCount]
    /// The environment variables of the task.
    var environment: [String: String]

    /// The text of the file.
    var text: String {
        let rule = String(repeating: "-", count: 30)
        func value(_ name: String) -> String { environment["AZ_BATCH_\(name)"] ?? "" }
        let lines =
            ["Word\tCount", rule]
            + counts.map { "\($0.word):\t\($0.count)" }
            + [
                rule,
                "Node: \(value("NODE_ID"))",
                "Task: \(value("TASK_ID"))",
                "Job:  \(value("JOB_ID"))",
                "Pool: \(value("POOL_ID"))",
            ]
        return lines.joined(separator: "\n") + "\n"
    }
}
