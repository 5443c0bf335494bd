import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: leases of blobs")
struct BlobLeaseTests {
    private static let first = "00000000-0000-4000-8000-000000000001"
    private static let second = "00000000-0000-4000-8000-000000000002"

    /// A write that needs the lease while there is one.
    struct Write: Sendable, CustomTestStringConvertible {
        let name: String
        let method: HTTPRequest.Method
        var path = "/box/thing"
        var query = ""
        var fields: [(String, String)] = []
        var body: Data?
        /// How long a lease may be; a copy needs one without end.
        var duration = "60"

        var testDescription: String { name }
    }

    private static let writes = [
        Write(name: "Put Blob", method: .put, fields: [("x-ms-blob-type", "BlockBlob")], body: Data("x".utf8)),
        Write(name: "Put Block", method: .put, query: "comp=block&blockid=YQ%3D%3D", body: Data("x".utf8)),
        Write(name: "Put Block List", method: .put, query: "comp=blocklist", body: Data("<BlockList/>".utf8)),
        Write(
            name: "Copy Blob", method: .put,
            fields: [("x-ms-copy-source", "http://127.0.0.1:10000/\(BlobTestAccount.name)/box/thing")], body: Data(),
            duration: "-1"),
        Write(name: "Set Blob Metadata", method: .put, query: "comp=metadata", fields: [("x-ms-meta-a", "b")]),
        Write(name: "Set Blob Properties", method: .put, query: "comp=properties"),
        Write(
            name: "Set Blob Tags", method: .put, query: "comp=tags", body: Data("<Tags><TagSet/></Tags>".utf8)),
        Write(
            name: "Append Block", method: .put, path: "/box/log", query: "comp=appendblock", body: Data("x".utf8)),
        Write(name: "Seal Append Blob", method: .put, path: "/box/log", query: "comp=seal"),
        Write(
            name: "Put Page", method: .put, path: "/box/disk", query: "comp=page",
            fields: [("x-ms-page-write", "update"), ("x-ms-range", "bytes=0-511")], body: Data(count: 512)),
        Write(name: "Delete Blob", method: .delete),
    ]

    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob()
        try await account.send(.put, "/box/log", "", [("x-ms-blob-type", "AppendBlob")], body: Data())
        try await account.send(
            .put, "/box/disk", "", [("x-ms-blob-type", "PageBlob"), ("x-ms-blob-content-length", "512")],
            body: Data())
        return account
    }

    private func lease(
        _ account: BlobTestAccount, _ action: String, _ fields: [(String, String)] = [],
        path: String = "/box/thing"
    ) async throws -> BlobTestAnswer {
        try await account.send(
            .put, path, "comp=lease", [("x-ms-lease-action", action)] + fields.map { ("x-ms-\($0.0)", $0.1) })
    }

    private func send(
        _ write: Write, to account: BlobTestAccount, lease id: String?
    ) async throws -> String {
        try await account.send(
            write.method, write.path, write.query, write.fields + (id.map { [("x-ms-lease-id", $0)] } ?? []),
            body: write.body
        ).outcome
    }

    @Test("Only who names the lease may write", arguments: writes)
    func enforcement(_ write: Write) async throws {
        let account = try await account()
        #expect(try await send(write, to: account, lease: Self.first) == "412 LeaseNotPresentWithBlobOperation")
        let taken = try await lease(
            account, "acquire", [("lease-duration", write.duration), ("proposed-lease-id", Self.first)],
            path: write.path)
        #expect(taken.outcome == "201")
        #expect(try await send(write, to: account, lease: nil) == "412 LeaseIdMissing")
        #expect(try await send(write, to: account, lease: Self.second) == "412 LeaseIdMismatchWithBlobOperation")
        #expect(try await send(write, to: account, lease: "x") == "400 InvalidHeaderValue")
        let written = try await send(write, to: account, lease: Self.first)
        #expect(written.hasPrefix("20") && !written.contains(" "))
        guard write.method == .put else { return }
        #expect(try await account.send(.head, write.path)["x-ms-lease-state"] == "leased")
    }

    @Test("A lease goes through its states, and its blob stays as it is")
    func states() async throws {
        let account = try await account()
        let etag = try await account.send(.head, "/box/thing")["ETag"]
        let acquire = [("lease-duration", "15"), ("proposed-lease-id", Self.first)]
        let taken = try await lease(account, "acquire", acquire)
        #expect(taken["x-ms-lease-id"] == Self.first)
        #expect(taken["ETag"] == etag)
        let read = try await account.send(.get, "/box/thing")
        #expect(read["ETag"] == etag)
        #expect(read["x-ms-lease-status"] == "locked")
        #expect(read["x-ms-lease-duration"] == "fixed")
        let listed = try await account.send(.get, "/box", "restype=container&comp=list").xml().child("Blobs")?
            .children.last?.child("Properties")
        #expect(listed?.child("LeaseStatus")?.text == "locked")
        #expect(listed?.child("LeaseState")?.text == "leased")
        #expect(listed?.child("LeaseDuration")?.text == "fixed")

        account.clock.advance(by: .seconds(15))
        #expect(try await account.send(.head, "/box/thing")["x-ms-lease-state"] == "expired")
        #expect(try await account.send(.get, "/box/thing", "", [("x-ms-lease-id", Self.first)]).status == 412)
        #expect(try await lease(account, "renew", [("lease-id", Self.first)]).status == 200)
        let broken = try await lease(account, "break")
        #expect(broken.outcome == "202")
        #expect(broken["x-ms-lease-time"] == "15")
        #expect(try await account.send(.head, "/box/thing")["x-ms-lease-state"] == "breaking")
        #expect(
            try await lease(account, "change", [("lease-id", Self.first), ("proposed-lease-id", Self.second)]).outcome
                == "409 LeaseIsBreakingAndCannotBeChanged")
        account.clock.advance(by: .seconds(15))
        #expect(try await account.send(.head, "/box/thing")["x-ms-lease-state"] == "broken")
        #expect(
            try await account.send(.delete, "/box/thing", "", [("x-ms-lease-id", Self.first)]).outcome
                == "412 LeaseLost")
        #expect(try await account.send(.delete, "/box/thing").outcome == "202")
        #expect(try await lease(account, "acquire", acquire).outcome == "404 BlobNotFound")
    }

    @Test("A lease that is over can be renewed until somebody writes")
    func renewalAfterWrite() async throws {
        let account = try await account()
        _ = try await lease(account, "acquire", [("lease-duration", "15"), ("proposed-lease-id", Self.first)])
        account.clock.advance(by: .seconds(15))
        #expect(try await lease(account, "renew", [("lease-id", Self.first)]).status == 200)
        account.clock.advance(by: .seconds(15))
        #expect(try await account.send(.put, "/box/thing", "comp=metadata").outcome == "200")
        #expect(try await account.send(.head, "/box/thing")["x-ms-lease-state"] == "available")
        #expect(
            try await lease(account, "renew", [("lease-id", Self.first)]).outcome
                == "409 LeaseIdMismatchWithLeaseOperation")
    }

    @Test("Reads with another lease id fail, and so do leases under conditions that do not hold")
    func readsAndConditions() async throws {
        let account = try await account()
        _ = try await lease(account, "acquire", [("lease-duration", "-1"), ("proposed-lease-id", Self.first)])
        for (query, method) in [
            ("", HTTPRequest.Method.get), ("", .head), ("comp=blocklist", .get), ("comp=tags", .get),
        ] {
            let other = try await account.send(method, "/box/thing", query, [("x-ms-lease-id", Self.second)])
            #expect(other.outcome == "412 LeaseIdMismatchWithBlobOperation")
            #expect(
                try await account.send(method, "/box/thing", query, [("x-ms-lease-id", Self.first)]).status == 200)
        }
        let condition = ("If-None-Match", try #require(try await account.send(.head, "/box/thing")["ETag"]))
        let release = [("x-ms-lease-action", "release"), ("x-ms-lease-id", Self.first)]
        #expect(
            try await account.send(.put, "/box/thing", "comp=lease", release + [condition]).outcome
                == "412 ConditionNotMet")
        #expect(try await account.send(.put, "/box/thing", "comp=lease", release).outcome == "200")
        #expect(try await account.send(.put, "/box/thing", "comp=tier", [("x-ms-access-tier", "Cool")]).status == 200)
    }
}
