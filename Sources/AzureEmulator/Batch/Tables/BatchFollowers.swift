/// What has changed, for those who follow it.
struct BatchNews: Sendable {
    /// Rises by one with each piece of news. Where one is missing, the reader was too slow and has to look at everything
    /// anew.
    let number: Int
    /// The rows that were added, changed or removed by one transaction.
    let keys: [BatchChanges.Key]
}

/// Those who follow the changes of the service. Each has a buffer of its own; one that is slow loses the oldest news.
struct BatchFollowers {
    /// How many pieces of news wait for a reader at most.
    static let limit = 1000

    private var readers: [Int: AsyncStream<BatchNews>.Continuation] = [:]
    private var lastReader = 0
    private var lastNews = 0
    private var isFinished = false

    /// The news from now on, until its reader is cancelled or the engine stops.
    mutating func follow() -> AsyncStream<BatchNews> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: BatchNews.self, bufferingPolicy: .bufferingNewest(Self.limit))
        guard !isFinished else {
            continuation.finish()
            return stream
        }
        lastReader += 1
        readers[lastReader] = continuation
        return stream
    }

    mutating func publish(_ changes: BatchChanges) {
        guard !changes.changes.isEmpty else { return }
        lastNews += 1
        guard !readers.isEmpty else { return }
        let news = BatchNews(number: lastNews, keys: changes.changes.map(\.key))
        for (number, reader) in readers {
            if case .terminated = reader.yield(news) { readers[number] = nil }
        }
    }

    /// Ends all streams, also those that are asked for later.
    mutating func finish() {
        isFinished = true
        for reader in readers.values { reader.finish() }
        readers = [:]
    }
}
