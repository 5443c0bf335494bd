import AzureAuth
import AzureCore
import Foundation
import Testing

@Suite("Shared access signatures that are refused")
struct SASRefusalTests {
    private static let expiry = vectorDate.addingTimeInterval(3600)

    private func key() throws -> StorageSharedKey {
        try StorageSharedKey(accountName: "account", key: wellKnownKey)
    }

    private func delegationKey() throws -> UserDelegationKey {
        try UserDelegationKey(
            objectID: "object", tenantID: "tenant", startsOn: .init(vectorDate), expiresOn: .init(Self.expiry),
            version: "2026-10-06", value: wellKnownKey)
    }

    /// A good signature for a blob, changed.
    private static func blob(_ change: @Sendable (inout BlobSAS) -> Void) -> BlobSAS {
        var sas = BlobSAS(container: "c", blob: "b", permissions: .read, expiresOn: expiry)
        change(&sas)
        return sas
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout BlobSAS) -> Void

        init(_ name: String, _ change: @escaping @Sendable (inout BlobSAS) -> Void) {
            testDescription = name
            self.change = change
        }
    }

    /// What neither key signs.
    static let bad = [
        Case("no permissions") { $0.permissions = nil },
        Case("empty permissions") { $0.permissions = "" },
        Case("no expiry") { $0.expiresOn = nil },
        Case("no container") { $0.container = "" },
        Case("no blob") { $0.resource = .blob("") },
        Case("no blob of a snapshot") { $0.resource = .snapshot(blob: "", "2026-01-01T10:20:30.1234567Z") },
        Case("no time of a snapshot") { $0.resource = .snapshot(blob: "b", "") },
        Case("no id of a version") { $0.resource = .version(blob: "b", "") },
        Case("an end before the start") { $0.startsOn = .init(expiry.addingTimeInterval(1)) },
        Case("an end at the start") { $0.startsOn = .init(expiry) },
        Case("an address that is none") { $0.ipRange = "10.0.0" },
        Case("an address out of range") { $0.ipRange = "10.0.0.256" },
        Case("an address with a sign") { $0.ipRange = "+10.0.0.1" },
        Case("an address of IPv6") { $0.ipRange = "::1" },
        Case("an empty address") { $0.ipRange = "" },
        Case("a range of three") { $0.ipRange = "10.0.0.1-10.0.0.2-10.0.0.3" },
        Case("a range that runs backwards") { $0.ipRange = "10.0.1.0-10.0.0.9" },
        Case("a line break in permissions") { $0.permissions = "r\nw" },
        Case("a line break in a header") { $0.responseHeaders.contentDisposition = "a\nb" },
        Case("a carriage return with a line feed in a header") { $0.responseHeaders.cacheControl = "a\r\nb" },
        Case("a line break in the encryption scope") { $0.encryptionScope = "a\n" },
        Case("a line break in the protocol") { $0.protocol = SASProtocol(rawValue: "https\n") },
        Case("a line break in the container") { $0.container = "c\nd" },
        Case("a NUL in a snapshot's time") { $0.resource = .snapshot(blob: "b", "a\0") },
    ]

    @Test("Neither an account key nor a user delegation key signs it", arguments: bad)
    func refusal(_ example: Case) throws {
        let sas = Self.blob(example.change)
        let (key, delegationKey) = (try key(), try delegationKey())
        let failures = [
            #expect(throws: AzureError.self) { try sas.token(signedWith: key) },
            #expect(throws: AzureError.self) { try sas.token(signedWith: delegationKey, accountName: "account") },
        ]
        for failure in failures { #expect(failure?.code == .invalidArgument) }
    }

    /// Limits that only a user delegation key can sign.
    static let delegations = [
        Case("preauthorized agent") { $0.delegation.preauthorizedAgentObjectID = "a" },
        Case("agent") { $0.delegation.agentObjectID = "a" },
        Case("correlation id") { $0.delegation.correlationID = "a" },
        Case("user") { $0.delegation.userObjectID = "a" },
        Case("request headers") { $0.delegation.requestHeaders = ["a": "b"] },
        Case("request query") { $0.delegation.requestQuery = ["a": "b"] },
    ]

    @Test("An account key does not sign a limit that it would silently drop", arguments: delegations)
    func delegation(_ example: Case) throws {
        let sas = Self.blob(example.change)
        let key = try key()
        let failure = #expect(throws: AzureError.self) { try sas.token(signedWith: key) }
        #expect(failure?.code == .invalidArgument)
        #expect(throws: Never.self) { try sas.token(signedWith: try delegationKey(), accountName: "account") }
    }

    @Test("A user delegation key signs no stored policy, and no line break in a limit")
    func delegationKeyRefuses() throws {
        let key = try delegationKey()
        for sas in [
            Self.blob { $0.storedPolicyID = "policy" },
            Self.blob { $0.delegation.requestHeaders = ["a": "b\nc"] },
            Self.blob { $0.delegation.requestQuery = ["a\n": "b"] },
            Self.blob { $0.delegation.correlationID = "a\nb" },
        ] {
            let failure = #expect(throws: AzureError.self) { try sas.token(signedWith: key, accountName: "account") }
            #expect(failure?.code == .invalidArgument)
        }
    }

    @Test("A stored policy stands for permissions and expiry; an empty one does not")
    func storedPolicy() throws {
        let key = try key()
        let sas = BlobSAS(container: "c", resource: .container, storedPolicyID: "policy")
        #expect(try sas.token(signedWith: key).hasPrefix("sv=2026-10-06&si=policy&sr=c&sig="))
        let empty = BlobSAS(container: "c", resource: .container, storedPolicyID: "")
        #expect(throws: AzureError.self) { try empty.token(signedWith: key) }
    }

    @Test("An account SAS needs permissions, services and types, and an end after its start")
    func account() throws {
        let key = try key()
        let good = AccountSAS(permissions: .read, resourceTypes: .object, expiresOn: Self.expiry)
        #expect(throws: Never.self) { try good.token(signedWith: key) }
        let changes: [(inout AccountSAS) -> Void] = [
            { $0.permissions = [] }, { $0.services = [] }, { $0.resourceTypes = [] },
            { $0.startsOn = .init(Self.expiry) }, { $0.ipRange = "1.2.3" }, { $0.encryptionScope = "a\nb" },
            { $0.protocol = SASProtocol(rawValue: "\n") },
        ]
        for change in changes {
            var sas = good
            change(&sas)
            let failure = #expect(throws: AzureError.self) { try sas.token(signedWith: key) }
            #expect(failure?.code == .invalidArgument)
        }
    }

    @Test("A user delegation key that is not base64 is refused, and the error does not show it")
    func badDelegationKey() {
        let failure = #expect(throws: AzureError.self) {
            try UserDelegationKey(
                objectID: "o", tenantID: "t", startsOn: .init(vectorDate), expiresOn: .init(Self.expiry), version: "v",
                value: "s3cr3t!")
        }
        #expect(failure?.code == .invalidArgument)
        #expect(!"\(String(describing: failure))".contains("s3cr3t"))
    }

    @Test("Fractions of a second are dropped from times")
    func fractions() throws {
        let sas = Self.blob { $0.startsOn = .init(vectorDate.addingTimeInterval(0.9)) }
        #expect(try sas.token(signedWith: key()).hasPrefix("st=2026-01-02T03%3A04%3A05Z&se=2026-01-02T04%3A04%3A05Z&"))
    }
}
