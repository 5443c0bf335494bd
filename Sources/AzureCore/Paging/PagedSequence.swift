/// A list that is fetched page by page while it is read.
///
/// ```swift
/// for try await blob in container.listBlobs() { … }
/// for try await page in container.listBlobs().pages { … page.continuationToken … }
/// ```
///
/// Nothing is fetched before the first item is asked for, and one page at most is in memory. Each time the sequence
/// is read it starts over, from its continuation token if it has one.
public struct PagedSequence<Item: Sendable>: AsyncSequence, Sendable {
    public typealias Element = Item
    public typealias Failure = any Error

    /// Fetches the page that a token stands for; nil stands for the first.
    public typealias Fetch = @Sendable (_ continuationToken: String?) async throws -> Page<Item>

    /// The pages of the list.
    public let pages: Pages

    /// Creates a list.
    ///
    /// - Parameters:
    ///   - continuationToken: Where to go on; nil for the start.
    ///   - fetch: Fetches one page.
    public init(continuingFrom continuationToken: String? = nil, fetch: @escaping Fetch) {
        pages = Pages(start: continuationToken, fetch: fetch)
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pages: pages.makeAsyncIterator())
    }

    /// Reads the items one by one.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var pages: Pages.AsyncIterator
        var items: IndexingIterator<[Item]>?

        public mutating func next() async throws -> Item? {
            while true {
                if let item = items?.next() { return item }
                guard let page = try await pages.next() else { return nil }
                items = page.items.makeIterator()
            }
        }
    }

    /// The pages of a list.
    public struct Pages: AsyncSequence, Sendable {
        public typealias Element = Page<Item>
        public typealias Failure = any Error

        let start: String?
        let fetch: Fetch

        public func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(fetch: fetch, state: .next(start))
        }

        /// Reads page after page.
        public struct AsyncIterator: AsyncIteratorProtocol {
            enum State {
                case next(String?)
                case ended
            }

            let fetch: Fetch
            var state: State

            public mutating func next() async throws -> Page<Item>? {
                guard case .next(let token) = state else { return nil }
                try Task.checkCancellation()
                let page = try await fetch(token)
                if let following = page.continuationToken {
                    guard following != token else {
                        throw AzureError(
                            code: .invalidResponse,
                            message: "The service answered with the continuation token that it was given; "
                                + "following it would list the same page for ever.")
                    }
                    state = .next(following)
                } else {
                    state = .ended
                }
                return page
            }
        }
    }
}

/// One page of a list.
public struct Page<Item: Sendable>: Sendable {
    /// The items; a page may have none and still not be the last.
    public var items: [Item]
    /// Where the next page starts; nil after the last.
    public var continuationToken: String?

    /// Creates a page.
    public init(items: [Item], continuationToken: String?) {
        self.items = items
        self.continuationToken = continuationToken
    }
}
