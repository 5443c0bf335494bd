import AzureCore

/// What comes next in a tree.
enum TreeStep<Item: Sendable>: Sendable {
    /// Something to look at and, perhaps, transfer.
    case item(Item)
    /// Something that is settled already.
    case settled(TreeTransferEntry)
}

/// Something of a tree that can be transferred.
protocol TreeItem: Sendable {
    /// The number of bytes, as far as it is known before.
    var size: Int64 { get }
}

/// Goes through a tree, a bounded number of files at a time.
struct TreeTransfer: Sendable {
    let options: TreeTransferOptions
    /// Tells whoever follows; nil when nobody does.
    let meter: TreeMeter?

    /// Transfers items as they come.
    ///
    /// - Parameters:
    ///   - next: The next item, or nil at the end. What it throws ends the whole.
    ///   - transfer: Settles one item, and tells how far it is where somebody follows. What it throws ends the whole too,
    ///     so it returns failures of the item as such.
    func run<Item: TreeItem>(
        next: () async throws -> TreeStep<Item>?,
        transfer: @escaping @Sendable (Item, TransferProgress?) async throws -> TreeTransferEntry
    ) async throws -> TreeTransferReport {
        var report = TreeTransferReport()
        try await withThrowingTaskGroup(of: (Int?, TreeTransferEntry).self) { group in
            var running = 0
            while report.isComplete {
                if running == options.concurrentFiles, let (file, entry) = try await group.next() {
                    running -= 1
                    settle(entry, of: file, &report)
                    continue
                }
                guard let step = try await next() else {
                    meter?.change { $0.foundAll() }
                    break
                }
                switch step {
                case .settled(let entry):
                    meter?.change { $0.found(entry) }
                    settle(entry, of: nil, &report)
                case .item(let item):
                    running += 1
                    let file = meter?.change { $0.begin(size: item.size) }
                    let progress = file.flatMap { meter?.progress(of: $0) }
                    group.addTask { (file, try await transfer(item, progress)) }
                }
            }
            if !report.isComplete { group.cancelAll() }
            while let result = await group.nextResult() {
                if case .success((let file, let entry)) = result { settle(entry, of: file, &report) }
                // After a failure that ends the whole, others end because they were told to.
                if case .failure(let error) = result, report.isComplete { throw error }
            }
        }
        try Task.checkCancellation()
        return report
    }

    private func settle(_ entry: TreeTransferEntry, of file: Int?, _ report: inout TreeTransferReport) {
        report.add(entry, keepsEntries: options.keepsEntries)
        if let file { meter?.change { $0.end(file, entry) } }
        if entry.outcome == .failed, options.stopsAtFirstFailure { report.isComplete = false }
        options.onEntry?(entry)
    }

    /// Runs the transfer of one item; its failure is what became of it, but cancellation is thrown.
    static func outcome(
        of transfer: () async throws -> TreeItemResult
    ) async throws -> TreeItemResult {
        do {
            return try await transfer()
        } catch {
            try Task.checkCancellation()
            return .failed(error)
        }
    }
}
