/// Where the rows of the Batch service are kept beyond the process.
///
/// The rules live in ``BatchState``, which has everything in memory, since a scheduler has to look at much for each
/// decision. A call of the service changes it, and what it has changed comes here as one transaction. What is to be
/// done outside, and the answer, wait for its end.
protocol BatchTables: Sendable {
    /// Everything that was kept. It is called once, before any change is kept.
    ///
    /// - Throws: When it cannot be read.
    func load() async throws -> KeptBatch

    /// Keeps what has changed: all of it or nothing. The calls come one after the other.
    ///
    /// - Throws: When nothing was kept. The same changes then come again, together with later ones.
    func commit(_ changes: BatchChanges) async throws

    /// Lets go of the tables. Nothing is kept from then on.
    func close() async
}
