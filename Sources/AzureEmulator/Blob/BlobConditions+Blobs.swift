/// What the conditions, and the lease that the request names, mean for operations on blobs.
extension BlobConditions {
    /// For reads.
    ///
    /// - Parameter now: What time it is for leases.
    func checkRead(_ blob: BlobRecord, at now: Duration) throws {
        try checkRead(blob.version)
        try checkTags(of: blob)
        try checkLease(of: blob, isRequired: false, at: now)
    }

    /// For writes to what exists.
    ///
    /// - Parameters:
    ///   - needsLease: Whether who does it must hold the lease while there is one.
    ///   - now: What time it is for leases.
    func checkWrite(_ blob: BlobRecord, needsLease: Bool = true, at now: Duration) throws {
        try checkWrite(blob.version)
        try checkTags(of: blob)
        try checkLease(of: blob, isRequired: needsLease, at: now)
    }

    /// For writes that make what they write to, if need be.
    ///
    /// - Parameter now: What time it is for leases.
    func checkCreation(_ existing: BlobRecord?, at now: Duration) throws {
        try checkCreation(existing?.version)
        try checkTags(of: existing)
        try checkLease(of: existing, isRequired: true, at: now)
    }

    /// Whether the request brings the key that the blob is encrypted with, if it is one of the client's.
    func checkKey(of blob: BlobRecord) throws {
        try blob.encryption.check(encryption)
    }

    /// The lease alone. A blob that does not exist has none.
    func checkLease(of blob: BlobRecord?, isRequired: Bool, at now: Duration) throws {
        try (blob?.lease ?? Lease()).check(leaseID, on: .blob, isRequired: isRequired, at: now)
    }
}
