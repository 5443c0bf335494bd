import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Names of blobs in the emulated Blob service")
struct BlobNameTests {
    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        return account
    }

    private func names(_ account: BlobTestAccount) async throws -> [String] {
        let list = try await account.send(.get, "/box", "restype=container&comp=list").xml()
        return list.child("Blobs")?.children.compactMap { $0.child("Name")?.text } ?? []
    }

    // Backslashes: the official Python client signs a slash for one since its service does. Dots at the end: the service
    // checks signatures of names without them (public report to the official Ruby client), and rclone encodes both.

    @Test(
        "The service changes names, and a blob is found by what its name became",
        arguments: [
            ("a%5Cb", "a/b"), ("a\\b", "a/b"), ("foo.", "foo"), ("foo...", "foo"), ("d./e", "d/e"), ("d/../e", "e"),
            ("d/./e", "d/e"), ("d/%2E%2E/e", "e"), ("a/b/..", "a/"), (".hidden", ".hidden"), ("a..b", "a..b"),
            ("a//b", "a//b"), ("a/", "a/"), ("a%2Fb.", "a/b"), ("%5C..%5Cc", "c"), ("a/.../b", "a/b"), ("é.", "é"),
        ])
    func changedNames(_ path: String, _ name: String) async throws {
        let account = try await account()
        let written = try await account.send(
            .put, "/box/\(path)", "", [("x-ms-blob-type", "BlockBlob")], body: Data("x".utf8))
        #expect(written.outcome == "201")
        #expect(try await names(account) == [name])
        let read = try await account.send(.get, "/box/\(PercentEncoding.encodePath(name))")
        #expect(try await read.text() == "x")
        #expect(try await account.send(.delete, "/box/\(path)").outcome == "202")
    }

    @Test("A path that goes back leads to another container, never out of the account")
    func backwards() async throws {
        let account = try await account()
        try await account.makeContainer("other")
        let type = [("x-ms-blob-type", "BlockBlob")]
        #expect(try await account.send(.put, "/other/../box/a", "", type, body: Data("x".utf8)).outcome == "201")
        #expect(try await account.send(.put, "/../../../box/b", "", type, body: Data("x".utf8)).outcome == "201")
        #expect(try await names(account) == ["a", "b"])
        #expect(try await account.send(.get, "/box/..", "comp=list").outcome == "200")
    }

    @Test("A signature is one for the name that a blob has, and not for the one that it was given")
    func signatures() async throws {
        let account = try await account()
        try await account.makeBlob("/box/a%5Cb.")
        let right = TestSAS().service("b", "box/a/b")
        #expect(try await account.send(.get, "/box/a%5Cb.", as: .sas(right)).outcome == "200")
        for name in ["box/a\\b.", "box/a\\b", "box/a/b."] {
            let wrong = TestSAS().service("b", name)
            #expect(try await account.send(.get, "/box/a%5Cb.", as: .sas(wrong)).outcome == "403 AuthenticationFailed")
        }
        let directory = TestSAS().service("d", "box/a", depth: 1)
        #expect(try await account.send(.get, "/box/a%5Cb.", as: .sas(directory)).outcome == "200")
    }

    @Test("A copy and a batch mean the same blob")
    func otherAddresses() async throws {
        let account = try await account()
        try await account.makeBlob("/box/a/b")
        let source = [("x-ms-copy-source", BlobTestAccount.url("/box/x/..%5Ca%5Cb."))]
        #expect(try await account.send(.put, "/box/copy", "", source, body: Data()).outcome == "202")
    }

    // REST documentation, Naming and Referencing Containers, Blobs, and Metadata: no more than 254 segments, and no
    // slash in the root container. A path that ends with the container's slash names no blob: recorded.

    @Test(
        "What no blob can be called is refused",
        arguments: [
            ("/box/", "400 InvalidUri"), ("/$root/a/b.css", "400 InvalidUri"), ("/$root/a%5Cb", "400 InvalidUri"),
            ("/box/" + Array(repeating: "a", count: 254).joined(separator: "/"), "201"),
            ("/box/" + Array(repeating: "a", count: 255).joined(separator: "/"), "400 InvalidUri"),
            ("/box/" + String(repeating: "%5C", count: 254) + "a", "400 InvalidUri"), ("/$root/b.css", "201"),
            ("/b.css", "201"),
        ])
    func refusedNames(_ path: String, _ outcome: String) async throws {
        let account = try await account()
        try await account.makeContainer("$root")
        let answer = try await account.send(.put, path, "", [("x-ms-blob-type", "BlockBlob")], body: Data())
        #expect(answer.outcome == outcome)
    }

    @Test("A container may have a slash behind its name")
    func containerSlash() async throws {
        let account = try await account()
        #expect(try await account.send(.get, "/box/", "restype=container").outcome == "200")
    }
}
