import AzureCore
import Synchronization

/// Where tables outlast the process: what is changed is kept in groups, and a request is answered when all that it may
/// have changed or seen is kept.
extension BlobStore {
    /// How often something could not be kept so far.
    nonisolated var failures: Int { thread?.failures.load(ordering: .sequentiallyConsistent) ?? 0 }

    /// Returns when all that was changed so far is kept.
    ///
    /// - Parameter failures: How often something could not be kept before the request.
    /// - Throws: When something could not be kept since. What is missing is not known.
    nonisolated func settle(since failures: Int) async throws {
        guard let thread else { return }
        if thread.isChanged.load(ordering: .sequentiallyConsistent) { await nextCommit() }
        guard thread.failures.load(ordering: .sequentiallyConsistent) == failures else {
            throw AzureError(code: .fileError, message: "What was changed cannot be kept.")
        }
    }

    private func nextCommit() async {
        // It may have come while this call waited for its turn.
        guard thread?.isChanged.load(ordering: .sequentiallyConsistent) == true else { return }
        await withCheckedContinuation { commitWaits.append($0) }
    }

    /// Keeps what has been changed, behind the calls that wait already: they are kept with it.
    func commitSoon() {
        guard let thread, !thread.isChanged.exchange(true, ordering: .sequentiallyConsistent) else { return }
        Task { commit() }
    }

    private func commit() {
        let waits = commitWaits
        commitWaits = []
        do { try tables.commit() } catch { thread?.failures.add(1, ordering: .sequentiallyConsistent) }
        thread?.isChanged.store(false, ordering: .sequentiallyConsistent)
        for wait in waits { wait.resume() }
        tidySoon()
    }

    /// Removes what nobody can see any more, between the calls.
    private func tidySoon() {
        guard mayBeUntidy else { return }
        mayBeUntidy = false
        Task {
            commitSoon()
            if (try? tables.tidy(limit: 500)) == true { mayBeUntidy = true }
        }
    }

    /// Keeps what has been changed, and gives the tables up.
    func close() {
        // Whoever waits is told whether that could be done.
        commit()
        tables.close()
    }
}
