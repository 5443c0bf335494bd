import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: what lists of containers show")
struct ContainerListTests {
    /// The entries of a list, as `name`, `name deleted`, with metadata behind.
    private func entries(_ account: BlobTestAccount, _ query: String) async throws -> (list: [String], next: String) {
        let xml = try await account.send(.get, "/", "comp=list\(query)").xml()
        let list = try #require(xml.child("Containers")).children.map { container in
            let isDeleted = container.child("Deleted")?.text == "true"
            #expect((container.child("Version") != nil) == isDeleted)
            let metadata = container.child("Metadata")?.children.map { " \($0.name)=\($0.text)" }.joined() ?? ""
            return (container.child("Name")?.text ?? "") + (isDeleted ? " deleted" : "") + metadata
        }
        return (list, xml.child("NextMarker")?.text ?? "")
    }

    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount(retention: .seconds(86_400))
        for name in ["$logs", "aaa", "bbb", "bbb-1"] {
            #expect(
                try await account.send(.put, "/\(name)", "restype=container", [("x-ms-meta-k", "v")]).status == 201)
        }
        for _ in 0..<2 {
            try await account.send(.delete, "/bbb", "restype=container")
            try await account.send(.put, "/bbb", "restype=container")
        }
        return account
    }

    @Test(
        "Metadata, deleted containers and those of the service come if they are asked for",
        arguments: [
            ("", ["aaa", "bbb", "bbb-1"]), ("&include=", ["aaa", "bbb", "bbb-1"]),
            ("&include=metadata", ["aaa k=v", "bbb", "bbb-1 k=v"]),
            ("&include=system", ["$logs", "aaa", "bbb", "bbb-1"]),
            ("&include=deleted", ["aaa", "bbb", "bbb deleted", "bbb deleted", "bbb-1"]),
            ("&include=metadata,deleted&prefix=bbb", ["bbb", "bbb deleted k=v", "bbb deleted", "bbb-1 k=v"]),
            ("&include=system,Metadata&prefix=$", ["$logs k=v"]),
        ])
    func include(_ query: String, _ expected: [String]) async throws {
        #expect(try await entries(try await account(), query).list == expected)
    }

    @Test("Pages go on behind a deleted container, of which there may be several of one name")
    func pages() async throws {
        let account = try await account()
        var (list, marker) = (["start"], "")
        repeat {
            let page = try await entries(
                account, "&include=deleted,system&maxresults=1&marker=\(PercentEncoding.encode(marker))")
            #expect(page.list.count == 1)
            list += page.list
            marker = page.next
        } while !marker.isEmpty
        #expect(list == ["start", "$logs", "aaa", "bbb", "bbb deleted", "bbb deleted", "bbb-1"])
    }

    @Test("What cannot be asked for is refused")
    func refused() async throws {
        let account = try BlobTestAccount()
        #expect(
            try await account.send(.get, "/", "comp=list&include=snapshots").outcome == "400 InvalidQueryParameterValue"
        )
        #expect(
            try await account.send(.get, "/", "comp=list&maxresults=0").outcome == "400 OutOfRangeQueryParameterValue")
        #expect(try await account.send(.get, "/", "comp=list&marker=x").outcome == "400 OutOfRangeInput")
    }
}
