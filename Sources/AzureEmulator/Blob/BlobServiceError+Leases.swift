extension BlobServiceError {
    static let leaseAlreadyPresent = BlobServiceError(
        409, "LeaseAlreadyPresent", "There is a lease already, with another id.")
    static let leaseNotPresentWithLease = BlobServiceError(
        409, "LeaseNotPresentWithLeaseOperation", "There is no lease.")
    static let leaseMismatchWithLease = BlobServiceError(
        409, "LeaseIdMismatchWithLeaseOperation", "The lease id given is not that of the lease.")

    /// - Parameters:
    ///   - action: What was to be done: `acquired`, `renewed` or `changed`.
    ///   - state: `Breaking` or `Broken`.
    static func leaseCannot(_ action: String, _ state: String) -> BlobServiceError {
        let name = action.prefix(1).uppercased() + action.dropFirst()
        return BlobServiceError(
            409, "LeaseIs\(state)AndCannotBe\(name)", "The lease is \(state.lowercased()) and cannot be \(action).")
    }

    static func leaseIdMissing(_ target: Lease.Target) -> BlobServiceError {
        BlobServiceError(
            412, "LeaseIdMissing", "There is a lease on the \(target.rawValue.lowercased()); its id is required.")
    }
    static func leaseNotPresent(with target: Lease.Target) -> BlobServiceError {
        BlobServiceError(
            412, "LeaseNotPresentWith\(target.rawValue)Operation",
            "There is no lease on the \(target.rawValue.lowercased()).")
    }
    static func leaseMismatch(with target: Lease.Target) -> BlobServiceError {
        BlobServiceError(
            412, "LeaseIdMismatchWith\(target.rawValue)Operation",
            "The lease id given is not that of the lease on the \(target.rawValue.lowercased()).")
    }
    static func leaseLost(_ target: Lease.Target) -> BlobServiceError {
        BlobServiceError(
            412, "LeaseLost",
            "The lease id given is that of a lease on the \(target.rawValue.lowercased()) "
                + "that is over.")
    }
}
