import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Blocks of the emulated Blob service")
struct BlockTests {
    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        return account
    }

    private func stage(_ account: BlobTestAccount, _ id: String, _ content: String) async throws -> String {
        let query = "comp=block&blockid=\(PercentEncoding.encode(Data(id.utf8).base64EncodedString()))"
        return try await account.send(.put, "/box/thing", query, body: Data(content.utf8)).outcome
    }

    private func commit(
        _ account: BlobTestAccount, _ list: [(String, String)], _ headers: [(String, String)] = []
    ) async throws -> String {
        let entries = list.map { "<\($0.0)>\(Data($0.1.utf8).base64EncodedString())</\($0.0)>" }.joined()
        let body = Data("<?xml version=\"1.0\"?>\n<BlockList>\(entries)</BlockList>".utf8)
        return try await account.send(.put, "/box/thing", "comp=blocklist", headers, body: body).outcome
    }

    private func list(_ account: BlobTestAccount, _ type: String) async throws -> [String] {
        let xml = try await account.send(.get, "/box/thing", "comp=blocklist&blocklisttype=\(type)").xml()
        return xml.children.flatMap { list in
            list.children.map { block in
                let id = Data(base64Encoded: block.child("Name")?.text ?? "") ?? Data()
                return "\(list.name) \(String(decoding: id, as: UTF8.self)) \(block.child("Size")?.text ?? "")"
            }
        }
    }

    @Test("Blocks become a blob in the order of the list, and may be used again")
    func commitBlocks() async throws {
        let account = try await account()
        for (id, content) in [("a", "1111"), ("b", "22"), ("c", "3")] {
            #expect(try await stage(account, id, content) == "201")
        }
        #expect(try await account.send(.get, "/box/thing").outcome == "404 BlobNotFound")
        #expect(
            try await list(account, "all") == [
                "UncommittedBlocks a 4", "UncommittedBlocks b 2", "UncommittedBlocks c 1",
            ])
        let headers = [("x-ms-blob-content-type", "text/x"), ("Content-Type", "application/xml"), ("x-ms-meta-k", "v")]
        #expect(
            try await commit(
                account, [("Latest", "c"), ("Uncommitted", "a"), ("Latest", "c")], headers) == "201")
        let blob = try await account.send(.get, "/box/thing")
        #expect(blob["Content-Type"] == "text/x")
        #expect(blob["x-ms-meta-k"] == "v")
        #expect(blob["Content-MD5"] == nil)
        #expect(try await blob.text() == "311113")
        // What was not committed is gone; what was stays available.
        #expect(
            try await list(account, "all") == ["CommittedBlocks c 1", "CommittedBlocks a 4", "CommittedBlocks c 1"])
        #expect(try await commit(account, [("Latest", "b")]) == "400 InvalidBlockList")
        #expect(try await stage(account, "a", "new") == "201")
        #expect(try await commit(account, [("Committed", "a"), ("Latest", "a")]) == "201")
        #expect(try await account.send(.get, "/box/thing").text() == "1111new")
        let range = try await account.send(.get, "/box/thing", "", [("x-ms-range", "bytes=3-5")])
        #expect(try await range.text() == "1ne")
    }

    @Test("A block put again replaces the one before; ids have one length")
    func replace() async throws {
        let account = try await account()
        #expect(try await stage(account, "a", "1") == "201")
        #expect(try await stage(account, "a", "22") == "201")
        #expect(try await list(account, "uncommitted") == ["UncommittedBlocks a 2"])
        #expect(try await stage(account, "longer", "1") == "400 InvalidBlobOrBlock")
        #expect(try await list(account, "committed").isEmpty)
    }

    @Test("Put Blob and Put Block List drop staged blocks; an empty list makes an empty blob")
    func dropped() async throws {
        let account = try await account()
        #expect(try await stage(account, "a", "1") == "201")
        try await account.makeBlob()
        #expect(try await list(account, "all").isEmpty)
        #expect(try await commit(account, []) == "201")
        #expect(try await account.send(.head, "/box/thing")["Content-Length"] == "0")
    }

    @Test("Names with staged blocks only are listed when asked for")
    func uncommitted() async throws {
        let account = try await account()
        #expect(try await stage(account, "a", "1") == "201")
        func names(_ query: String) async throws -> Int? {
            try await account.send(.get, "/box", "restype=container&comp=list\(query)").xml()
                .child("Blobs")?.children.count
        }
        #expect(try await names("") == 0)
        #expect(try await names("&include=uncommittedblobs") == 1)
        #expect(try await account.send(.delete, "/box/thing").outcome == "404 BlobNotFound")
    }

    @Test("A list of more than 50,000 blocks is refused, one of 50,000 is not")
    func limit() async throws {
        let account = try await account()
        #expect(try await stage(account, "a", "1") == "201")
        let many = Array(repeating: ("Latest", "a"), count: 50_000)
        #expect(try await commit(account, many + [("Latest", "a")]) == "400 BlockListTooLong")
        #expect(try await commit(account, many) == "201")
        let range = try await account.send(.get, "/box/thing", "", [("x-ms-range", "bytes=49990-")])
        #expect(try await range.text() == "1111111111")
    }
}
