public import BatchService

extension ProgressState {
    /// How far the tasks of a job are.
    ///
    /// - Parameters:
    ///   - tasks: The number in each state.
    ///   - time: The time since they were created.
    public init(_ tasks: BatchTaskProgress, after time: Duration) {
        let seconds = max(0.001, time / .seconds(1))
        let rate = Double(tasks.completed) / seconds
        let left = tasks.total - tasks.completed
        self.init(
            label: tasks.failed > 0 ? "\(tasks.running) running, \(tasks.failed) failed" : "\(tasks.running) running",
            bytes: Int64(tasks.completed), total: Int64(tasks.total), rate: rate,
            timeLeft: tasks.completed > 0 ? .seconds(Double(left) / rate) : nil, unit: .items("tasks"))
    }
}
