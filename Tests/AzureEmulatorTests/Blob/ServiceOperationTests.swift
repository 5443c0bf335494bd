import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: properties, statistics, user delegation keys")
struct ServiceOperationTests {
    private static let properties = "restype=service&comp=properties"

    private static func document(_ inner: String) -> Data {
        Data("<StorageServiceProperties>\(inner)</StorageServiceProperties>".utf8)
    }

    @Test("What is set is given back, and what is not set stays")
    func properties() async throws {
        let account = try BlobTestAccount()
        let initial = try await account.send(.get, "/", Self.properties).text()
        #expect(initial.contains("<DeleteRetentionPolicy><Enabled>false</Enabled></DeleteRetentionPolicy>"))
        #expect(initial.contains("<Cors />"))
        let set = Self.document(
            "<Cors><CorsRule><AllowedOrigins>https://a.example</AllowedOrigins><AllowedMethods>GET,PUT"
                + "</AllowedMethods><MaxAgeInSeconds>7</MaxAgeInSeconds><ExposedHeaders /><AllowedHeaders>x-ms-*"
                + "</AllowedHeaders></CorsRule></Cors><DeleteRetentionPolicy><Enabled>true</Enabled><Days>3</Days>"
                + "</DeleteRetentionPolicy><DefaultServiceVersion>2021-12-02</DefaultServiceVersion>")
        #expect(try await account.send(.put, "/", Self.properties, body: set).outcome == "202")
        let more = Self.document(
            "<StaticWebsite><Enabled>true</Enabled><IndexDocument>i.html</IndexDocument>"
                + "</StaticWebsite>")
        #expect(try await account.send(.put, "/", Self.properties, body: more).outcome == "202")
        let read = try await account.send(.get, "/", Self.properties).xml()
        #expect(read.child("Cors")?.children.first?.child("AllowedMethods")?.text == "GET,PUT")
        #expect(read.child("DeleteRetentionPolicy")?.child("Days")?.text == "3")
        #expect(read.child("DefaultServiceVersion")?.text == "2021-12-02")
        #expect(read.child("StaticWebsite")?.child("IndexDocument")?.text == "i.html")
        #expect(read.child("Logging")?.child("Version")?.text == "1.0")
    }

    @Test(
        "Properties that cannot be are refused",
        arguments: [
            ("<Cors>", "400 InvalidXmlDocument"),
            ("<Unknown />", "400 UnsupportedXmlNode"),
            ("<DeleteRetentionPolicy><Enabled>true</Enabled></DeleteRetentionPolicy>", "400 MissingRequiredXmlNode"),
            (
                "<DeleteRetentionPolicy><Enabled>true</Enabled><Days>366</Days></DeleteRetentionPolicy>",
                "400 InvalidXmlNodeValue"
            ),
            ("<DefaultServiceVersion>2020-01-01</DefaultServiceVersion>", "400 InvalidXmlNodeValue"),
            (
                "<HourMetrics><Version>1.0</Version><Enabled>true</Enabled><RetentionPolicy><Enabled>false</Enabled>"
                    + "</RetentionPolicy></HourMetrics>", "400 MissingRequiredXmlNode"
            ),
            ("<Cors><CorsRule><AllowedOrigins>*</AllowedOrigins></CorsRule></Cors>", "400 MissingRequiredXmlNode"),
        ])
    func refused(_ inner: String, _ outcome: String) async throws {
        let account = try BlobTestAccount()
        let answer = try await account.send(.put, "/", Self.properties, body: Self.document(inner))
        #expect(answer.outcome == outcome)
        #expect(try await account.send(.get, "/", Self.properties).text().contains("<Cors />"))
    }

