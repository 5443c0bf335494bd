import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Calls of the emulated Blob store as transactions")
struct BlobStoreTransactionTests {
    // "Operation not allowed on incremental copy blob" is documented for Set Blob Metadata; a refused call leaves the
    // versions of a blob as they were.
    @Test("A change of metadata that is refused leaves no version behind")
    func refusedMetadata() async throws {
        let account = try BlobTestAccount(keepsVersions: true)
        try await account.makeContainer()
        try await account.makePages()
        let snapshot = try #require(try await account.send(.put, "/box/disk", "comp=snapshot")["x-ms-snapshot"])
        let copy = try await account.send(
            .put, "/box/copy", "comp=incrementalcopy",
            [("x-ms-copy-source", BlobTestAccount.url("/box/disk?snapshot=\(snapshot)"))], body: Data())
        #expect(copy.outcome == "202")
        func list() async throws -> String {
            try await account.send(
                .get, "/box", "restype=container&comp=list&include=versions,snapshots&prefix=copy"
            ).text()
        }
        let before = try await list()
        let refused = try await account.send(.put, "/box/copy", "comp=metadata", [("x-ms-meta-a", "1")])
        #expect(refused.outcome == "409 OperationNotAllowedOnIncrementalCopyBlob")
        #expect(try await list() == before)
    }

    @Test("A call that fails anywhere changes nothing, not even the next tag")
    func failure() async throws {
        struct Failure: Error {}
        let store = BlobStore(time: ManualClock().timeSource, deletionTime: .zero)
        _ = try await store.createContainer("box", metadata: [], publicAccess: nil)
        let write = BlobWrite(
            container: "box", name: BlobName("a"), headers: BlobHTTPHeaders(), metadata: [], conditions: .none,
            mayOverwrite: true)
        let first = try await store.put(BlobContent([]), write)
        await #expect(throws: Failure.self) {
            try await store.change(BlobName("a"), .current, in: "box") { blob in
                blob.tags = [BlobMetadataEntry(name: "a", value: "b")]
                throw Failure()
            }
        }
        #expect(try await store.blob(BlobName("a"), in: "box").tags.isEmpty)
        #expect(try await store.blob(BlobName("a"), in: "box").version == first.version)
    }

    @Test("A page of a list costs the same however many blobs there are", .timeLimit(.minutes(5)))
    func pages() async throws {
        let store = BlobStore(time: ManualClock().timeSource, deletionTime: .zero)
        _ = try await store.createContainer("box", metadata: [], publicAccess: nil)
        var seen = 0
        for index in 0..<20_000 {
            let write = BlobWrite(
                container: "box", name: BlobName("\(index % 7)/\(index)"), headers: BlobHTTPHeaders(), metadata: [],
                conditions: .none, mayOverwrite: true)
            _ = try await store.put(BlobContent([]), write)
            let query = BlobListQuery(container: "box", start: "3/", delimiter: index % 2 == 0 ? "" : "/", limit: 3)
            seen += try await store.list(query).entries.count
        }
        #expect(seen > 20_000)
        let folders = try await store.list(BlobListQuery(container: "box", delimiter: "/", limit: 100))
        #expect(folders.entries.count == 7)
        #expect(folders.next == nil)
    }
}
