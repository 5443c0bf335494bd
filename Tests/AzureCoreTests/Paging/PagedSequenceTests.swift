import AzureCore
import Testing

@Suite("Lists")
struct PagedSequenceTests {
    /// Pages of a list of three, with the tokens that were asked for.
    private actor Service {
        private(set) var asked: [String?] = []
        private let pages: [String: Page<Int>] = [
            "": Page(items: [1, 2], continuationToken: "a"), "a": Page(items: [], continuationToken: "b"),
            "b": Page(items: [3], continuationToken: nil),
        ]

        func page(_ token: String?) throws -> Page<Int> {
            asked.append(token)
            return pages[token ?? ""]!
        }
    }

    private func all(_ list: PagedSequence<Int>) async throws -> [Int] {
        var items: [Int] = []
        for try await item in list { items.append(item) }
        return items
    }

    @Test("give every item, across empty pages")
    func items() async throws {
        let service = Service()
        let list = PagedSequence { try await service.page($0) }
        #expect(await service.asked.isEmpty)
        #expect(try await all(list) == [1, 2, 3])
        #expect(await service.asked == [nil, "a", "b"])
    }

    @Test("fetch a page only when it is needed")
    func lazy() async throws {
        let service = Service()
        var iterator = PagedSequence { try await service.page($0) }.makeAsyncIterator()
        #expect(try await iterator.next() == 1)
        #expect(try await iterator.next() == 2)
        #expect(await service.asked == [nil])
    }

    @Test("go on from a continuation token")
    func resume() async throws {
        let service = Service()
        var token: String?
        for try await page in PagedSequence(fetch: { try await service.page($0) }).pages {
            token = page.continuationToken
            break
        }
        #expect(try await all(PagedSequence(continuingFrom: token) { try await service.page($0) }) == [3])
    }

    @Test(
        "do not turn in circles, however many pages a circle has, and how many lead into it",
        arguments: [(0, 2), (1, 2), (5, 3), (0, 100), (100, 7), (3, 1000)])
    func longCircle(before: Int, length: Int) async throws {
        let fetched = Counter()
        // Page n leads to n + 1, and the last back to the beginning of the circle.
        let list = PagedSequence { token in
            await fetched.increment()
            let page = token.flatMap { Int($0) } ?? 0
            return Page(items: [page], continuationToken: String(page + 1 < before + length ? page + 1 : before))
        }
        let error = await #expect(throws: AzureError.self) { _ = try await all(list) }
        #expect(error?.code == .invalidResponse)
        #expect(await fetched.count <= 4 * (before + length) + 4)
    }

    private actor Counter {
        private(set) var count = 0
        func increment() { count += 1 }
    }

    @Test("of many pages end as they should")
    func manyPages() async throws {
        let list = PagedSequence { token in
            let page = token.flatMap { Int($0) } ?? 0
            return Page(items: [page], continuationToken: page < 5000 ? String(page + 1) : nil)
        }
        #expect(try await all(list) == Array(0...5000))
    }

    @Test("do not turn in circles when a service repeats a token")
    func circle() async throws {
        let list = PagedSequence { _ in Page(items: [1], continuationToken: "same") }
        let error = await #expect(throws: AzureError.self) { try await all(list) }
        #expect(error?.code == .invalidResponse)
    }
}

@Suite("Lists that are read ahead")
struct ReadAheadTests {
    /// A list of five pages with an item each; some answers fail, once.
    private actor Service {
        private(set) var asked: [Int] = []
        private(set) var given: [Int] = []
        private(set) var cancelled: [Int] = []
        private var failing: Set<Int>
        private let hanging: Set<Int>

        init(failing: Set<Int> = [], hanging: Set<Int> = []) {
            self.failing = failing
            self.hanging = hanging
        }

        func answer(_ token: String?) async throws -> Int {
            let number = token.flatMap { Int($0) } ?? 0
            asked.append(number)
            if hanging.contains(number) {
                do {
                    try await Task.sleep(for: .seconds(3600))
                } catch {
                    cancelled.append(number)
                    throw error
                }
            }
            if failing.remove(number) != nil { throw AzureError(code: .serverBusy, message: "Not now.") }
            given.append(number)
            return number
        }
    }

    private func list(_ service: Service, following: @escaping @Sendable (Int) -> String? = Self.next)
        -> PagedSequence<Int>
    {
        PagedSequence(
            continuingFrom: nil, fetch: { try await service.answer($0) }, following: following,
            read: { Page(items: [$0], continuationToken: Self.next($0)) })
    }

    private static let next: @Sendable (Int) -> String? = { $0 < 4 ? String($0 + 1) : nil }

    private func until(_ condition: () async -> Bool) async {
        while await !condition() { await Task.yield() }
    }

    @Test("give every item once, and ask for each page once", .timeLimit(.minutes(5)))
    func all() async throws {
        let service = Service()
        var items: [Int] = []
        for try await item in list(service) { items.append(item) }
        #expect(items == [0, 1, 2, 3, 4])
        #expect(await service.asked == [0, 1, 2, 3, 4])
    }

    @Test("fetch the third page while the second is read, and nothing with the first", .timeLimit(.minutes(5)))
    func ahead() async throws {
        let service = Service()
        var pages = list(service).pages.makeAsyncIterator()
        #expect(try await pages.next()?.items == [0])
        #expect(await service.asked == [0])
        #expect(try await pages.next()?.items == [1])
        await until { await service.given == [0, 1, 2] }
        #expect(await service.asked == [0, 1, 2])
    }

    @Test("do not use a page that turns out not to be the next", .timeLimit(.minutes(5)))
    func misled() async throws {
        let service = Service()
        var items: [Int] = []
        for try await item in list(service, following: { _ in "0" }) { items.append(item) }
        #expect(items == [0, 1, 2, 3, 4])
    }

    @Test("give what came before an error first, and try again when they are asked again", .timeLimit(.minutes(5)))
    func failing() async throws {
        let service = Service(failing: [2])
        var items = list(service).makeAsyncIterator()
        #expect(try await items.next() == 0)
        #expect(try await items.next() == 1)
        await #expect(throws: AzureError.self) { _ = try await items.next() }
        #expect(try await items.next() == 2)
    }

    @Test("give a page up that nobody waits for any more", .timeLimit(.minutes(5)))
    func dropped() async throws {
        let service = Service(hanging: [2])
        do {
            var pages = list(service).pages.makeAsyncIterator()
            _ = try await pages.next()
            _ = try await pages.next()
            await until { await service.asked == [0, 1, 2] }
        }
        await until { await service.cancelled == [2] }
    }

    @Test("stop when their reader is cancelled", .timeLimit(.minutes(5)))
    func cancelled() async throws {
        let service = Service(hanging: [2])
        let reader = Task { for try await _ in list(service) {} }
        await until { await service.asked == [0, 1, 2] }
        reader.cancel()
        await #expect(throws: CancellationError.self) { try await reader.value }
        await until { await service.cancelled == [2] }
    }
}
