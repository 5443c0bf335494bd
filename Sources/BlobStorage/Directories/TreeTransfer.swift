import AzureCore

/// What comes next in a tree.
enum TreeStep<Item: Sendable>: Sendable {
    /// Something to look at and, perhaps, transfer.
    case item(Item)
    /// Something that is settled already.
    case settled(TreeTransferEntry)
}

/// Goes through a tree, a bounded number of files at a time.
struct TreeTransfer: Sendable {
    let options: TreeTransferOptions
    /// Counts the bytes of files that are done.
    let meter: TransferMeter

    /// Transfers items as they come.
    ///
    /// - Parameters:
    ///   - next: The next item, or nil at the end. What it throws ends the whole.
    ///   - transfer: Settles one item. What it throws ends the whole too, so it returns failures of the item as such.
    func run<Item: Sendable>(
        next: () async throws -> TreeStep<Item>?,
        transfer: @escaping @Sendable (Item) async throws -> TreeTransferEntry
    ) async throws -> TreeTransferReport {
        var report = TreeTransferReport()
        try await withThrowingTaskGroup(of: TreeTransferEntry.self) { group in
            var running = 0
            while report.isComplete {
                if running == options.concurrentFiles, let entry = try await group.next() {
                    running -= 1
                    settle(entry, &report)
                    continue
                }
                guard let step = try await next() else { break }
                switch step {
                case .settled(let entry): settle(entry, &report)
                case .item(let item):
                    running += 1
                    group.addTask { try await transfer(item) }
                }
            }
            if !report.isComplete { group.cancelAll() }
            while let result = await group.nextResult() {
                if case .success(let entry) = result { settle(entry, &report) }
                // After a failure that ends the whole, others end because they were told to.
                if case .failure(let error) = result, report.isComplete { throw error }
            }
        }
        try Task.checkCancellation()
        return report
    }

    private func settle(_ entry: TreeTransferEntry, _ report: inout TreeTransferReport) {
        report.add(entry, keepsEntries: options.keepsEntries)
        if entry.outcome == .done { meter.add(entry.size) }
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
