/// A lease of a container or a blob: who holds it, until when, and what its holder and others may do with it.
///
/// Times are readings of a clock that never goes back. The answers are the service's; nothing here reads a clock.
struct Lease: Sendable, Hashable {
    /// What the service calls the state of a lease.
    enum State: String, Sendable {
        case available, leased, expired, breaking, broken
    }

    /// Who has it, and until when.
    enum Phase: Sendable, Hashable {
        case free
        /// Held by an id; nil for a lease without end.
        case held(id: String, length: Duration?, until: Duration?)
        /// To be free at a time.
        case ending(id: String, at: Duration)
    }

    private(set) var phase = Phase.free

    /// No lease.
    init() {}

    /// The lease that tables hold.
    init(_ phase: Phase) {
        self.phase = phase
    }

    func state(at now: Duration) -> State {
        switch phase {
        case .free: .available
        case .held(_, _, let until): until.map { now >= $0 } ?? false ? .expired : .leased
        case .ending(_, let end): now >= end ? .broken : .breaking
        }
    }

    /// Whether others are kept out.
    func isActive(at now: Duration) -> Bool {
        [.leased, .breaking].contains(state(at: now))
    }

    /// `fixed` or `infinite` while the lease is held.
    func durationName(at now: Duration) -> String? {
        guard case .held(_, let length, _) = phase, state(at: now) == .leased else { return nil }
        return length == nil ? "infinite" : "fixed"
    }

    /// The id that was last given out for this lease.
    var id: String? {
        switch phase {
        case .free: nil
        case .held(let id, _, _), .ending(let id, _): id
        }
    }

    // MARK: What can be done with it

    /// Takes the lease, or takes it anew under the same id.
    ///
    /// - Parameter length: How long it lasts; nil for a lease without end.
    mutating func acquire(_ newID: String, length: Duration?, at now: Duration) throws {
        switch state(at: now) {
        case .leased where id != newID: throw BlobServiceError.leaseAlreadyPresent
        case .breaking:
            throw id == newID ? BlobServiceError.leaseCannot("acquired", "Breaking") : .leaseAlreadyPresent
        default: phase = .held(id: newID, length: length, until: length.map { now + $0 })
        }
    }

    /// Makes the lease last for its whole length again.
    mutating func renew(_ given: String, at now: Duration) throws {
        try checkHolder(given)
        guard case .held(_, let length, _) = phase else { throw BlobServiceError.leaseCannot("renewed", "Broken") }
        phase = .held(id: given, length: length, until: length.map { now + $0 })
    }

    /// Gives the lease another id. Doing so twice is no error.
    mutating func change(_ given: String, to newID: String, at now: Duration) throws {
        switch state(at: now) {
        case .available, .expired, .broken: throw BlobServiceError.leaseNotPresentWithLease
        case .breaking: throw BlobServiceError.leaseCannot("changed", "Breaking")
        case .leased:
            guard id == given || id == newID else { throw BlobServiceError.leaseMismatchWithLease }
            if case .held(_, let length, let until) = phase {
                phase = .held(id: newID, length: length, until: until)
            }
        }
    }

    mutating func release(_ given: String) throws {
        try checkHolder(given)
        phase = .free
    }

    /// Ends the lease after a while.
    ///
    /// - Parameter period: The while; nil for as long as the lease would last, at once for one without end.
    /// - Returns: How long it still keeps others out.
    mutating func end(after period: Duration?, at now: Duration) throws -> Duration {
        let remaining: Duration
        switch phase {
        case .free: throw BlobServiceError.leaseNotPresentWithLease
        case .held(_, _, let until):
            let most = until.map { max(.zero, $0 - now) }
            remaining = most.map { min($0, period ?? $0) } ?? period ?? .zero
        case .ending(_, let end):
            let most = max(.zero, end - now)
            remaining = min(most, period ?? most)
        }
        phase = .ending(id: id ?? "", at: now + remaining)
        return remaining
    }

    /// The lease after somebody has written: one that is over can then no longer be renewed.
    func afterWrite(at now: Duration) -> Lease {
        switch state(at: now) {
        case .expired, .broken: Lease()
        case .available, .leased, .breaking: self
        }
    }

    private func checkHolder(_ given: String) throws {
        guard id == given else { throw BlobServiceError.leaseMismatchWithLease }
    }

    // MARK: What it means for other operations

    /// What an operation is done to, for the codes of errors.
    enum Target: String, Sendable {
        case blob = "Blob"
        case container = "Container"
    }

    /// Checks the lease id of an operation.
    ///
    /// - Parameters:
    ///   - given: The id that the request names.
    ///   - isRequired: Whether the operation needs the id while there is a lease.
    func check(_ given: String?, on target: Target, isRequired: Bool, at now: Duration) throws {
        guard let given else {
            if isRequired, isActive(at: now) { throw BlobServiceError.leaseIdMissing(target) }
            return
        }
        switch state(at: now) {
        case .available: throw BlobServiceError.leaseNotPresent(with: target)
        case .expired, .broken:
            throw id == given ? BlobServiceError.leaseLost(target) : .leaseNotPresent(with: target)
        case .leased, .breaking:
            guard id == given else { throw BlobServiceError.leaseMismatch(with: target) }
        }
    }
}
