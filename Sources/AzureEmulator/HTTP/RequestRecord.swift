import AzureCore
import Synchronization

import struct Foundation.Date

/// The last requests that a service has answered, for whoever wants to see what its clients do.
final class RequestRecord: Sendable {
    /// How many requests are kept.
    static let limit = 1000

    /// A request with what became of it.
    struct Entry: Sendable, Hashable {
        /// Rises by one with each request.
        let number: Int
        /// `Blob` or `Batch`.
        let service: String
        let method: String
        /// Path and query; what may be a secret is masked.
        var resource: String
        let received: Date
        /// From then until the head of the answer was known.
        let duration: Duration
        let status: Int
        let errorCode: String?
        let requestID: String?
        let clientRequestID: String?
    }

    // Each connection adds to it, in the middle of a request: the lock is held for an append.
    private let list = Mutex(RecentList<Entry>(limit: limit))

    /// The requests that are kept, oldest first.
    var entries: [Entry] {
        var entries = list.withLock { Array($0.elements) }
        for index in entries.indices { entries[index].resource = Redactor.url(entries[index].resource) }
        return entries
    }

    /// Adds a request.
    ///
    /// - Parameter entry: Makes the entry of its number. Secrets in its resource are masked when it is read.
    func add(_ entry: (_ number: Int) -> Entry) {
        list.withLock { $0.add(entry($0.total + 1)) }
    }
}
