import AzureCore

/// The parts of a transfer that are left, a bounded number at a time.
struct ResumableTransfer: Sendable {
    let journal: TransferJournal
    let file: JournalFile
    let concurrency: TransferConcurrency
    let progress: TransferProgress?
    let timeSource: TimeSource

    /// How many bytes some parts have.
    static func bytes(_ parts: some Sequence<Int>, of plan: TransferPlan) -> Int64 {
        parts.reduce(0) { $0 + plan[$1].length }
    }

    /// Transfers all parts but those that are done, and writes down each.
    ///
    /// - Parameters:
    ///   - done: The parts that need nothing.
    ///   - transfer: Transfers one part and returns its checksum. Its calls note what the service refused.
    func run(
        without done: Set<Int>, _ transfer: @escaping @Sendable (Int, Int64, Int64, Refusals) async throws -> UInt64
    ) async throws {
        let plan = journal.plan
        let already = Self.bytes(done, of: plan)
        let meter = TransferMeter(progress, total: plan.length, already: already, timeSource: timeSource)
        let numbers = PartNumbers(count: plan.count, without: done)
        try await PartTransfer(concurrency: concurrency.bounded, timeSource: timeSource).run {
            await numbers.next()
        } transfer: { index, refusals in
            let (offset, length) = plan[index]
            return ((index, try await transfer(index, offset, length, refusals)), bytes: length)
        } settle: { index, checksum in
            try await file.add(index, checksum: checksum)
            meter.add(plan[index].length)
        }
    }

    /// The parts of a local file that still are as they were written down.
    ///
    /// - Parameters:
    ///   - parts: The parts to look at, with their checksums.
    ///   - source: The file.
    static func verified(
        _ parts: [Int: UInt64], of plan: TransferPlan, in source: LocalFile
    ) async throws -> Set<Int> {
        var verified: Set<Int> = []
        for (index, checksum) in parts {
            try Task.checkCancellation()
            let (offset, length) = plan[index]
            let isSame = try await BlockingIO.run { try source.checksum(at: offset, length: length) == checksum }
            if isSame { verified.insert(index) }
        }
        return verified
    }
}