    @Test("Statistics come from the second region only, which does not write")
    func statistics() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        #expect(
            try await account.send(.get, "/", "restype=service&comp=stats").outcome
                == "400 InvalidQueryParameterValue")
        let answer = try await account.send(.get, "-secondary/", "restype=service&comp=stats")
        let replication = try await answer.xml().child("GeoReplication")
        #expect(replication?.child("Status")?.text == "live")
        #expect(replication?.child("LastSyncTime")?.text == "Fri, 02 Jan 2026 03:04:05 GMT")
        #expect(try await account.send(.get, "-secondary/box", "restype=container").outcome == "200")
        #expect(
            try await account.send(.put, "-secondary/other", "restype=container").outcome
                == "403 WriteOperationNotSupportedOnSecondary")
    }

    @Test("Every level tells what the account is", arguments: ["/", "/box", "/box/thing"])
    func account(_ path: String) async throws {
        let account = try BlobTestAccount()
        let answer = try await account.send(.head, path, "restype=account&comp=properties")
        #expect(answer.status == 200)
        #expect(answer["x-ms-sku-name"] == "Standard_RAGRS")
        #expect(answer["x-ms-account-kind"] == "StorageV2")
    }

    // MARK: User delegation

    private static let keyRequest = Data(
        "<KeyInfo><Start>2026-01-02T03:00:00Z</Start><Expiry>2026-01-02T04:00:00Z</Expiry></KeyInfo>".utf8)
    private static let keyQuery = "restype=service&comp=userdelegationkey"

    private static func account() throws -> BlobTestAccount {
        try BlobTestAccount(tokens: ["token of Ann"])
    }

    @Test("A user delegation key is for callers with a token")
    func delegationCallers() async throws {
        let account = try Self.account()
        let shared = try await account.send(.post, "/", Self.keyQuery, body: Self.keyRequest)
        #expect(shared.outcome == "403 AuthenticationFailed")
        let unknown = [("Authorization", "Bearer of bad news")]
        #expect(
            try await account.send(.post, "/", Self.keyQuery, unknown, body: Self.keyRequest, as: .none).outcome
                == "401 InvalidAuthenticationInfo")
        let late = Data("<KeyInfo><Expiry>2026-01-10T04:00:00Z</Expiry></KeyInfo>".utf8)
        let bearer = [("Authorization", "Bearer token of Ann")]
        #expect(
            try await account.send(.post, "/", Self.keyQuery, bearer, body: late, as: .none).outcome
                == "400 InvalidXmlNodeValue")
    }

    @Test("What a user delegation key signs is valid until the key or the signature ends")
    func delegation() async throws {
        let account = try Self.account()
        try await account.makeContainer()
        try await account.makeBlob()
        let bearer = [("Authorization", "Bearer token of Ann")]
        let key = try await account.send(.post, "/", Self.keyQuery, bearer, body: Self.keyRequest, as: .none).xml()
        func value(_ name: String) -> String { key.child(name)?.text ?? "" }
        #expect(value("SignedExpiry") == "2026-01-02T04:00:00Z")
        #expect(value("SignedService") == "b")
        #expect(value("SignedVersion") == "2026-10-06")
        func token(_ path: String, expiry: String = "2026-01-02T09:00:00Z", secret: String? = nil) -> String {
            let own = [
                ("skoid", value("SignedOid")), ("sktid", value("SignedTid")), ("skt", value("SignedStart")),
                ("ske", value("SignedExpiry")), ("sks", "b"), ("skv", value("SignedVersion")),
            ]
            let head = ["r", "", expiry, "/blob/\(BlobTestAccount.name)/\(path)"] + own.map(\.1)
            let text = (head + ["", "", "", "", "", "", "", "2026-10-06", "b", ""] + ["", "", "", "", "", "", "", ""])
                .joined(separator: "\n")
            let signature = BlobTestAccount.signature(text, key: secret ?? value("Value"))
            let fields = [("sp", "r"), ("se", expiry), ("sv", "2026-10-06"), ("sr", "b"), ("sig", signature)] + own
            return fields.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        }
        #expect(try await account.send(.get, "/box/thing", as: .sas(token("box/thing"))).status == 200)
        #expect(
            try await account.send(.delete, "/box/thing", as: .sas(token("box/thing"))).outcome
                == "403 AuthorizationPermissionMismatch")
        for wrong in [
            token("box/other"), token("box/thing", secret: BlobTestAccount.key),
            token("box/thing", expiry: "2026-01-02T03:00:00Z"),
        ] {
            #expect(
                try await account.send(.get, "/box/thing", as: .sas(wrong)).outcome == "403 AuthenticationFailed")
        }
        account.clock.advance(by: .seconds(3600))
        #expect(
            try await account.send(.get, "/box/thing", as: .sas(token("box/thing"))).outcome
                == "403 AuthenticationFailed")
    }
}
