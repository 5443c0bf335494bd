import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: leases, kept and renamed containers")
struct ContainerLifecycleTests {
    private static let first = "00000000-0000-4000-8000-000000000001"
    private static let second = "00000000-0000-4000-8000-000000000002"

    private func lease(
        _ account: BlobTestAccount, _ action: String, _ fields: [(String, String)] = []
    ) async throws -> BlobTestAnswer {
        try await account.send(
            .put, "/box", "restype=container&comp=lease",
            [("x-ms-lease-action", action)] + fields.map { ("x-ms-\($0.0)", $0.1) })
    }

    @Test("A leased container is deleted by its holder only")
    func leaseAndDelete() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        let taken = try await lease(
            account, "acquire", [("lease-duration", "-1"), ("proposed-lease-id", Self.first)])
        #expect(taken.outcome == "201")
        #expect(taken["x-ms-lease-id"] == Self.first)
        let read = try await account.send(.get, "/box", "restype=container")
        #expect(read["x-ms-lease-state"] == "leased")
        #expect(read["x-ms-lease-status"] == "locked")
        #expect(read["x-ms-lease-duration"] == "infinite")
        func delete(_ id: String?) async throws -> String {
            try await account.send(.delete, "/box", "restype=container", id.map { [("x-ms-lease-id", $0)] } ?? [])
                .outcome
        }
        #expect(try await delete(nil) == "412 LeaseIdMissing")
        #expect(try await delete(Self.second) == "412 LeaseIdMismatchWithContainerOperation")
        #expect(try await delete("no id") == "400 InvalidHeaderValue")
        let metadata = try await account.send(
            .put, "/box", "restype=container&comp=metadata", [("x-ms-lease-id", Self.second)])
        #expect(metadata.outcome == "412 LeaseIdMismatchWithContainerOperation")
        #expect(try await account.send(.put, "/box", "restype=container&comp=metadata").outcome == "200")
        #expect(try await delete(Self.first) == "202")
    }

    @Test("A lease goes through its states as the service has them")
    func states() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        let first = ("lease-id", Self.first)
        #expect(try await lease(account, "break").outcome == "409 LeaseNotPresentWithLeaseOperation")
        #expect(try await lease(account, "renew", [first]).outcome == "409 LeaseIdMismatchWithLeaseOperation")
        let acquire = [("lease-duration", "15"), ("proposed-lease-id", Self.first)]
        let other = [("lease-duration", "15"), ("proposed-lease-id", Self.second)]
        #expect(try await lease(account, "acquire", acquire).status == 201)
        #expect(try await lease(account, "acquire", acquire).status == 201)
        #expect(try await lease(account, "acquire", other).outcome == "409 LeaseAlreadyPresent")
        account.clock.advance(by: .seconds(15))
        #expect(try await account.send(.get, "/box", "restype=container")["x-ms-lease-state"] == "expired")
        #expect(
            try await account.send(.delete, "/box", "restype=container", [("x-ms-lease-id", Self.first)]).outcome
                == "412 LeaseLost")
        #expect(try await lease(account, "renew", [first]).status == 200)
        let changed = try await lease(account, "change", [first, ("proposed-lease-id", Self.second)])
        #expect(changed["x-ms-lease-id"] == Self.second)
        #expect(try await lease(account, "renew", [first]).outcome == "409 LeaseIdMismatchWithLeaseOperation")
        let broken = try await lease(account, "break", [("lease-break-period", "10")])
        #expect(broken.outcome == "202")
        #expect(broken["x-ms-lease-time"] == "10")
        #expect(
            try await lease(account, "acquire", other).outcome == "409 LeaseIsBreakingAndCannotBeAcquired")
        #expect(
            try await lease(account, "renew", [("lease-id", Self.second)]).outcome
                == "409 LeaseIsBrokenAndCannotBeRenewed")
        account.clock.advance(by: .seconds(10))
        #expect(try await account.send(.get, "/box", "restype=container")["x-ms-lease-state"] == "broken")
        #expect(try await lease(account, "release", [("lease-id", Self.second)]).status == 200)
        #expect(try await account.send(.delete, "/box", "restype=container").outcome == "202")
    }

    @Test(
        "Lease requests that cannot be are refused",
        arguments: [
            ("acquire", "14"), ("acquire", "61"), ("acquire", "0"), ("acquire", "x"), ("steal", "15"),
        ])
    func refused(_ action: String, _ duration: String) async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        #expect(
            try await lease(account, action, [("lease-duration", duration)]).outcome == "400 InvalidHeaderValue")
        #expect(try await lease(account, "renew").outcome == "400 MissingRequiredHeader")
    }

    @Test("A deleted container is listed and restored while it is kept")
    func restore() async throws {
        let account = try BlobTestAccount(retention: .seconds(2 * 86_400))
        try await account.makeContainer()
        try await account.makeBlob()
        try await account.send(.delete, "/box", "restype=container")
        #expect(try await account.send(.get, "/box/thing").outcome == "404 ContainerNotFound")
        #expect(try await account.send(.get, "/", "comp=list").xml().child("Containers")?.children.isEmpty == true)
        account.clock.advance(by: .seconds(86_400))
        let listed = try await account.send(.get, "/", "comp=list&include=deleted").xml().child("Containers")?
            .child("Container")
        #expect(listed?.child("Deleted")?.text == "true")
        #expect(listed?.child("Properties")?.child("RemainingRetentionDays")?.text == "1")
        #expect(listed?.child("Properties")?.child("DeletedTime")?.text == "Fri, 02 Jan 2026 03:04:05 GMT")
        let version = try #require(listed?.child("Version")?.text)
        func restore(_ name: String) async throws -> String {
            try await account.send(
                .put, name, "restype=container&comp=undelete",
                [("x-ms-deleted-container-name", "box"), ("x-ms-deleted-container-version", version)]
            ).outcome
        }
        try await account.makeContainer("other")
        #expect(try await restore("/other") == "409 ContainerAlreadyExists")
        #expect(try await restore("/box") == "201")
        #expect(try await account.send(.get, "/box/thing").status == 200)
        #expect(try await restore("/again") == "404 ContainerNotFound")
        try await account.send(.delete, "/box", "restype=container")
        account.clock.advance(by: .seconds(2 * 86_400))
        #expect(
            try await account.send(.get, "/", "comp=list&include=deleted").xml().child("Containers")?.children.count
                == 1)
    }

    @Test("A renamed container keeps what is in it")
    func rename() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob()
        try await account.makeContainer("other")
        func rename(_ target: String, _ fields: [(String, String)] = []) async throws -> String {
            try await account.send(
                .put, target, "restype=container&comp=rename", [("x-ms-source-container-name", "box")] + fields
            ).outcome
        }
        #expect(try await rename("/other") == "409 ContainerAlreadyExists")
        try await account.send(
            .put, "/box", "restype=container&comp=lease",
            [
                ("x-ms-lease-action", "acquire"), ("x-ms-lease-duration", "-1"),
                ("x-ms-proposed-lease-id", Self.first),
            ])
        #expect(try await rename("/new") == "412 LeaseIdMissing")
        #expect(try await rename("/new", [("x-ms-source-lease-id", Self.first)]) == "200")
        #expect(try await account.send(.get, "/new/thing").status == 200)
        #expect(try await rename("/newer") == "404 ContainerNotFound")
    }

    @Test("A container has the encryption scope that it was made with")
    func encryptionScope() async throws {
        let account = try BlobTestAccount()
        try await account.send(
            .put, "/box", "restype=container",
            [("x-ms-default-encryption-scope", "blue"), ("x-ms-deny-encryption-scope-override", "true")])
        let read = try await account.send(.get, "/box", "restype=container")
        #expect(read["x-ms-default-encryption-scope"] == "blue")
        #expect(read["x-ms-deny-encryption-scope-override"] == "true")
    }
}
