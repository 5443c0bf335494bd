/// Everything that tables have kept, in the order in which it came. What can be made of it again is not in it.
struct KeptBatch: Sendable {
    /// With their nodes.
    var pools = IndexedTable<PoolIndex>()
    /// With their tasks.
    var jobs = IndexedTable<JobIndex>()
    var schedules = BatchTable<JobScheduleRecord>()
    var certificates = BatchTable<CertificateRecord>()
    /// The number of the node that was made last.
    var lastNode = 0
}
