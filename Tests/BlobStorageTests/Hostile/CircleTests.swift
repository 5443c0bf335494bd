import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import BlobStorage

@Suite("Lists whose markers go round in a circle")
struct CircleTests {
    static let lists: [@Sendable (Fixture) async throws -> Void] = [
        { for try await _ in $0.container.listBlobs() {} },
        { for try await _ in $0.container.listBlobsByHierarchy() {} },
        { for try await _ in $0.service.listContainers() {} },
        { for try await _ in $0.service.findBlobs(matching: "a = 'b'") {} },
        { for try await _ in $0.container.findBlobs(matching: "a = 'b'") {} },
        { for try await _ in $0.blob.pageBlob.pageRanges() {} },
        { for try await _ in $0.container.listBlobs().pages {} },
        { _ = try await $0.container.downloadContainer(to: "/nowhere", options: .init(isDryRun: true)) },
    ]

    @Test("end with an error after few pages", arguments: lists.indices)
    func circle(list: Int) async throws {
        // Three pages that lead to each other, with nothing on them.
        let transport = MockTransport { request in
            let next = request.path.contains("marker=a") ? "b" : request.path.contains("marker=b") ? "c" : "a"
            let root = request.path.contains("pagelist") ? "PageList" : "EnumerationResults"
            return MockResponse(200, body: "<\(root)><NextMarker>\(next)</NextMarker></\(root)>")
        }
        let fixture = try Fixture(transport)
        let error = try await failure { try await Self.lists[list](fixture) }
        #expect(error.code == .invalidResponse && error.message.contains("continuation token"))
        #expect(transport.requests.count < 20)
    }
}
