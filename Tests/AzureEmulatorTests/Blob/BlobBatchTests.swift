import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: batches")
struct BlobBatchTests {
    /// A request of a batch, signed by hand.
    private func part(
        _ account: BlobTestAccount, _ method: HTTPRequest.Method, _ path: String, _ fields: [(String, String)] = [],
        key: String = BlobTestAccount.key
    ) -> String {
        var request = HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:10000", path: "/\(BlobTestAccount.name)\(path)",
            headerFields: HTTPFields(emulated: fields + [("Content-Length", "0")]))
        BlobTestAccount.sign(&request, key: key, date: account.clock.timeSource.now())
        var text = "\(method.rawValue) \(request.path ?? "") HTTP/1.1\r\n"
        for field in request.headerFields { text += "\(field.name.rawName): \(field.value)\r\n" }
        return text + "\r\n"
    }

    private func batch(
        _ account: BlobTestAccount, _ parts: [String], path: String = "/", query: String = "comp=batch"
    ) async throws -> BlobTestAnswer {
        let body = parts.enumerated().map { index, part in
            "--edge\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: \(index)\r\n\r\n"
                + part + "\r\n"
        }.joined()
        return try await account.send(
            .post, path, query, [("Content-Type", "multipart/mixed; boundary=edge")],
            body: Data((body + "--edge--\r\n").utf8))
    }

    /// The ids and statuses of the answers.
    private func outcomes(_ answer: BlobTestAnswer) async throws -> [String] {
        let type = try #require(answer["Content-Type"])
        #expect(type.hasPrefix("multipart/mixed; boundary=batchresponse_"))
        let boundary = type.dropFirst("multipart/mixed; boundary=".count)
        let text = try await answer.text()
        #expect(text.hasSuffix("--\(boundary)--\r\n"))
        return text.components(separatedBy: "--\(boundary)\r\n").dropFirst().map { part in
            let lines = part.components(separatedBy: "\r\n")
            #expect(lines[0] == "Content-Type: application/http")
            let code = lines.first { $0.hasPrefix("x-ms-error-code: ") }?.dropFirst("x-ms-error-code: ".count) ?? ""
            return "\(lines[1].dropFirst("Content-ID: ".count)) \(lines[3].split(separator: " ")[1]) \(code)"
        }
    }

    @Test("Each request of a batch has credentials and an outcome of its own")
    func deletions() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob("/box/a")
        try await account.makeBlob("/box/b%20c")
        let answer = try await batch(
            account,
            [
                part(account, .delete, "/box/a"), part(account, .delete, "/box/none"),
                part(account, .delete, "/box/b%20c", key: BlobTestAccount.wrongKey),
                "DELETE /\(BlobTestAccount.name)/box/b%20c HTTP/1.1\r\n\r\n",
            ])
        #expect(answer.outcome == "202")
        #expect(
            try await outcomes(answer) == [
                "0 202 ", "1 404 BlobNotFound", "2 403 AuthenticationFailed", "3 401 NoAuthenticationInformation",
            ])
        #expect(try await account.send(.head, "/box/a").status == 404)
        #expect(try await account.send(.head, "/box/b%20c").status == 200)
    }

    @Test("A batch sets tiers; what is in the archive cannot be read")
    func tiers() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob("/box/a")
        let tier = [("x-ms-access-tier", "Archive")]
        let answer = try await batch(
            account, [part(account, .put, "/box/a?comp=tier", tier)], path: "/box",
            query: "restype=container&comp=batch")
        #expect(try await outcomes(answer) == ["0 200 "])
        #expect(try await account.send(.get, "/box/a").outcome == "409 BlobArchived")
        let properties = try await account.send(.head, "/box/a")
        #expect(properties["x-ms-access-tier"] == "Archive")
    }

    @Test("A batch that is not valid is refused as a whole, and does nothing")
    func refused() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.makeBlob("/box/a")
        let deletion = part(account, .delete, "/box/a")
        let tier = part(account, .put, "/box/a?comp=tier", [("x-ms-access-tier", "Cool")])
        #expect(try await batch(account, []).outcome == "400 InvalidInput")
        #expect(try await batch(account, [deletion, tier]).outcome == "400 InvalidInput")
        #expect(try await batch(account, [part(account, .get, "/box/a")]).outcome == "400 InvalidInput")
        #expect(try await batch(account, ["nonsense\r\n\r\n"]).outcome == "400 InvalidInput")
        let many = Array(repeating: deletion, count: 257)
        #expect(try await batch(account, many).outcome == "400 ExceedsMaxBatchRequestCount")
        let foreign = try await batch(
            account, [deletion], path: "/other", query: "restype=container&comp=batch")
        #expect(foreign.outcome == "400 InvalidInput")
        #expect(try await account.send(.head, "/box/a").status == 200)
        #expect(try await batch(account, many.dropLast()).outcome == "202")
        #expect(try await account.send(.head, "/box/a").status == 404)
    }
}
