/// A list whose pages are fetched while it is read.
///
/// ```swift
/// for try await blob in container.listBlobs() { … }
/// for try await page in container.listBlobs().pages { … page.continuationToken … }
/// ```
///
/// Nothing is fetched before the first item is asked for. Lists of blobs and containers are read ahead by one page once
/// their second page was asked for, so that reading one goes on while the next one travels; two pages at most are in
/// memory. Each iteration starts again, at the continuation token if there is one.
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
    ///   - continuationToken: The token to resume from; nil for the start.
    ///   - fetch: Fetches one page.
    public init(continuingFrom continuationToken: String? = nil, fetch: @escaping Fetch) {
        pages = Pages(start: continuationToken) { token in
            let page = try await fetch(token)
            return FetchedPage(following: nil) { page }
        }
    }

    /// Creates a list that is read ahead.
    ///
    /// - Parameters:
    ///   - continuationToken: The token to resume from; nil for the start.
    ///   - fetch: Fetches one page, as the service writes it.
    ///   - following: Finds the token of the page behind it, where that is possible without reading the page. A wrong
    ///     one costs a request, and no more.
    ///   - read: Reads the page.
    package init<Answer: Sendable>(
        continuingFrom continuationToken: String?, fetch: @escaping @Sendable (String?) async throws -> Answer,
        following: @escaping @Sendable (Answer) -> String?, read: @escaping @Sendable (Answer) throws -> Page<Item>
    ) {
        pages = Pages(start: continuationToken) { token in
            let answer = try await fetch(token)
            return FetchedPage(following: following(answer)) { try read(answer) }
        }
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
        let fetch: @Sendable (_ token: String?) async throws -> FetchedPage<Item>

        public func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(fetch: fetch, state: .next(start))
        }

        /// Reads page after page.
        public struct AsyncIterator: AsyncIteratorProtocol {
            enum State {
                case next(String?)
                case ended
            }

            let fetch: @Sendable (_ token: String?) async throws -> FetchedPage<Item>
            var state: State
            private var isFirst = true
            private var watch: TokenWatch?
            private var ahead: PageAhead<Item>?

            init(fetch: @escaping @Sendable (_ token: String?) async throws -> FetchedPage<Item>, state: State) {
                self.fetch = fetch
                self.state = state
            }

            public mutating func next() async throws -> Page<Item>? {
                guard case .next(let token) = state else { return nil }
                try Task.checkCancellation()
                let fetched = try await fetchedPage(token)
                // Whoever reads a second page will hardly stop there.
                if !isFirst, let following = fetched.following, following != token {
                    ahead = PageAhead(following, fetch)
                }
                let page = try fetched.read()
                isFirst = false
                if let following = page.continuationToken {
                    guard following != token else {
                        throw AzureError(
                            code: .invalidResponse,
                            message: "The service answered with the continuation token that it was given; "
                                + "following it would list the same page for ever.")
                    }
                    var watch = watch ?? TokenWatch(start: token)
                    try watch.note(following)
                    self.watch = watch
                    state = .next(following)
                } else {
                    state = .ended
                }
                if ahead?.token != page.continuationToken { ahead = nil }
                return page
            }

            private mutating func fetchedPage(_ token: String?) async throws -> FetchedPage<Item> {
                guard let ahead, ahead.token == token else { return try await fetch(token) }
                // When it failed, asking again is another try.
                self.ahead = nil
                return try await ahead.page()
            }
        }
    }
}

/// A page that is here, and not read yet.
struct FetchedPage<Item: Sendable>: Sendable {
    /// Where the next page starts, where that shows before the page is read.
    let following: String?
    let read: @Sendable () throws -> Page<Item>
}

/// A page that is fetched before it is asked for. Not structured: whoever reads the list may leave it at any item; the
/// page is then given up.
final class PageAhead<Item: Sendable>: Sendable {
    let token: String
    private let task: Task<FetchedPage<Item>, any Error>

    init(_ token: String, _ fetch: @escaping @Sendable (String?) async throws -> FetchedPage<Item>) {
        self.token = token
        task = Task { try await fetch(token) }
    }

    deinit { task.cancel() }

    func page() async throws -> FetchedPage<Item> {
        try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
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
