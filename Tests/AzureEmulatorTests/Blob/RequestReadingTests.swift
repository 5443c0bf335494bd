import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service reads a request once: what was signed is what is done")
struct RequestReadingTests {
    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob()
        return account
    }

    /// Sends a request that was signed before somebody changed it.
    private func sendChanged(
        _ account: BlobTestAccount, _ method: HTTPRequest.Method, _ target: String, _ headers: [(String, String)] = [],
        _ change: (inout HTTPRequest) -> Void
    ) async throws -> BlobTestAnswer {
        var request = HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:10000",
            path: "/\(BlobTestAccount.name)\(target)",
            headerFields: HTTPFields(emulated: [("x-ms-version", "2026-10-06")] + headers))
        BlobTestAccount.sign(&request, key: BlobTestAccount.key, date: account.clock.timeSource.now())
        change(&request)
        return BlobTestAnswer(await account.service.respond(to: request, body: HTTPByteStream(Data())))
    }

    // A signature joins the values of a repeated parameter (REST documentation, Authorize with Shared Key), and an
    // operation looks at one of them; so neither a signature for one of them nor one for both will do.

    @Test(
        "A signature for one operation is not one for another that a second parameter names",
        arguments: ["comp=snapshot&comp=metadata", "comp=metadata&comp=snapshot", "COMP=snapshot&comp=metadata"])
    func repeatedParameter(_ query: String) async throws {
        let account = try await account()
        let answer = try await sendChanged(account, .put, "/box/thing?comp=metadata") {
            $0.path = "/\(BlobTestAccount.name)/box/thing?\(query)"
        }
        #expect([400, 403].contains(answer.status))
        #expect(answer["x-ms-snapshot"] == nil)
        let list = try await account.send(.get, "/box", "restype=container&comp=list&include=snapshots").text()
        #expect(!list.contains("<Snapshot>"))
    }

    // What is told again of a refused request may be anything; the answer is XML all the same (XML 1.0, 2.2).
    @Test(
        "A refusal that repeats a control character of the query can be read", arguments: ["%02", "%EF%BF%BE", "%00"])
    func controlCharacter(_ encoded: String) async throws {
        let answer = try await account().send(.get, "/box", "restype=container&comp=li\(encoded)st")
        #expect(answer.outcome == "400 InvalidQueryParameterValue")
        #expect(try await answer.xml().child("QueryParameterValue")?.text == "li\u{FFFD}st")
    }

    @Test("A parameter that stands there twice is refused, also when both were signed")
    func signedTwice() async throws {
        let account = try await account()
        let answer = try await sendChanged(account, .get, "/box?restype=container&comp=list") { request in
            request.path = "/\(BlobTestAccount.name)/box?restype=container&comp=list&prefix=a&prefix=a"
            request.headerFields[.authorization] = nil
            let text =
                "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:\(request.headerFields[HTTPField.Name("x-ms-date")!] ?? "")\n"
                + "x-ms-version:2026-10-06\n/\(BlobTestAccount.name)/\(BlobTestAccount.name)/box"
                + "\ncomp:list\nprefix:a,a\nrestype:container"
            request.headerFields[.authorization] =
                "SharedKey \(BlobTestAccount.name):\(BlobTestAccount.signature(text))"
        }
        #expect(answer.outcome == "400 InvalidQueryParameterValue")
    }

    @Test("A parameter cannot be hidden behind a line feed in another")
    func lineFeed() async throws {
        let account = try await account()
        let answer = try await sendChanged(account, .get, "/box?comp=list&restype=container") {
            $0.path = "/\(BlobTestAccount.name)/box?comp=list%0Arestype:container"
        }
        #expect([400, 403].contains(answer.status))
    }

    // Both have one text to be signed, with a parameter a line. As a `Character` of Swift neither a line feed behind a
    // carriage return nor a colon before a combining mark is one.
    @Test(
        "Nor behind one that Swift's characters do not show",
        arguments: [("b%0D", "S", "b%0D%0Asnapshot:S"), ("b", "%CC%81S", "b%0Asnapshot:%CC%81S")])
    func hiddenLine(value: String, snapshot: String, joined: String) async throws {
        let answer = try await sendChanged(try await account(), .get, "/box/thing?a=\(value)&snapshot=\(snapshot)") {
            $0.path = "/\(BlobTestAccount.name)/box/thing?a=\(joined)"
        }
        #expect(answer.outcome == "400 InvalidQueryParameterValue")
    }

    @Test("A Range that was added after signing is refused; one that was signed is not")
    func addedRange() async throws {
        let account = try await account()
        let added = try await sendChanged(account, .get, "/box/thing") { $0.headerFields[.range] = "bytes=0-1" }
        #expect(added.outcome == "403 AuthenticationFailed")
        let signed = try await sendChanged(account, .get, "/box/thing", [("Range", "bytes=0-1")]) { _ in }
        #expect(try await signed.text() == "01")
    }

    @Test(
        "A header field of the service that stands there twice is refused",
        arguments: ["x-ms-copy-source", "x-ms-range", "X-MS-Lease-Id", "Range"])
    func repeatedField(_ name: String) async throws {
        let account = try await account()
        let answer = try await account.send(.get, "/box/thing", "", [(name, "bytes=0-1"), (name, "bytes=2-3")])
        #expect([400, 403].contains(answer.status))
    }

    // The signed resource of a service SAS is one version or one snapshot (REST documentation, Create a service SAS).

    @Test("A signature for a version reads no snapshot, also as the source of a copy")
    func versionAndSnapshot() async throws {
        let account = try BlobTestAccount(keepsVersions: true)
        try await account.makeContainer()
        let version = try #require(try await account.makeBlob()["x-ms-version-id"])
        let snapshot = try #require(try await account.send(.put, "/box/thing", "comp=snapshot")["x-ms-snapshot"])
        let text = [
            "r", "", "2026-01-02T05:04:05Z", "/blob/\(BlobTestAccount.name)/box/thing", "", "", "", "2026-10-06", "bv",
            version, "", "", "", "", "", "",
        ].joined(separator: "\n")
        let token =
            "sr=bv&sp=r&se=2026-01-02T05:04:05Z&sv=2026-10-06&versionid=\(version)&snapshot=\(snapshot)&sig="
            + PercentEncoding.encode(BlobTestAccount.signature(text))
        #expect(
            try await account.send(.get, "/box/thing", "", as: .sas(token)).outcome == "400 InvalidQueryParameterValue")
        let source = BlobTestAccount.url("/box/thing?\(token)")
        let copy = try await account.send(.put, "/box/copy", "", [("x-ms-copy-source", source)], body: Data())
        #expect(copy.outcome == "400 CannotVerifyCopySource")
    }

    // MARK: Shared access signatures

    // A form decodes + as a space, and the service reads a query so; its documentation has signatures percent-encoded.

    @Test("A plus sign in a signature is a space unless it is encoded")
    func plusInSignature() async throws {
        let account = try await account()
        var sas = TestSAS()
        var token = ""
        // Some times of expiry give a signature with a plus sign.
        for second in 0..<60 where !token.contains("%2B") {
            sas.expiry = "2026-01-02T05:04:\(second < 10 ? "0" : "")\(second)Z"
            token = sas.service("b", "box/thing")
        }
        #expect(try await account.send(.get, "/box/thing", as: .sas(token)).status == 200)
        let raw = token.replacing("%2B", with: "+")
        #expect(try await account.send(.get, "/box/thing", as: .sas(raw)).outcome == "403 AuthenticationFailed")
    }

    // REST documentation, Create a service SAS: examples of invalid settings include wr, dr, lr and dw.

    @Test(
        "Permissions stand in their order, each once",
        arguments: [
            ("r", 200), ("rw", 200), ("racwd", 200), ("rl", 200), ("wr", 403), ("dr", 403), ("lr", 403), ("rr", 403),
            ("", 403),
        ])
    func permissionOrder(_ permissions: String, _ status: Int) async throws {
        let account = try await account()
        let token = TestSAS(permissions: permissions).service("c", "box")
        #expect(try await account.send(.get, "/box/thing", as: .sas(token)).status == status)
    }

    @Test(
        "The permissions of a stored policy stand in their order",
        arguments: [("rwdl", "200"), ("", "200"), ("wrld", "400 InvalidXmlDocument"), ("rr", "400 InvalidXmlDocument")])
    func policyOrder(_ permissions: String, _ outcome: String) async throws {
        let account = try await account()
        let body =
            "<SignedIdentifiers><SignedIdentifier><Id>p</Id><AccessPolicy><Expiry>2027-01-01</Expiry>"
            + "<Permission>\(permissions)</Permission></AccessPolicy></SignedIdentifier></SignedIdentifiers>"
        let answer = try await account.send(.put, "/box", "restype=container&comp=acl", body: Data(body.utf8))
        #expect(answer.outcome == outcome)
    }

    @Test("A field of a signature that stands there twice is refused")
    func repeatedSignatureField() async throws {
        let account = try await account()
        let token = TestSAS().service("b", "box/thing")
        #expect(
            try await account.send(.get, "/box/thing", as: .sas(token + "&sp=rwd")).outcome
                == "403 AuthenticationFailed")
    }
}
