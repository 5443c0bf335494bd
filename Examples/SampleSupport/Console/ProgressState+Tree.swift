public import BlobStorage

extension ProgressState {
    /// The state of the transfer of a tree: its bytes, and the files before them. What was skipped or has failed needs
    /// nothing more, and counts as done.
    public init(_ step: TreeTransferProgress.Step) {
        let files = step.done.files + step.skipped.files + step.failed.files
        let total = step.total.map { "\(files) of \($0.files) files" } ?? "\(files) files"
        self.init(
            label: step.failed.files > 0 ? "\(total), \(step.failed.files) failed" : total, bytes: step.settledBytes,
            total: step.total?.bytes, rate: step.rate, timeLeft: step.timeLeft)
    }
}

extension Console {
    /// What shows how far the transfer of a tree has come; nil where nobody looks.
    public var showingTree: (@Sendable (TreeTransferProgress) async -> Void)? {
        if case .none = progress { return nil }
        return { await show($0.map { ProgressState($0) }) }
    }
}
