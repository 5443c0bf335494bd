import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: deleted blobs that are kept")
struct BlobRetentionTests {
    private func account(permanentDelete: Bool = false) async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        let xml =
            "<StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled><Days>3</Days>"
            + "<AllowPermanentDelete>\(permanentDelete)</AllowPermanentDelete></DeleteRetentionPolicy>"
            + "</StorageServiceProperties>"
        let answer = try await account.send(.put, "/", "restype=service&comp=properties", body: Data(xml.utf8))
        #expect(answer.status == 202)
        return account
    }

    /// The entries of a list: name, then `deleted`, `snapshot` and the days that are left.
    private func list(_ account: BlobTestAccount, _ include: String) async throws -> [String] {
        let xml = try await account.send(.get, "/box", "restype=container&comp=list&include=\(include)").xml()
        return (xml.child("Blobs")?.children ?? []).map { blob in
            [
                blob.child("Name")?.text, blob.child("Deleted").map { _ in "deleted" },
                blob.child("Snapshot").map { _ in "snapshot" },
                blob.child("Properties")?.child("RemainingRetentionDays")?.text,
            ].compactMap { $0 }.joined(separator: " ")
        }
    }

    @Test("A deleted blob is not there, is listed as deleted, and comes back as it was")
    func undeleting() async throws {
        let account = try await account()
        try await account.makeBlob("/box/thing", Data("one".utf8), [("x-ms-meta-a", "1")])
        let deleted = try await account.send(.delete, "/box/thing")
        #expect(deleted["x-ms-delete-type-permanent"] == "false")
        #expect(try await account.send(.get, "/box/thing").outcome == "404 BlobNotFound")
        #expect(try await list(account, "").isEmpty)
        #expect(try await list(account, "deleted") == ["thing deleted 3"])
        account.clock.advance(by: .seconds(86_400))
        #expect(try await list(account, "deleted") == ["thing deleted 2"])
        #expect(try await account.send(.put, "/box/thing", "comp=undelete").outcome == "200")
        let back = try await account.send(.get, "/box/thing")
        #expect(back["x-ms-meta-a"] == "1")
        #expect(try await back.text() == "one")
        #expect(try await list(account, "deleted") == ["thing"])
        // There is nothing to bring back any more, which is no error.
        #expect(try await account.send(.put, "/box/thing", "comp=undelete").outcome == "200")
        #expect(try await account.send(.put, "/box/other", "comp=undelete").outcome == "404 BlobNotFound")
    }

    @Test("After the days of the policy a deleted blob is gone")
    func end() async throws {
        let account = try await account()
        try await account.makeBlob()
        try await account.send(.delete, "/box/thing")
        account.clock.advance(by: .seconds(3 * 86_400))
        #expect(try await list(account, "deleted").isEmpty)
        #expect(try await account.send(.put, "/box/thing", "comp=undelete").outcome == "404 BlobNotFound")
    }

    @Test("What a write replaces is kept as a deleted snapshot, and comes back as a snapshot")
    func overwriting() async throws {
        let account = try await account()
        try await account.makeBlob("/box/thing", Data("one".utf8))
        try await account.makeBlob("/box/thing", Data("two".utf8))
        try await account.send(.delete, "/box/thing")
        try await account.makeBlob("/box/thing", Data("three".utf8))
        #expect(try await list(account, "snapshots") == ["thing"])
        #expect(
            try await list(account, "snapshots,deleted")
                == ["thing deleted snapshot 3", "thing deleted snapshot 3", "thing"])
        // Deleted snapshots do not count when the blob is deleted.
        #expect(try await account.send(.delete, "/box/thing").status == 202)
        #expect(try await account.send(.put, "/box/thing", "comp=undelete").status == 200)
        #expect(try await list(account, "snapshots") == ["thing snapshot", "thing snapshot", "thing"])
        #expect(try await account.send(.get, "/box/thing").text() == "three")
    }

    @Test("Deleted snapshots are given up for good only where the account allows it", arguments: [false, true])
    func permanently(_ isAllowed: Bool) async throws {
        let account = try await account(permanentDelete: isAllowed)
        try await account.makeBlob()
        let id = try #require(try await account.send(.put, "/box/thing", "comp=snapshot")["x-ms-snapshot"])
        let query = "snapshot=\(id)&deletetype=permanent"
        #expect(try await account.send(.delete, "/box/thing", query).outcome == "409 BlobOperationNotSupported")
        #expect(
            try await account.send(.delete, "/box/thing", "snapshot=\(id)")["x-ms-delete-type-permanent"] == "false")
        let answer = try await account.send(.delete, "/box/thing", query)
        #expect(answer.outcome == (isAllowed ? "202" : "409 BlobOperationNotSupported"))
        #expect(try await list(account, "snapshots,deleted").count == (isAllowed ? 1 : 2))
        let whole = try await account.send(.delete, "/box/thing", "deletetype=permanent")
        #expect(whole.outcome == "400 InvalidQueryParameterValue")
    }

    @Test("A lease ends when the blob is deleted")
    func leases() async throws {
        let account = try await account()
        try await account.makeBlob()
        let lease = try await account.send(
            .put, "/box/thing", "comp=lease", [("x-ms-lease-action", "acquire"), ("x-ms-lease-duration", "-1")])
        let id = try #require(lease["x-ms-lease-id"])
        #expect(try await account.send(.delete, "/box/thing", "", [("x-ms-lease-id", id)]).status == 202)
        try await account.send(.put, "/box/thing", "comp=undelete")
        #expect(try await account.send(.head, "/box/thing")["x-ms-lease-state"] == "available")
    }
}
