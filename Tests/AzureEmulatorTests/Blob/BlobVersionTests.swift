import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: versions")
struct BlobVersionTests {
    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount(keepsVersions: true)
        try await account.makeContainer()
        return account
    }

    private func write(_ account: BlobTestAccount, _ content: String) async throws -> String {
        try #require(try await account.makeBlob("/box/thing", Data(content.utf8))["x-ms-version-id"])
    }

    private func list(_ account: BlobTestAccount, _ include: String) async throws -> [String] {
        let xml = try await account.send(.get, "/box", "restype=container&comp=list&include=\(include)").xml()
        return (xml.child("Blobs")?.children ?? []).map { blob in
            [
                blob.child("Name")?.text, blob.child("Deleted").map { _ in "deleted" }, blob.child("VersionId")?.text,
                blob.child("IsCurrentVersion").map { _ in "current" },
                blob.child("HasVersionsOnly").map { _ in "versions only" },
            ].compactMap { $0 }.joined(separator: " ")
        }
    }

    @Test("Every write of a whole blob and of its metadata makes a version, other changes make none")
    func making() async throws {
        let account = try await account()
        let first = try await write(account, "one")
        let second = try await write(account, "two")
        let metadata = try await account.send(.put, "/box/thing", "comp=metadata", [("x-ms-meta-a", "1")])
        let third = try #require(metadata["x-ms-version-id"])
        #expect(Set([first, second, third]).count == 3)
        let properties = try await account.send(.put, "/box/thing", "comp=properties")
        #expect(properties["x-ms-version-id"] == third)
        let current = try await account.send(.get, "/box/thing")
        #expect(current["x-ms-version-id"] == third)
        #expect(current["x-ms-is-current-version"] == "true")
        let earlier = try await account.send(.get, "/box/thing", "versionid=\(first)")
        #expect(earlier["x-ms-version-id"] == first)
        #expect(earlier["x-ms-is-current-version"] == nil)
        #expect(try await earlier.text() == "one")
        #expect(try await account.send(.get, "/box/thing", "versionid=\(third)").text() == "two")
        #expect(
            try await list(account, "versions") == ["thing \(first)", "thing \(second)", "thing \(third) current"])
        #expect(try await list(account, "") == ["thing"])
    }

    @Test("A deleted blob leaves its versions, which are deleted one by one")
    func deleting() async throws {
        let account = try await account()
        let (first, second) = (try await write(account, "one"), try await write(account, "two"))
        let root = try await account.send(.delete, "/box/thing", "versionid=\(second)")
        #expect(root.outcome == "403 OperationNotAllowedOnRootBlob")
        #expect(try await account.send(.delete, "/box/thing")["x-ms-delete-type-permanent"] == "false")
        #expect(try await account.send(.get, "/box/thing").outcome == "404 BlobNotFound")
        #expect(try await account.send(.get, "/box/thing", "versionid=\(second)").text() == "two")
        #expect(try await list(account, "").isEmpty)
        #expect(try await list(account, "deletedwithversions") == ["thing versions only"])
        #expect(try await account.send(.delete, "/box/thing", "versionid=\(first)").status == 202)
        #expect(try await list(account, "versions") == ["thing \(second)"])
        let source = "http://127.0.0.1:10000/\(BlobTestAccount.name)/box/thing?versionid=\(second)"
        try await account.send(.put, "/box/thing", "", [("x-ms-copy-source", source)], body: Data())
        #expect(try await account.send(.get, "/box/thing").text() == "two")
    }

    @Test("A signature that lets delete does not let delete versions")
    func permissions() async throws {
        let account = try await account()
        let first = try await write(account, "one")
        _ = try await write(account, "two")
        for (permissions, outcome) in [("d", "403 AuthorizationPermissionMismatch"), ("x", "202")] {
            let token = TestSAS(permissions: permissions).service("c", "box")
            let answer = try await account.send(.delete, "/box/thing", "versionid=\(first)", as: .sas(token))
            #expect(answer.outcome == outcome)
        }
    }

    @Test("A batch deletes versions and snapshots too")
    func batches() async throws {
        let account = try await account()
        let (first, _) = (try await write(account, "one"), try await write(account, "two"))
        let snapshot = try #require(try await account.send(.put, "/box/thing", "comp=snapshot")["x-ms-snapshot"])
        var body = ""
        for query in ["versionid=\(first)", "snapshot=\(snapshot)"] {
            let date = RFC1123Date.format(account.clock.timeSource.now())
            var part = HTTPRequest(
                method: .delete, scheme: "http", authority: "127.0.0.1:10000",
                path: "/\(BlobTestAccount.name)/box/thing?\(query)")
            BlobTestAccount.sign(&part, key: BlobTestAccount.key, date: account.clock.timeSource.now())
            body += "--x\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            body += "DELETE \(part.path ?? "") HTTP/1.1\r\nx-ms-date: \(date)\r\n"
            body += "Authorization: \(part.headerFields[.authorization] ?? "")\r\nContent-Length: 0\r\n\r\n"
        }
        let answer = try await account.send(
            .post, "/", "comp=batch", [("Content-Type", "multipart/mixed; boundary=x")],
            body: Data((body + "--x--\r\n").utf8))
        #expect(answer.status == 202)
        #expect(try await answer.text().components(separatedBy: "HTTP/1.1 202").count == 3)
        #expect(try await account.send(.get, "/box/thing", "versionid=\(first)").outcome == "404 BlobNotFound")
    }

    @Test("A deleted version is kept and comes back where deleted blobs are kept; the blob stays deleted")
    func retention() async throws {
        let account = try await account()
        let xml =
            "<StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled><Days>3</Days>"
            + "</DeleteRetentionPolicy></StorageServiceProperties>"
        try await account.send(.put, "/", "restype=service&comp=properties", body: Data(xml.utf8))
        let (first, second) = (try await write(account, "one"), try await write(account, "two"))
        try await account.send(.delete, "/box/thing")
        let deleted = try await account.send(.delete, "/box/thing", "versionid=\(first)")
        #expect(deleted["x-ms-delete-type-permanent"] == "false")
        #expect(try await list(account, "versions") == ["thing \(second)"])
        #expect(try await list(account, "versions,deleted") == ["thing deleted \(first)", "thing \(second)"])
        #expect(try await account.send(.put, "/box/thing", "comp=undelete").status == 200)
        #expect(try await list(account, "versions") == ["thing \(first)", "thing \(second)"])
        #expect(try await account.send(.get, "/box/thing").outcome == "404 BlobNotFound")
        // A snapshot is a version too.
        let third = try await write(account, "three")
        let snapshot = try await account.send(.put, "/box/thing", "comp=snapshot")
        let fourth = try #require(snapshot["x-ms-version-id"])
        #expect(fourth != third)
        #expect(try await account.send(.head, "/box/thing")["x-ms-version-id"] == fourth)
        #expect(try await account.send(.get, "/box/thing", "versionid=\(third)").text() == "three")
    }

    @Test("Tags are those of one version")
    func tags() async throws {
        let account = try await account()
        let first = try await write(account, "one")
        _ = try await write(account, "two")
        let tags = "<Tags><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tags>"
        let set = try await account.send(
            .put, "/box/thing", "comp=tags&versionid=\(first)", body: Data(tags.utf8))
        #expect(set.status == 204)
        #expect(try await account.send(.head, "/box/thing", "versionid=\(first)")["x-ms-tag-count"] == "1")
        #expect(try await account.send(.head, "/box/thing")["x-ms-tag-count"] == nil)
    }
}
