import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Lists of blobs of the emulated Blob service")
struct ListTests {
    /// The entries of a page: names, and prefixes with a star.
    private func page(
        _ account: BlobTestAccount, _ query: String
    ) async throws -> (entries: [String], next: String, xml: XMLTree) {
        let xml = try await account.send(.get, "/box", "restype=container&comp=list\(query)").xml()
        let entries = try #require(xml.child("Blobs")).children.map { entry in
            (entry.child("Name")?.text ?? "") + (entry.name == "BlobPrefix" ? "*" : "")
        }
        return (entries, xml.child("NextMarker")?.text ?? "", xml)
    }

    private func account(_ names: [String]) async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        for name in names { try await account.makeBlob("/box/\(PercentEncoding.encodePath(name))") }
        return account
    }

    @Test("A list can start with a name, which need not be there")
    func start() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        for name in ["a", "b/1", "b/2", "c"] { try await account.makeBlob("/box/\(name)") }
        func names(_ query: String) async throws -> [String] {
            let xml = try await account.send(.get, "/box", "restype=container&comp=list\(query)").xml()
            return xml.child("Blobs")?.children.compactMap { $0.child("Name")?.text } ?? []
        }
        #expect(try await names("&startFrom=b/2") == ["b/2", "c"])
        #expect(try await names("&startFrom=b/11") == ["b/2", "c"])
        #expect(try await names("&startFrom=b/2&prefix=b/") == ["b/2"])
        #expect(try await names("&startFrom=a&prefix=b/") == ["b/1", "b/2"])
        #expect(try await names("&startFrom=d").isEmpty)
        let first = try await account.send(.get, "/box", "restype=container&comp=list&startFrom=b&maxresults=1").xml()
        let marker = try #require(first.child("NextMarker")?.text)
        #expect(try await names("&startFrom=b&marker=\(marker)") == ["b/2", "c"])
    }

    @Test("Blobs come in the order of their bytes, by prefix")
    func flat() async throws {
        let account = try await account(["b", "a/2", "B", "a/1", "é", "a"])
        #expect(try await page(account, "").entries == ["B", "a", "a/1", "a/2", "b", "é"])
        #expect(try await page(account, "&prefix=a/").entries == ["a/1", "a/2"])
        #expect(try await page(account, "&prefix=zz").entries.isEmpty)
    }

    @Test("With a delimiter, names are cut behind the prefix")
    func hierarchy() async throws {
        let account = try await account(["a", "d/1", "d/2", "d/e/3", "e/", "f//g"])
        #expect(try await page(account, "&delimiter=/").entries == ["a", "d/*", "e/*", "f/*"])
        #expect(try await page(account, "&delimiter=/&prefix=d/").entries == ["d/1", "d/2", "d/e/*"])
        #expect(try await page(account, "&delimiter=/&prefix=d").entries == ["d/*"])
        #expect(try await page(account, "&delimiter=/&prefix=f/").entries == ["f//*"])
    }

    @Test("Pages follow on each other without gaps, with and without a delimiter", arguments: ["", "&delimiter=/"])
    func pages(_ delimiter: String) async throws {
        let names = (0..<23).map { "n\($0 / 4)/\($0)" } + ["a", "b", "c"]
        let account = try await account(names)
        let whole = try await page(account, delimiter).entries
        for size in [1, 2, 7, 26] {
            var entries: [String] = []
            var marker = ""
            repeat {
                let part = try await page(
                    account, "\(delimiter)&maxresults=\(size)&marker=\(PercentEncoding.encode(marker))")
                #expect(part.entries.count <= size)
                entries += part.entries
                marker = part.next
            } while !marker.isEmpty
            #expect(entries == whole)
        }
    }

    @Test("A list goes on where it stopped, also when that blob is gone")
    func deletedMeanwhile() async throws {
        let account = try await account(["a", "b", "c", "d"])
        let first = try await page(account, "&maxresults=2")
        try await account.send(.delete, "/box/c")
        #expect(try await page(account, "&marker=\(first.next)").entries == ["d"])
    }

    @Test("An entry has the properties of its blob, and its metadata when asked for")
    func properties() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        let put = try await account.makeBlob(
            "/box/thing", Data("<&>".utf8), [("Content-Type", "a/b; c=\"<>&\""), ("x-ms-meta-Key", "<v>")])
        let plain = try await page(account, "").xml.child("Blobs")?.children.first
        #expect(plain?.child("Metadata") == nil)
        let entry = try await page(account, "&include=metadata,snapshots").xml.child("Blobs")?.children.first
        #expect(entry?.child("Metadata")?.child("Key")?.text == "<v>")
        let properties = try #require(entry?.child("Properties"))
        #expect(properties.child("Content-Type")?.text == "a/b; c=\"<>&\"")
        #expect(properties.child("Content-Length")?.text == "3")
        #expect(properties.child("Etag")?.text == put["ETag"]?.replacing("\"", with: ""))
        #expect(properties.child("Last-Modified")?.text == "Fri, 02 Jan 2026 03:04:05 GMT")
        #expect(properties.child("BlobType")?.text == "BlockBlob")
        #expect(properties.child("Content-MD5")?.text == put["Content-MD5"])
    }

    @Test("A name that XML cannot hold is percent-encoded and says so")
    func encodedNames() async throws {
        let account = try await account(["a\u{1}b", "c<&\r\n>d", "e\u{FFFE}/f"])
        let names = try await page(account, "").xml.child("Blobs")?.children.compactMap { $0.child("Name") } ?? []
        #expect(names.map(\.text) == ["a%01b", "c<&\r\n>d", "e%EF%BF%BE/f"])
        #expect(names.map { $0.attributes["Encoded"] } == ["true", nil, "true"])
        let prefix = try await page(account, "&delimiter=/").xml.child("Blobs")?.child("BlobPrefix")?.child("Name")
        #expect(prefix?.text == "e%EF%BF%BE/")
        #expect(prefix?.attributes["Encoded"] == "true")
    }
}
