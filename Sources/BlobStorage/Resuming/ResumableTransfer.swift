import AzureCore

/// The parts of a transfer that are left, a bounded number at a time.
struct ResumableTransfer: Sendable {
    let journal: TransferJournal
    let file: JournalFile
    let concurrency: Int
    let progress: (@Sendable (Int64) -> Void)?

    /// How many bytes some parts have.
    static func bytes(_ parts: some Sequence<Int>, of plan: TransferPlan) -> Int64 {
        parts.reduce(0) { $0 + plan[$1].length }
    }

    /// Transfers all parts but those that are done, and writes down each.
    ///
    /// - Parameters:
    ///   - done: The parts that need nothing.
    ///   - transfer: Transfers one part and returns its checksum.
    func run(
        without done: Set<Int>, _ transfer: @escaping @Sendable (Int, Int64, Int64) async throws -> UInt64
    ) async throws {
        let plan = journal.plan
        var bytes = Self.bytes(done, of: plan)
        if bytes > 0 { progress?(bytes) }
        try await withThrowingTaskGroup(of: (Int, UInt64).self) { group in
            var running = 0
            var next = 0
            while true {
                if next < plan.count, running < concurrency {
                    let index = next
                    next += 1
                    if done.contains(index) { continue }
                    running += 1
                    let (offset, length) = plan[index]
                    group.addTask { (index, try await transfer(index, offset, length)) }
                    continue
                }
                guard let (index, checksum) = try await group.next() else { break }
                running -= 1
                try await file.add(index, checksum: checksum)
                bytes += plan[index].length
                progress?(bytes)
            }
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
