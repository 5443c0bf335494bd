import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: when the tier was set")
struct TierTimeTests {
    @Test("It is shown, and a deletion can be made to depend on it")
    func conditions() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob()
        #expect(try await account.send(.head, "/box/thing")["x-ms-access-tier-change-time"] == nil)
        account.clock.advance(by: .seconds(60))
        let date = RFC1123Date.format(account.clock.timeSource.now())
        try await account.send(.put, "/box/thing", "comp=tier", [("x-ms-access-tier", "Cool")])
        #expect(try await account.send(.head, "/box/thing")["x-ms-access-tier-change-time"] == date)
        let list = try await account.send(.get, "/box", "restype=container&comp=list").text()
        #expect(list.contains("<AccessTierChangeTime>\(date)</AccessTierChangeTime>"))
        let later = try await account.send(
            .delete, "/box/thing", "", [("x-ms-access-tier-if-modified-since", date)])
        #expect(later.outcome == "412 ConditionNotMet")
        let earlier = try await account.send(
            .delete, "/box/thing", "", [("x-ms-access-tier-if-unmodified-since", date)])
        #expect(earlier.outcome == "202")
    }
}
