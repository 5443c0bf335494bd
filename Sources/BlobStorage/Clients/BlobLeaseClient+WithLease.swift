import AzureCore

import struct Foundation.UUID

extension BlobLeaseClient {
    /// Holds the lease while a piece of work runs.
    ///
    /// ```swift
    /// try await blob.lease.withLease { lease in
    ///     let conditions = BlobAccessConditions(leaseID: lease.id)
    ///     try await blob.setMetadata(["owner": "me"], options: BlobUpdateOptions(conditions: conditions))
    /// }
    /// ```
    ///
    /// The lease is acquired, renewed each time that half of its duration has passed, and released at the end, also when
    /// the work throws or is cancelled. Renewals that fail for a reason that may pass are repeated until the lease ends.
    /// When the lease is lost, because somebody broke it or because the service could not be reached in time, the work
    /// is cancelled, and the call throws as soon as the work has ended.
    ///
    /// Nobody renews an infinite lease, so that only its release tells whether it was lost meanwhile, unless the first answer
    /// to that got lost, too.
    ///
    /// A call that is cancelled cancels the work and does not renew the lease any more; work that needs longer than the
    /// lease lasts to react is no longer protected by it.
    ///
    /// - Parameters:
    ///   - duration: 15 to 60 whole seconds. The default is 60 seconds, after which the lease of a process that crashed
    ///     ends by itself. With nil the lease is infinite and is not renewed.
    ///   - proposedID: The id of the lease, a UUID. The default is a new one.
    ///   - options: Conditions for acquiring the lease, and options of each request.
    ///   - body: The work. Its argument is the lease, whose id writes and deletions take in their conditions.
    /// - Returns: What the work returns.
    /// - Throws: What the work throws. An ``AzureCore/AzureError`` otherwise: what acquiring the lease throws;
    ///   ``AzureCore/AzureErrorCode/leaseLost`` when the lease was lost while the work ran, with the reason in
    ///   `underlying`; what releasing the lease throws after work that succeeded.
    ///
    /// REST operation: Lease Blob, Lease Container.
    @discardableResult
    public func withLease<Value: Sendable>(
        duration: Duration? = .seconds(60), proposedID: String? = nil, options: BlobLeaseOptions = BlobLeaseOptions(),
        _ body: @escaping @Sendable (Lease) async throws -> Value
    ) async throws -> Value {
        let start = connection.timeSource.uptime()
        let lease = try await acquireForWork(duration: duration, proposedID: proposedID, options: options)
        let term = duration.map { LeaseTerm(duration: $0, start: start) }
        let ending = await run(body, under: lease, term: term, call: options.call.withoutDate)
        if let loss = ending.loss { throw loss }
        let call = options.call.withoutDate
        switch ending.result {
        case .success(let value):
            try await giveBack(lease.id, within: Task.isCancelled ? Self.releaseLimit : duration, call: call)
            return value
        case .failure(let error):
            // What the work threw says more than that its lease could not be released.
            try? await giveBack(lease.id, within: Self.releaseLimit, call: call)
            throw error
        }
    }

    /// How long a release may take after work that failed or was cancelled.
    private static var releaseLimit: Duration { .seconds(10) }

    /// Acquires the lease under an id that is known before, so that a lost answer leaves no lease behind.
    private func acquireForWork(
        duration: Duration?, proposedID: String?, options: BlobLeaseOptions
    ) async throws -> Lease {
        let id = proposedID ?? UUID().uuidString.lowercased()
        try Task.checkCancellation()
        do {
            return try await acquire(duration: duration, proposedID: id, options: options)
        } catch {
            if proposedID == nil, Self.mayHaveActed(error) {
                try? await giveBack(id, within: Self.releaseLimit, call: options.call.withoutDate)
            }
            throw error
        }
    }

    /// Whether a call that failed, or an earlier try of it, may have acted.
    private static func mayHaveActed(_ error: any Error) -> Bool {
        guard let error = error as? AzureError else { return true }
        return error.earlierTryMayHaveActed || RetryRule.outcome(ofCall: error, to: .blob)?.mayHaveActed == true
    }

