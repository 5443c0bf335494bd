import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: snapshots")
struct BlobSnapshotTests {
    private func account(_ content: String = "one") async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob("/box/thing", Data(content.utf8), [("x-ms-meta-a", "1")])
        return account
    }

    private func snapshot(
        _ account: BlobTestAccount, _ path: String = "/box/thing", _ fields: [(String, String)] = []
    ) async throws -> String {
        let answer = try await account.send(.put, path, "comp=snapshot", fields)
        #expect(answer.status == 201)
        return try #require(answer["x-ms-snapshot"])
    }

    @Test("A snapshot stays what the blob was")
    func reading() async throws {
        let account = try await account()
        let id = try await snapshot(account)
        #expect(ServiceTime.parse(id) != nil)
        try await account.makeBlob("/box/thing", Data("two".utf8))
        #expect(try await account.send(.get, "/box/thing", "snapshot=\(id)").text() == "one")
        #expect(try await account.send(.get, "/box/thing").text() == "two")
        let metadata = try await account.send(.get, "/box/thing", "comp=metadata&snapshot=\(id)")
        #expect(metadata["x-ms-meta-a"] == "1")
        let properties = try await account.send(.head, "/box/thing", "snapshot=\(id)")
        #expect(properties["Content-Length"] == "3")
        #expect(properties["x-ms-lease-state"] == nil)
    }

    @Test("A snapshot has the tag of the blob, unless it gets metadata of its own")
    func versions() async throws {
        let account = try await account()
        let tag = try await account.send(.head, "/box/thing")["ETag"]
        let same = try await account.send(.put, "/box/thing", "comp=snapshot")
        let other = try await account.send(.put, "/box/thing", "comp=snapshot", [("x-ms-meta-b", "2")])
        #expect(same["ETag"] == tag)
        #expect(other["ETag"] != tag)
        let id = try #require(other["x-ms-snapshot"])
        let properties = try await account.send(.head, "/box/thing", "snapshot=\(id)")
        #expect(properties["x-ms-meta-a"] == nil)
        #expect(properties["x-ms-meta-b"] == "2")
        #expect(try await account.send(.head, "/box/thing")["ETag"] == tag)
    }

    @Test(
        "A state that does not exist is not found, and what cannot be about one refuses it",
        arguments: [
            (HTTPRequest.Method.get, "snapshot=2026-01-02T03:04:05.0000000Z", "404 BlobNotFound"),
            (.get, "versionid=2026-01-02T03:04:05.0000000Z", "404 BlobNotFound"),
            (.get, "snapshot=yesterday", "400 InvalidQueryParameterValue"),
            (.put, "comp=metadata&snapshot=2026-01-02T03:04:05.0000000Z", "400 InvalidQueryParameterValue"),
            (
                .get, "snapshot=2026-01-02T03:04:05.0000000Z&versionid=2026-01-02T03:04:05.0000000Z",
                "400 InvalidQueryParameterValue"
            ),
        ])
    func unknown(_ method: HTTPRequest.Method, _ query: String, _ outcome: String) async throws {
        #expect(try await account().send(method, "/box/thing", query).outcome == outcome)
    }

    @Test("A blob with snapshots is deleted only by who says what becomes of them")
    func deleting() async throws {
        let account = try await account()
        let (first, second) = (try await snapshot(account), try await snapshot(account))
        #expect(try await account.send(.delete, "/box/thing").outcome == "409 SnapshotsPresent")
        let wrong = try await account.send(
            .delete, "/box/thing", "snapshot=\(first)", [("x-ms-delete-snapshots", "include")])
        #expect(wrong.outcome == "400 InvalidHeaderValue")
        let one = try await account.send(.delete, "/box/thing", "snapshot=\(first)")
        #expect(one.status == 202)
        #expect(one["x-ms-delete-type-permanent"] == "true")
        #expect(try await account.send(.get, "/box/thing", "snapshot=\(first)").outcome == "404 BlobNotFound")
        #expect(try await account.send(.get, "/box/thing", "snapshot=\(second)").status == 200)
        try await account.send(.delete, "/box/thing", "", [("x-ms-delete-snapshots", "only")])
        #expect(try await account.send(.get, "/box/thing", "snapshot=\(second)").outcome == "404 BlobNotFound")
        #expect(try await account.send(.get, "/box/thing").status == 200)
        _ = try await snapshot(account)
        let all = try await account.send(.delete, "/box/thing", "", [("x-ms-delete-snapshots", "include")])
        #expect(all.status == 202)
        #expect(try await account.send(.get, "/box/thing").outcome == "404 BlobNotFound")
    }

    @Test("A lease of the blob keeps nobody from making and deleting snapshots, only from deleting the blob with them")
    func leases() async throws {
        let account = try await account()
        try await account.send(
            .put, "/box/thing", "comp=lease", [("x-ms-lease-action", "acquire"), ("x-ms-lease-duration", "-1")])
        let id = try await snapshot(account)
        #expect(try await account.send(.delete, "/box/thing", "snapshot=\(id)").status == 202)
        _ = try await snapshot(account)
        let only = try await account.send(.delete, "/box/thing", "", [("x-ms-delete-snapshots", "only")])
        #expect(only.status == 202)
        let all = try await account.send(.delete, "/box/thing", "", [("x-ms-delete-snapshots", "include")])
        #expect(all.outcome == "412 LeaseIdMissing")
    }

    @Test("A snapshot can be copied over its blob, which keeps its snapshots")
    func promoting() async throws {
        let account = try await account()
        let id = try await snapshot(account)
        try await account.makeBlob("/box/thing", Data("two".utf8))
        let source = "http://127.0.0.1:10000/\(BlobTestAccount.name)/box/thing?snapshot=\(id)"
        let copy = try await account.send(.put, "/box/thing", "", [("x-ms-copy-source", source)], body: Data())
        #expect(copy.status == 202)
        #expect(try await account.send(.get, "/box/thing").text() == "one")
        #expect(try await account.send(.head, "/box/thing")["x-ms-copy-source"] == source)
        #expect(try await account.send(.get, "/box/thing", "snapshot=\(id)").text() == "one")
    }

    @Test(
        "A list shows snapshots when asked to, oldest first and the blob last, on pages of any size", arguments: 1...4)
    func listing(_ size: Int) async throws {
        let account = try await account()
        try await account.makeBlob("/box/another")
        let ids = [try await snapshot(account), try await snapshot(account)]
        var entries: [String] = []
        var marker = ""
        repeat {
            let xml = try await account.send(
                .get, "/box",
                "restype=container&comp=list&include=snapshots&maxresults=\(size)&marker=\(PercentEncoding.encode(marker))"
            ).xml()
            let blobs = xml.child("Blobs")?.children ?? []
            #expect(blobs.count <= size)
            entries += blobs.map { "\($0.child("Name")?.text ?? "")@\($0.child("Snapshot")?.text ?? "")" }
            marker = xml.child("NextMarker")?.text ?? ""
        } while !marker.isEmpty
        #expect(entries == ["another@", "thing@\(ids[0])", "thing@\(ids[1])", "thing@"])
        let without = try await account.send(.get, "/box", "restype=container&comp=list").xml()
        #expect(without.child("Blobs")?.children.count == 2)
        let delimited = try await account.send(
            .get, "/box", "restype=container&comp=list&include=snapshots&delimiter=/")
        #expect(delimited.outcome == "400 InvalidQueryParameterValue")
    }
}
