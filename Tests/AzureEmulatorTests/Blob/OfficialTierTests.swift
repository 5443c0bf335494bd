import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// The witness of each case is a live test of the official Python client, azure-storage-blob 12.31.1, whose assertions
/// were recorded against the real service, unless it names another one.
@Suite("Tiers in the emulated Blob service are as the official Python client's tests want them")
struct OfficialTierTests {
    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob()
        return account
    }

    private func move(
        _ account: BlobTestAccount, to tier: String, _ fields: [(String, String)] = []
    ) async throws -> String {
        try await account.send(.put, "/box/thing", "comp=tier", [("x-ms-access-tier", tier)] + fields).outcome
    }

    /// The properties of a blob in the list of the container.
    private func listed(_ account: BlobTestAccount, _ name: String = "thing") async throws -> XMLTree {
        let xml = try await account.send(.get, "/box", "restype=container&comp=list&prefix=\(name)").xml()
        return try #require(xml.child("Blobs")?.children.first?.child("Properties"))
    }

    // test_standard_blob_tier_set_tier_api, test_smart_access_tier, test_download_blob_returns_access_tier.

    @Test("A blob that the service moves between tiers tells where it is")
    func smartTier() async throws {
        let account = try await account()
        #expect(try await account.send(.head, "/box/thing")["x-ms-smart-access-tier"] == nil)
        #expect(try await move(account, to: "Smart") == "200")
        for method in [HTTPRequest.Method.head, .get] {
            let answer = try await account.send(method, "/box/thing")
            #expect(answer["x-ms-access-tier"] == "Smart")
            #expect(answer["x-ms-smart-access-tier"] == "Hot")
            #expect(answer["x-ms-access-tier-change-time"] != nil)
            #expect(answer["x-ms-access-tier-inferred"] == nil)
        }
        try await account.makeBlob("/box/other", Data(), [("x-ms-access-tier", "Smart")])
        for name in ["thing", "other"] {
            let properties = try await listed(account, name)
            #expect(properties.child("AccessTier")?.text == "Smart")
            #expect(properties.child("SmartAccessTier")?.text == "Hot")
        }
    }

    // test_rehydration_status, test_get_blob_properties_returns_rehydrate_priority,
    // test_list_blobs_returns_rehydrate_priority, test_set_standard_blob_tier_with_rehydrate_priority.

    @Test("A blob takes a while to come back from the archive")
    func rehydration() async throws {
        let account = try await account()
        #expect(try await move(account, to: "Archive", [("x-ms-rehydrate-priority", "Standard")]) == "200")
        #expect(try await account.send(.get, "/box/thing").outcome == "409 BlobArchived")
        #expect(try await move(account, to: "Cool") == "202")
        let pending = try await account.send(.head, "/box/thing")
        #expect(pending["x-ms-access-tier"] == "Archive")
        #expect(pending["x-ms-archive-status"] == "rehydrate-pending-to-cool")
        #expect(pending["x-ms-rehydrate-priority"] == "Standard")
        #expect(pending["x-ms-access-tier-inferred"] == nil)
        let properties = try await listed(account)
        #expect(properties.child("ArchiveStatus")?.text == "rehydrate-pending-to-cool")
        #expect(properties.child("RehydratePriority")?.text == "Standard")
        #expect(try await account.send(.get, "/box/thing").outcome == "409 BlobArchived")
        account.clock.advance(by: .seconds(11))
        let back = try await account.send(.get, "/box/thing")
        #expect(back.status == 200)
        #expect(back["x-ms-access-tier"] == "Cool")
        #expect(back["x-ms-archive-status"] == nil)
        #expect(back["x-ms-rehydrate-priority"] == nil)
        #expect(try await move(account, to: "Hot") == "200")
    }

    // "Blob rehydration from the archive tier": the priority can be raised, and nothing else can be changed on the way.

    @Test("On the way out of the archive only the priority can be changed, to a higher one")
    func changes() async throws {
        let account = try await account()
        #expect(try await move(account, to: "Archive") == "200")
        #expect(try await move(account, to: "Hot") == "202")
        #expect(try await move(account, to: "Cool") == "409 BlobBeingRehydrated")
        #expect(try await move(account, to: "Archive") == "409 BlobBeingRehydrated")
        #expect(try await move(account, to: "Hot", [("x-ms-rehydrate-priority", "High")]) == "202")
        #expect(try await account.send(.head, "/box/thing")["x-ms-rehydrate-priority"] == "High")
        #expect(
            try await move(account, to: "Hot", [("x-ms-rehydrate-priority", "Standard")]) == "409 BlobBeingRehydrated")
        #expect(try await move(account, to: "Hot", [("x-ms-rehydrate-priority", "Low")]) == "400 InvalidHeaderValue")
    }

    // test_copy_blob_with_rehydrate_priority; for the source in the archive, REST documentation of Copy Blob.

    @Test("A copy can be put into the archive, and brings what it copies out of it")
    func copies() async throws {
        let account = try await account()
        let source = ("x-ms-copy-source", BlobTestAccount.url("/box/thing"))
        let archived = [source, ("x-ms-access-tier", "Archive"), ("x-ms-rehydrate-priority", "High")]
        #expect(try await account.send(.put, "/box/copy", "", archived, body: Data()).status == 202)
        #expect(try await account.send(.head, "/box/copy")["x-ms-access-tier"] == "Archive")
        #expect(try await move(account, to: "Archive") == "200")
        #expect(try await account.send(.put, "/box/copy", "", [source], body: Data()).outcome == "409 BlobArchived")
        let online = [source, ("x-ms-access-tier", "Hot")]
        #expect(try await account.send(.put, "/box/copy", "", online, body: Data()).status == 202)
        #expect(try await account.send(.head, "/box/copy")["x-ms-archive-status"] == "rehydrate-pending-to-hot")
        account.clock.advance(by: .seconds(11))
        #expect(try await account.send(.get, "/box/copy").text() == "0123456789")
        // Whoever reads the source itself finds it in the archive.
        let token = TestSAS().service("c", "box")
        let signed = ("x-ms-copy-source", BlobTestAccount.url("/box/thing?\(token)"))
        let reading = try await account.send(
            .put, "/box/new", "", [signed, ("x-ms-blob-type", "BlockBlob")], body: Data())
        #expect(reading.outcome == "409 CannotVerifyCopySource")
        #expect(reading["x-ms-copy-source-error-code"] == "BlobArchived")
    }
}