    /// Releases the lease, also in a task that was cancelled. One that is not there any more after a try whose outcome is
    /// not known counts as released by that try.
    private func giveBack(_ id: String, within limit: Duration?, call: CallOptions) async throws {
        let call = limit.map { call.limited(to: $0, of: connection) } ?? call
        do {
            // A task of its own is not cancelled with the caller's.
            _ = try await Task { try await release(id, options: BlobLeaseOptions(call: call)) }.value
        } catch let error as AzureError where error.earlierTryMayHaveActed {
            let isGone = [.leaseIdMismatchWithLeaseOperation, .leaseNotPresentWithLeaseOperation].contains(error.code)
            guard isGone else { throw error }
        }
    }
}

// MARK: - Work and renewals

extension BlobLeaseClient {
    private enum Event<Value: Sendable>: Sendable {
        case ended(Result<Value, any Error>)
        case lost(any Error)
        /// The renewals were stopped.
        case stopped(LeaseTerm)
    }

    private struct WorkEnding<Value: Sendable> {
        var result: Result<Value, any Error> = .failure(CancellationError())
        /// Until when the lease is held for certain, once nobody renews it; nil for one without end.
        var heldUntil: Duration?
        /// Why the work ran without the lease.
        var loss: AzureError?
    }

    /// Runs the work and the renewals side by side. Whichever ends first cancels the other.
    private func run<Value: Sendable>(
        _ body: @escaping @Sendable (Lease) async throws -> Value, under lease: Lease, term: LeaseTerm?,
        call: CallOptions
    ) async -> WorkEnding<Value> {
        await withTaskGroup(of: Event<Value>.self) { group in
            group.addTask {
                do {
                    return .ended(.success(try await body(lease)))
                } catch {
                    return .ended(.failure(error))
                }
            }
            if let term {
                group.addTask { await renew(lease.id, term, call) }
            }
            var ending = WorkEnding<Value>()
            var hasFailed = false
            for await event in group {
                group.cancelAll()
                switch event {
                case .ended(let result):
                    ending.result = result
                    if case .failure = result { hasFailed = true }
                case .lost(let error):
                    if !hasFailed { ending.loss = lost(because: error) }
                case .stopped(let term):
                    ending.heldUntil = term.end
                }
            }
            if case .success = ending.result, let end = ending.heldUntil, connection.timeSource.uptime() >= end {
                ending.loss = ending.loss ?? lost(because: nil)
            }
            return ending
        }
    }

    /// Renews the lease until the task is cancelled or the lease is lost.
    private func renew<Value>(_ id: String, _ term: LeaseTerm, _ call: CallOptions) async -> Event<Value> {
        var term = term
        let time = connection.timeSource
        while true {
            do {
                try await time.sleep(max(term.renewal - time.uptime(), .zero))
                let start = time.uptime()
                let limited = call.limited(to: term.limit(at: start), of: connection)
                try await renew(id, options: BlobLeaseOptions(call: limited))
                term.renewed(at: start)
            } catch {
                if error is CancellationError || Task.isCancelled { return .stopped(term) }
                let mayPass = (error as? AzureError).flatMap { RetryRule.outcome(ofCall: $0, to: .blob) } != nil
                guard mayPass, term.failed(at: time.uptime()) else { return .lost(error) }
            }
        }
    }

    private func lost(because error: (any Error)?) -> AzureError {
        let reason = (error as? AzureError)?.message ?? error.map { "\($0)" } ?? "It was not renewed in time."
        return AzureError(
            service: .blob, code: .leaseLost, status: (error as? AzureError)?.status,
            message: "The lease was lost while work was done under it: \(reason) Others may have written meanwhile.",
            operation: operation, resource: address, underlying: error)
    }
}

extension CallOptions {
    /// The same options, with all tries to be over within a limit.
    fileprivate func limited(to limit: Duration, of connection: BlobConnection) -> CallOptions {
        var call = self
        var retry = call.retry(of: connection)
        retry.overallDeadline = min(retry.overallDeadline, limit)
        call.retry = retry
        return call
    }
}
