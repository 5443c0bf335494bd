import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: finding blobs by tags")
struct FindBlobsTests {
    @Test("Blobs are found by their tags in the account and in a container", arguments: [nil, "box"])
    func find(_ container: String?) async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer("box")
        try await account.makeContainer("crate")
        for (path, tags) in [
            ("/box/b", "k=1&other=x"), ("/box/a", "k=2"), ("/box/c", "k=3"), ("/crate/d/e", "k=2"), ("/crate/f", "z=2"),
        ] {
            try await account.makeBlob(path, Data("x".utf8), [("x-ms-tags", tags)])
        }
        func find(_ expression: String, _ more: String = "") async throws -> (
            names: [String], next: String, text: String
        ) {
            let query =
                (container == nil ? "" : "restype=container&") + "comp=blobs\(more)&where="
                + PercentEncoding.encode(expression)
            let answer = try await account.send(.get, container.map { "/\($0)" } ?? "/", query)
            #expect(answer.outcome == "200")
            let text = try await answer.text()
            let xml = try #require(XMLTree(parsing: Data(text.utf8)))
            let names = xml.child("Blobs")?.children.map {
                "\($0.child("ContainerName")?.text ?? "")/\($0.child("Name")?.text ?? "")"
            }
            return (names ?? [], xml.child("NextMarker")?.text ?? "", text)
        }
        let all = container == nil ? ["box/a", "box/b", "crate/d/e"] : ["box/a", "box/b"]
        let found = try await find("k <= '2'")
        #expect(found.names == all)
        #expect(!found.text.contains("<Key>other</Key>"))
        let page = try await find("k <= '2'", "&maxresults=1")
        #expect(page.names == ["box/a"])
        #expect(
            try await find("k <= '2'", "&maxresults=1&marker=\(PercentEncoding.encode(page.next))").names == ["box/b"])
        #expect(try await find("@container = 'crate' AND k = '2'").names == (container == nil ? ["crate/d/e"] : []))
    }

    @Test("A page begins at a name that is one character with the slash before it")
    func combiningMark() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer("box")
        let names = ["a", "\u{301}x", "\u{301}y"]
        for name in names {
            try await account.makeBlob("/box/\(PercentEncoding.encode(name))", Data("x".utf8), [("x-ms-tags", "k=1")])
        }
        var found: [String] = []
        var marker = ""
        repeat {
            let more = marker.isEmpty ? "" : "&marker=\(PercentEncoding.encode(marker))"
            let answer = try await account.send(.get, "/", "comp=blobs&maxresults=1&where=k%20%3D%20'1'\(more)")
            let xml = try #require(XMLTree(parsing: Data(try await answer.text().utf8)))
            found += xml.child("Blobs")?.children.compactMap { $0.child("Name")?.text } ?? []
            marker = xml.child("NextMarker")?.text ?? ""
        } while !marker.isEmpty && found.count < 10
        #expect(found == names)
    }

    @Test(
        "A search needs comparisons that are joined by AND",
        arguments: ["k", "k <> '1'", "k = '1' OR k = '2'", "k = '1", "@container > 'a' AND k = '1'"])
    func badSearch(_ expression: String) async throws {
        let answer = try await BlobTestAccount().send(
            .get, "/", "comp=blobs&where=\(PercentEncoding.encode(expression))")
        #expect(answer.outcome == "400 InvalidQueryParameterValue")
    }

    @Test("Searches need a permission of their own")
    func permissions() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        func outcome(_ permissions: String) async throws -> String {
            var sas = TestSAS()
            sas.permissions = permissions
            let query = "restype=container&comp=blobs&where=\(PercentEncoding.encode("a = '1'"))"
            return try await account.send(.get, "/box", query, as: .sas(sas.service("c", "box"))).outcome
        }
        #expect(try await outcome("rl") == "403 AuthorizationPermissionMismatch")
        #expect(try await outcome("f") == "200")
        #expect(
            try await account.send(.get, "/none", "restype=container&comp=blobs&where=a%20%3D%20'1'").outcome
                == "404 ContainerNotFound")
        #expect(try await account.send(.get, "/", "comp=blobs").outcome == "400 MissingRequiredQueryParameter")
    }
}
