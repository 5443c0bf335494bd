import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Synchronization
import Testing

/// The official clients for .NET and Go stage blocks whose ids are binary: `Convert.ToBase64String(Guid.ToByteArray())`,
/// and a counter as four bytes behind a UUID.
@Suite("Names of blocks")
struct BlockIDTests {
    static let foreignIDs = ["/4AB", "/oAB", "AAAA", "//79", "AAECA/8="]

    @Test("keep all their bytes, whoever wrote them, and are sent as they came", arguments: foreignIDs)
    func binary(id: String) async throws {
        let list = """
            <BlockList><CommittedBlocks><Block><Name>\(id)</Name><Size>5</Size></Block></CommittedBlocks>\
            <UncommittedBlocks><Block><Name>YQ==</Name><Size>1</Size></Block></UncommittedBlocks></BlockList>
            """
        let fixture = try Fixture(MockResponse(200, body: list), MockResponse(201), MockResponse(201))
        let blocks = try await fixture.blob.blockBlob.blockList()
        #expect(blocks.committed.map(\.id.base64Encoded) == [id])
        #expect(blocks.uncommitted.map(\.id) == ["a"])
        try await fixture.blob.blockBlob.commitBlockList(blocks.committed.map(\.id) + ["a"])
        #expect(fixture.transport.requests[1].text.contains("<Latest>\(id)</Latest><Latest>YQ==</Latest>"))
        try await fixture.blob.blockBlob.stageBlock(id: blocks.committed[0].id, HTTPBody("x"))
        let encoded = PercentEncoding.encode(id)
        #expect(fixture.transport.requests[2].path.contains("blockid=\(encoded)"))
    }

    @Test("that differ in one byte are different")
    func different() throws {
        let ids = try Self.foreignIDs.map { try #require(BlockID(base64Encoded: $0)) }
        #expect(Set(ids).count == ids.count)
        #expect(ids[0].bytes == Data([0xFF, 0x80, 0x01]) && ids[0].text == nil)
        #expect(ids[0].description == "/4AB")
    }

    @Test("are texts, bytes or base64")
    func forms() throws {
        let id: BlockID = "block-1"
        #expect(id == BlockID("block-1") && id == BlockID(Data("block-1".utf8)))
        #expect(id == BlockID(base64Encoded: "YmxvY2stMQ==") && id.text == "block-1")
        #expect(BlockID(Data([0, 1, 2, 3])[1...2]) == BlockID(Data([1, 2])))
        for text in ["", "YQ"] { #expect(BlockID(base64Encoded: text) == nil || text.isEmpty) }
        #expect(BlockID(base64Encoded: "no base64!") == nil)
    }

    @Test("have 1 to 64 bytes", arguments: [0, 65])
    func length(count: Int) async throws {
        let fixture = try Fixture()
        let id = BlockID(Data(repeating: 0xFF, count: count))
        let error = try await failure { try await fixture.blob.blockBlob.stageBlock(id: id, HTTPBody("x")) }
        #expect(error.code == .invalidArgument && error.message.contains("has \(count)"))
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("of others do not disturb an upload that goes on")
    func foreign() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            let content = Data((0..<300).map { UInt8(truncatingIfNeeded: $0) })
            try content.write(to: URL(fileURLWithPath: path))
            let stored = StoredBlob()
            stored.state.withLock { state in
                for id in Self.foreignIDs { state.blocks[id] = Data(count: 100) }
            }
            let options = BlobUploadOptions(transfer: .init(singleShotLimit: 10, partSize: 100, concurrency: 1))
            let failing = FaultTransport(stored.transport) { number, _ in number >= 3 ? .status(400) : .none }
            func blob(_ transport: any HTTPTransport) throws -> BlobClient {
                try BlobClient(
                    url: "https://example.blob.core.windows.net/pictures/b",
                    options: .init(pipeline: PipelineOptions(transport: transport)))
            }
            _ = try await failure { try await blob(failing).uploadResumably(file: path, options: options) }
            let result = try await blob(stored.transport).uploadResumably(file: path, options: options)
            #expect(result.resumption == .resumed(bytes: 200))
            #expect(stored.content == content)
        }
    }
}
