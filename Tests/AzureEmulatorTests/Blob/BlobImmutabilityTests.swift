import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: immutable blobs")
struct BlobImmutabilityTests {
    private static let policy = "comp=immutabilityPolicies"

    private func account(keepsVersions: Bool = false) async throws -> BlobTestAccount {
        let account = try BlobTestAccount(keepsVersions: keepsVersions)
        try await account.makeContainer()
        try await account.makeBlob()
        return account
    }

    private func fields(
        _ account: BlobTestAccount, hours: Double, _ mode: String
    ) -> [(String, String)] {
        let date = account.clock.timeSource.now().addingTimeInterval(hours * 3600)
        return [
            ("x-ms-immutability-policy-until-date", RFC1123Date.format(date)), ("x-ms-immutability-policy-mode", mode),
        ]
    }

    @Test("A policy keeps a blob from being changed and deleted until its date")
    func policies() async throws {
        let account = try await account()
        let set = try await account.send(
            .put, "/box/thing", Self.policy, fields(account, hours: 2, "Unlocked"))
        #expect(set.status == 200)
        #expect(set["x-ms-immutability-policy-mode"] == "unlocked")
        #expect(try await account.send(.head, "/box/thing")["x-ms-immutability-policy-mode"] == "unlocked")
        for (method, query, body) in [
            (HTTPRequest.Method.delete, "", nil), (.put, "comp=metadata", nil), (.put, "comp=properties", nil),
            (.put, "", Data("x".utf8)),
        ] {
            let answer = try await account.send(
                method, "/box/thing", query, body == nil ? [] : [("x-ms-blob-type", "BlockBlob")], body: body)
            #expect(answer.outcome == "409 BlobImmutableDueToPolicy")
        }
        account.clock.advance(by: .seconds(7201))
        #expect(try await account.send(.delete, "/box/thing").status == 202)
    }

    @Test("A policy can be shortened and taken away until it is locked, then only be made longer")
    func locking() async throws {
        let account = try await account()
        func set(_ hours: Double, _ mode: String) async throws -> String {
            try await account.send(.put, "/box/thing", Self.policy, fields(account, hours: hours, mode)).outcome
        }
        #expect(try await set(5, "Unlocked") == "200")
        #expect(try await set(3, "unlocked") == "200")
        #expect(try await account.send(.delete, "/box/thing", Self.policy).outcome == "200")
        #expect(try await account.send(.head, "/box/thing")["x-ms-immutability-policy-mode"] == nil)
        #expect(try await set(3, "Locked") == "200")
        #expect(try await set(2, "Locked") == "409 BlobImmutableDueToPolicy")
        #expect(try await set(4, "Unlocked") == "409 BlobImmutableDueToPolicy")
        #expect(try await set(4, "Locked") == "200")
        #expect(try await account.send(.delete, "/box/thing", Self.policy).outcome == "409 BlobImmutableDueToPolicy")
        #expect(try await set(-1, "Locked") == "400 InvalidHeaderValue")
        #expect(try await set(5, "Mutable") == "400 InvalidHeaderValue")
        let without = try await account.send(.put, "/box/thing", Self.policy)
        #expect(without.outcome == "400 MissingRequiredHeader")
    }

    @Test("A legal hold keeps a blob as it is until it is taken away")
    func legalHolds() async throws {
        let account = try await account()
        let set = try await account.send(.put, "/box/thing", "comp=legalhold", [("x-ms-legal-hold", "true")])
        #expect(set["x-ms-legal-hold"] == "true")
        #expect(try await account.send(.delete, "/box/thing").outcome == "409 BlobImmutableDueToLegalHold")
        let list = try await account.send(.get, "/box", "restype=container&comp=list&include=legalhold").text()
        #expect(list.contains("<LegalHold>true</LegalHold>"))
        try await account.send(.put, "/box/thing", "comp=legalhold", [("x-ms-legal-hold", "false")])
        #expect(try await account.send(.delete, "/box/thing").status == 202)
        let missing = try await account.send(.put, "/box/thing", "comp=legalhold")
        #expect(missing.outcome == "400 MissingRequiredHeader")
    }

    @Test("A write and a copy bring both with them")
    func writes() async throws {
        let account = try await account()
        let fields = fields(account, hours: 1, "Locked") + [("x-ms-legal-hold", "true")]
        try await account.makeBlob("/box/new", Data("x".utf8), fields)
        let source = "http://127.0.0.1:10000/\(BlobTestAccount.name)/box/thing"
        try await account.send(.put, "/box/copy", "", [("x-ms-copy-source", source)] + fields, body: Data())
        for path in ["/box/new", "/box/copy"] {
            let properties = try await account.send(.head, path)
            #expect(properties["x-ms-immutability-policy-mode"] == "locked")
            #expect(properties["x-ms-legal-hold"] == "true")
        }
        let list = try await account.send(.get, "/box", "restype=container&comp=list&include=immutabilitypolicy")
        #expect(try await list.text().contains("<ImmutabilityPolicyMode>locked</ImmutabilityPolicyMode>"))
        let half = try await account.send(
            .put, "/box/half", "", [("x-ms-blob-type", "BlockBlob"), ("x-ms-immutability-policy-mode", "Locked")],
            body: Data())
        #expect(half.outcome == "400 MissingRequiredHeader")
    }

    @Test("Where versions are kept, a protected one stays and the blob can be written")
    func versions() async throws {
        let account = try await account(keepsVersions: true)
        let id = try #require(try await account.send(.head, "/box/thing")["x-ms-version-id"])
        try await account.send(.put, "/box/thing", "comp=legalhold", [("x-ms-legal-hold", "true")])
        try await account.makeBlob("/box/thing", Data("new".utf8))
        #expect(try await account.send(.head, "/box/thing")["x-ms-legal-hold"] == nil)
        let query = "versionid=\(id)"
        #expect(try await account.send(.delete, "/box/thing", query).outcome == "409 BlobImmutableDueToLegalHold")
        try await account.send(.put, "/box/thing", "comp=legalhold&\(query)", [("x-ms-legal-hold", "false")])
        #expect(try await account.send(.delete, "/box/thing", query).status == 202)
    }

    @Test("A blob of an account without a hierarchical namespace cannot be given an end")
    func expiry() async throws {
        let answer = try await account().send(
            .put, "/box/thing", "comp=expiry", [("x-ms-expiry-option", "NeverExpire")])
        #expect(answer.outcome == "400 HierarchicalNamespaceNotEnabled")
    }
}
