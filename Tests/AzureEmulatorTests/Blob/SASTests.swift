import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Shared access signatures of the emulated Blob service")
struct SASTests {
    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob("/box/dir/thing")
        return account
    }

    /// A token that the official Python client made, and the path that it is for.
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        let path: String
        let token: String

        var testDescription: String { name }
    }

    static let vectors = [
        Vector(
            name: "blob", path: "/mycontainer/myblob.txt",
            token:
                "se=2026-02-03T04%3A05%3A06Z&sp=r&sv=2026-10-06&sr=b&sig=ODxVBnCZQl5Qewywx6ENjJVxIGcsTCbZP0%2BsZZsRn5Y%3D"
        ),
        Vector(
            name: "account", path: "/mycontainer/myblob.txt",
            token: "se=2026-02-03T04%3A05%3A06Z&sp=r&sv=2026-10-06&ss=b&srt=o"
                + "&sig=YLbsSkNMUTUpu0oXest1oA3KLd9/8oHKlLn3OZFrqxI%3D"),
    ]

    @Test("What the official Python client made is accepted", arguments: vectors)
    func vector(_ vector: Vector) async throws {
        let service = try BlobEmulator(
            account: "myaccount", key: BlobTestAccount.key, time: ManualClock().timeSource)
        let request = HTTPRequest(
            method: .get, scheme: "https", authority: "h", path: "/myaccount\(vector.path)?\(vector.token)")
        let answer = BlobTestAnswer(await service.respond(to: request, body: HTTPByteStream(Data())))
        #expect(answer.outcome == "404 ContainerNotFound")
        #expect(answer["x-ms-version"] == "2026-10-06")
    }

    @Test("A blob's signature of the official Python client with special characters is accepted")
    func specialCharacters() async throws {
        let account = try BlobTestAccount()
        let path = PercentEncoding.encodePath("/mycontainer/dir/naïve file+%41&?#€.txt")
        let token =
            "st=2026-01-02T03%3A04%3A05Z&se=2026-02-03T04%3A05%3A06Z&sp=rw&sv=2026-10-06&sr=b"
            + "&sig=iEecLhypyJJC9WnGx2zETxfhj%2B3S11onM6St0RTOCso%3D"
        #expect(try await account.send(.get, path, as: .sas(token)).outcome == "404 ContainerNotFound")
    }

    /// A token and what a request with it must lead to.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let token: String
        var method: HTTPRequest.Method = .get
        var path = "/box/dir/thing"
        var query = ""
        let outcome: String

        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "blob, read", token: TestSAS().service("b", "box/dir/thing"), outcome: "200"),
        Case(
            name: "blob, properties", token: TestSAS().service("b", "box/dir/thing"), method: .head, outcome: "200"),
        Case(name: "container, read a blob", token: TestSAS().service("c", "box"), outcome: "200"),
        Case(name: "account, read a blob", token: TestSAS().account(), outcome: "200"),
        Case(
            name: "wrong key", token: TestSAS(key: BlobTestAccount.wrongKey).service("b", "box/dir/thing"),
            outcome: "403 AuthenticationFailed"),
        Case(
            name: "expired", token: TestSAS(expiry: "2026-01-02T03:04:05Z").service("b", "box/dir/thing"),
            outcome: "403 AuthenticationFailed"),
        Case(
            name: "not yet valid", token: TestSAS(start: "2026-01-02T03:04:06Z").service("b", "box/dir/thing"),
            outcome: "403 AuthenticationFailed"),
        Case(
            name: "valid from this second",
            token: TestSAS(start: "2026-01-02T03:04:05Z").service("b", "box/dir/thing"),
            outcome: "200"),
        Case(
            name: "another blob", token: TestSAS().service("b", "box/dir/other"),
            outcome: "403 AuthenticationFailed"),
        Case(name: "another container", token: TestSAS().service("c", "bin"), outcome: "403 AuthenticationFailed"),
        Case(
            name: "read permission for deletion", token: TestSAS().service("b", "box/dir/thing"), method: .delete,
            outcome: "403 AuthorizationPermissionMismatch"),
        Case(
            name: "write permission for reading", token: TestSAS(permissions: "w").service("c", "box"),
            outcome: "403 AuthorizationPermissionMismatch"),
        Case(
            name: "permissions that were added afterwards",
            token: TestSAS().service("b", "box/dir/thing").replacing("sp=r", with: "sp=rd"), method: .delete,
            outcome: "403 AuthenticationFailed"),
        Case(
            name: "an unknown permission", token: TestSAS(permissions: "rz").service("b", "box/dir/thing"),
            outcome: "403 AuthenticationFailed"),
        Case(
            name: "no permissions", token: TestSAS(permissions: "").service("b", "box/dir/thing"),
            outcome: "403 AuthenticationFailed"),
        Case(
            name: "no expiry", token: TestSAS(expiry: "").service("b", "box/dir/thing"),
            outcome: "403 AuthenticationFailed"),
        Case(
            name: "an unknown version", token: TestSAS(version: "2031-01-01").service("b", "box/dir/thing"),
            outcome: "403 AuthenticationFailed"),
        Case(
            name: "https only", token: TestSAS(scheme: "https").service("b", "box/dir/thing"),
            outcome: "403 AuthorizationProtocolMismatch"),
        Case(
            name: "https and http", token: TestSAS(scheme: "https,http").service("b", "box/dir/thing"),
            outcome: "200"),
        Case(
            name: "another address", token: TestSAS(address: "10.0.0.1").service("b", "box/dir/thing"),
            outcome: "403 AuthorizationSourceIPMismatch"),
        Case(
            name: "a range of addresses",
            token: TestSAS(address: "127.0.0.0-127.0.0.9").service("b", "box/dir/thing"),
            outcome: "200"),
        Case(
            name: "list with a container's signature", token: TestSAS(permissions: "l").service("c", "box"),
            path: "/box", query: "restype=container&comp=list", outcome: "200"),
        Case(
            name: "list without the permission", token: TestSAS().service("c", "box"), path: "/box",
            query: "restype=container&comp=list", outcome: "403 AuthorizationPermissionMismatch"),
        Case(
            name: "list with a blob's signature", token: TestSAS(permissions: "rl").service("b", "box/dir/thing"),
            path: "/box", query: "restype=container&comp=list", outcome: "403 AuthenticationFailed"),
        Case(
            name: "properties of a container with its own signature",
            token: TestSAS(permissions: "rl").service("c", "box"),
            path: "/box", query: "restype=container", outcome: "403 AuthorizationFailure"),
        Case(
            name: "deletion of a container with its own signature",
            token: TestSAS(permissions: "rd").service("c", "box"), method: .delete, path: "/box",
            query: "restype=container", outcome: "403 AuthorizationFailure"),
        Case(
            name: "properties of a container with an account's signature", token: TestSAS().account(), path: "/box",
            query: "restype=container", outcome: "200"),
        Case(
            name: "an account's signature for another service", token: TestSAS().account(services: "q"),
            outcome: "403 AuthorizationServiceMismatch"),
        Case(
            name: "an account's signature for another type of resource", token: TestSAS().account(types: "sc"),
            outcome: "403 AuthorizationResourceTypeMismatch"),
        Case(
            name: "an account's signature without the permission", token: TestSAS(permissions: "w").account(),
            outcome: "403 AuthorizationPermissionMismatch"),
        Case(
            name: "an account's signature for access policies", token: TestSAS(permissions: "rw").account(),
            path: "/box",
            query: "restype=container&comp=acl", outcome: "403 AuthorizationFailure"),
        Case(name: "directory", token: TestSAS().service("d", "box/dir", depth: 1), outcome: "200"),
        Case(
            name: "directory and a blob outside", token: TestSAS().service("d", "box/dir", depth: 1),
            path: "/box/thing",
            outcome: "403 AuthenticationFailed"),
        Case(
            name: "directory of another depth", token: TestSAS().service("d", "box/dir", depth: 2),
            outcome: "403 AuthenticationFailed"),
        Case(
            name: "directory and a list inside", token: TestSAS(permissions: "l").service("d", "box/dir", depth: 1),
            path: "/box", query: "restype=container&comp=list&prefix=dir/", outcome: "200"),
        Case(
            name: "directory and a list of its name only",
            token: TestSAS(permissions: "l").service("d", "box/dir", depth: 1), path: "/box",
            query: "restype=container&comp=list&prefix=dir", outcome: "403 AuthorizationPermissionMismatch"),
    ]

    @Test("A signature allows what it says and nothing else", arguments: cases)
    func matrix(_ test: Case) async throws {
        let account = try await account()
        let answer = try await account.send(test.method, test.path, test.query, as: .sas(test.token))
        #expect(answer.outcome == test.outcome)
    }

    @Test("A write-only container signature uploads and overwrites, a create-only one does not overwrite")
    func creation() async throws {
        let account = try await account()
        func put(_ path: String, _ permissions: String) async throws -> String {
            try await account.send(
                .put, path, "", [("x-ms-blob-type", "BlockBlob")], body: Data("x".utf8),
                as: .sas(TestSAS(permissions: permissions).service("c", "box"))
            ).outcome
        }
        #expect(try await put("/box/new", "w") == "201")
        #expect(try await put("/box/new", "w") == "201")
        #expect(try await put("/box/new2", "c") == "201")
        #expect(try await put("/box/new2", "c") == "403 UnauthorizedBlobOverwrite")
        #expect(try await put("/box/new3", "r") == "403 AuthorizationPermissionMismatch")
    }

    @Test("A signature sets header fields of the answer")
    func responseHeaders() async throws {
        let account = try await account()
        let token = TestSAS(contentType: "text/csv").service("b", "box/dir/thing")
        #expect(try await account.send(.get, "/box/dir/thing", as: .sas(token))["Content-Type"] == "text/csv")
    }

    @Test("A stored access policy gives what the signature leaves out, and can be taken back")
    func policies() async throws {
        let account = try await account()
        let token = TestSAS(permissions: "", expiry: "", policy: "p").service("c", "box")
        func read() async throws -> String {
            try await account.send(.get, "/box/dir/thing", as: .sas(token)).outcome
        }
        #expect(try await read() == "403 AuthenticationFailed")
        let document =
            "<SignedIdentifiers><SignedIdentifier><Id>p</Id><AccessPolicy><Expiry>2026-01-03</Expiry>"
            + "<Permission>r</Permission></AccessPolicy></SignedIdentifier></SignedIdentifiers>"
        let set = try await account.send(.put, "/box", "restype=container&comp=acl", body: Data(document.utf8))
        #expect(set.status == 200)
        #expect(try await read() == "200")
        let got = try await account.send(.get, "/box", "restype=container&comp=acl").xml()
        let policy = got.child("SignedIdentifier")?.child("AccessPolicy")
        #expect(policy?.child("Permission")?.text == "r")
        // What stands in both is refused.
        let both = TestSAS(permissions: "r", expiry: "", policy: "p").service("c", "box")
        #expect(
            try await account.send(.get, "/box/dir/thing", as: .sas(both)).outcome == "403 AuthenticationFailed")
        try await account.send(.put, "/box", "restype=container&comp=acl", body: Data())
        #expect(try await read() == "403 AuthenticationFailed")
    }

    @Test("A container open to the public is read without credentials, and only read")
    func publicAccess() async throws {
        let account = try BlobTestAccount()
        for (name, access) in [("open", "container"), ("half", "blob")] {
            try await account.send(.put, "/\(name)", "restype=container", [("x-ms-blob-public-access", access)])
            try await account.makeBlob("/\(name)/thing")
        }
        #expect(try await account.send(.get, "/open/thing", as: .none).status == 200)
        #expect(try await account.send(.get, "/half/thing", as: .none).status == 200)
        #expect(try await account.send(.get, "/open", "restype=container&comp=list", as: .none).status == 200)
        #expect(try await account.send(.get, "/half", "restype=container&comp=list", as: .none).status == 401)
        #expect(try await account.send(.delete, "/open/thing", as: .none).status == 401)
    }
}
