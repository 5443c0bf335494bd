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

    @Test("do not turn in circles when a service repeats a token")
    func circle() async throws {
        let list = PagedSequence { _ in Page(items: [1], continuationToken: "same") }
        let error = await #expect(throws: AzureError.self) { try await all(list) }
        #expect(error?.code == .invalidResponse)
    }
}
