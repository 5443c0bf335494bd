import AzureCore
import AzureCrypto
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: keys of the client and encryption scopes")
struct BlobEncryptionTests {
    private static let first = fields(of: Data(repeating: 1, count: 32))
    private static let second = fields(of: Data(repeating: 2, count: 32))

    private static func fields(of key: Data, prefix: String = "x-ms-") -> [(String, String)] {
        [
            ("\(prefix)encryption-key", key.base64EncodedString()),
            ("\(prefix)encryption-key-sha256", Data(Digest.of(key, .sha256)).base64EncodedString()),
            ("\(prefix)encryption-algorithm", "AES256"),
        ]
    }

    private func account(scheme: String = "https") async throws -> BlobTestAccount {
        var account = try BlobTestAccount()
        account.scheme = scheme
        try await account.makeContainer()
        return account
    }

    @Test("What was written with a key is read and written with the same key only")
    func keys() async throws {
        let account = try await account()
        let written = try await account.makeBlob("/box/thing", Data("one".utf8), Self.first)
        #expect(written["x-ms-encryption-key-sha256"] == Self.first[1].1)
        for (fields, outcome) in [
            ([], "409 BlobUsesCustomerSpecifiedEncryption"),
            (Self.second, "409 BlobCustomerSpecifiedEncryptionMismatch"), (Self.first, "200"),
        ] {
            #expect(try await account.send(.get, "/box/thing", "", fields).outcome == outcome)
            #expect(try await account.send(.head, "/box/thing", "", fields).outcome == outcome)
            #expect(try await account.send(.put, "/box/thing", "comp=metadata", fields).outcome == outcome)
        }
        try await account.makeBlob("/box/plain")
        let plain = try await account.send(.get, "/box/plain", "", Self.first)
        #expect(plain.outcome == "409 BlobDoesNotUseCustomerSpecifiedEncryption")
        let list = try await account.send(.get, "/box", "restype=container&comp=list").text()
        #expect(list.contains("<CustomerProvidedKeySha256>\(Self.first[1].1)</CustomerProvidedKeySha256>"))
        #expect(try await account.send(.delete, "/box/thing").status == 202)
    }

    @Test(
        "A key that is none, half a key, and one that did not come over TLS are refused without being repeated",
        arguments: [
            (0, "AAAA", "400 InvalidHeaderValue"), (1, "AAAA", "400 InvalidHeaderValue"),
            (2, "AES128", "400 InvalidHeaderValue"), (1, nil, "400 MissingRequiredHeader"),
        ])
    func badKeys(_ index: Int, _ value: String?, _ outcome: String) async throws {
        let account = try await account()
        var fields = Self.first
        if let value { fields[index].1 = value } else { fields.remove(at: index) }
        let answer = try await account.send(
            .put, "/box/thing", "", [("x-ms-blob-type", "BlockBlob")] + fields, body: Data())
        #expect(answer.outcome == outcome)
        #expect(try await !answer.text().contains(Self.first[0].1))
    }

    @Test("A key that did not come over TLS is refused")
    func plainText() async throws {
        let answer = try await account(scheme: "http").send(
            .put, "/box/thing", "", [("x-ms-blob-type", "BlockBlob")] + Self.first, body: Data())
        #expect(answer.outcome == "400 InvalidHeaderValue")
    }

    @Test("All blocks of a blob, and their list, come with one key")
    func blocks() async throws {
        let account = try await account()
        func block(_ id: String, _ fields: [(String, String)]) async throws -> String {
            try await account.send(
                .put, "/box/thing", "comp=block&blockid=\(id)%3D%3D", fields, body: Data("x".utf8)
            ).outcome
        }
        #expect(try await block("YQ", Self.first) == "201")
        #expect(try await block("Yg", Self.second) == "409 BlobCustomerSpecifiedEncryptionMismatch")
        let list = Data("<BlockList><Latest>YQ==</Latest></BlockList>".utf8)
        let plain = try await account.send(.put, "/box/thing", "comp=blocklist", body: list)
        #expect(plain.outcome == "409 BlobCustomerSpecifiedEncryptionMismatch")
        #expect(try await account.send(.put, "/box/thing", "comp=blocklist", Self.first, body: list).status == 201)
    }

    @Test("The source of a copy needs its key too")
    func sources() async throws {
        let account = try await account()
        try await account.makeBlob("/box/thing", Data("one".utf8), Self.first)
        let token = TestSAS().service("c", "box")
        let source = ("x-ms-copy-source", "https://127.0.0.1:10000/\(BlobTestAccount.name)/box/thing?\(token)")
        let type = ("x-ms-blob-type", "BlockBlob")
        let without = try await account.send(.put, "/box/copy", "", [type, source], body: Data())
        #expect(without.outcome == "409 CannotVerifyCopySource")
        let key = Self.fields(of: Data(repeating: 1, count: 32), prefix: "x-ms-source-")
        #expect(try await account.send(.put, "/box/copy", "", [type, source] + key, body: Data()).outcome == "201")
        #expect(try await account.send(.get, "/box/copy").text() == "one")
    }

    @Test("A blob has the encryption scope of its write, or else that of its container")
    func scopes() async throws {
        let account = try await account()
        let scope = ("x-ms-encryption-scope", "mine")
        #expect(try await account.makeBlob("/box/thing", Data(), [scope])["x-ms-encryption-scope"] == "mine")
        #expect(try await account.send(.get, "/box/thing")["x-ms-encryption-scope"] == "mine")
        let list = try await account.send(.get, "/box", "restype=container&comp=list").text()
        #expect(list.contains("<EncryptionScope>mine</EncryptionScope>"))
        let fields = [
            ("x-ms-default-encryption-scope", "house"), ("x-ms-deny-encryption-scope-override", "true"),
        ]
        #expect(try await account.send(.put, "/strict", "restype=container", fields).status == 201)
        #expect(try await account.makeBlob("/strict/thing")["x-ms-encryption-scope"] == "house")
        for fields in [[scope], Self.first] {
            let refused = try await account.send(
                .put, "/strict/thing", "", [("x-ms-blob-type", "BlockBlob")] + fields, body: Data())
            #expect(refused.outcome == "403 RequestForbiddenByContainerEncryptionPolicy")
        }
    }
}
