import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Synchronization
import Testing

@Suite("Batches")
struct BatchTests {
    /// Answers each part of a batch, with the status that a function gives for its request line.
    static func service(_ status: @escaping @Sendable (String) -> Int = { _ in 202 }) -> MockTransport {
        MockTransport { request in
            let parts = request.text.components(separatedBy: "\r\n\r\n").filter { $0.contains(" HTTP/1.1\r\n") }
            var body = ""
            // In reverse: the service may answer in any order.
            for (id, part) in parts.enumerated().reversed() {
                let code = status(part.components(separatedBy: "\r\n")[0])
                body += "--b\r\nContent-Type: application/http\r\nContent-ID: \(id)\r\n\r\n"
                body += "HTTP/1.1 \(code) Whatever it is\r\nx-ms-request-id: r\(id)\r\n"
                if code >= 300 {
                    let error = errorBody("BlobNotFound", "No such blob.")
                    body += "x-ms-error-code: BlobNotFound\r\nContent-Length: \(error.utf8.count)\r\n\r\n\(error)"
                } else {
                    body += "\r\n"
                }
                body += "\r\n"
            }
            return MockResponse(
                202, headers: ["Content-Type": "multipart/mixed; boundary=\"b\""], body: body + "--b--")
        }
    }

    @Test("of more than 256 blobs become several requests, and results are in the order of the blobs")
    func splits() async throws {
        let fixture = try Fixture(Self.service { $0.contains("/7 ") || $0.contains("/599 ") ? 404 : 202 })
        let results = try await fixture.container.deleteBlobs((0..<600).map(String.init))
        #expect(results.count == 600)
        #expect(results.map(\.blob.name) == (0..<600).map(String.init))
        #expect(results.failures.map(\.blob.name) == ["7", "599"])
        #expect(results.failures.allSatisfy { $0.error?.code == .blobNotFound && $0.error?.message == "No such blob." })
        #expect(results[7].error?.resource == "https://example.blob.core.windows.net/pictures/7")
        #expect(results[300].response?.requestID == "r44")
        let sizes = fixture.transport.requests.map { $0.text.components(separatedBy: "Content-ID:").count - 1 }
        #expect(sizes.sorted() == [88, 256, 256])
        let error = #expect(throws: AzureError.self) { try results.throwIfAnyFailed() }
        #expect(error?.message.contains("first of 2 failures among 600") == true)
    }

    @Test("are split by size too, before the service's 4 MiB")
    func splitsBySize() async throws {
        let fixture = try Fixture(Self.service())
        // Three bytes each, percent-encoded nine; and a condition of some KiB.
        let condition = "\"a\" = '" + String(repeating: "x", count: 20_000) + "'"
        let results = try await fixture.service.batch.delete(
            (0..<256).map { fixture.container.blob("\($0)") }, each: .init(conditions: .init(ifTags: condition)))
        #expect(results.count == 256 && results.failures.isEmpty)
        #expect(fixture.transport.requests.count == 2)
        #expect(fixture.transport.requests.allSatisfy { $0.body.count <= 4 * 1024 * 1024 + 200 })
    }

    @Test("of nothing send nothing")
    func empty() async throws {
        let fixture = try Fixture()
        #expect(try await fixture.service.batch.delete([BlobClient]()).isEmpty)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("sign every part with the credential of the client, and send no version in parts")
    func credentials() async throws {
        let sas = try await parts(of: .sas("?sv=1&sig=secret"))
        #expect(sas.contains("DELETE /c/b?sv=1&sig=secret HTTP/1.1\r\n"))
        #expect(!sas.contains("Authorization"))
        let token = try await parts(of: .token(FixedToken()))
        #expect(token.contains("Authorization: Bearer t-1\r\n"))
        #expect(!token.contains("x-ms-version") && !token.contains("x-ms-client-request-id"))
        #expect(try await !parts(of: .anonymous).contains("Authorization"))
    }

    private func parts(of credential: StorageCredential) async throws -> String {
        let transport = Self.service()
        let options = BlobClientOptions(pipeline: PipelineOptions(transport: transport))
        let service = try BlobServiceClient(
            endpoint: "https://example.blob.core.windows.net", credential: credential, options: options)
        #expect(try await service.batch.delete([service.container("ccc").blob("b")]).failures.isEmpty)
        return transport.requests[0].text.replacingOccurrences(of: "/ccc/", with: "/c/")
    }

    @Test("name the account in the paths of parts where the path of the batch does")
    func pathStyle() async throws {
        let fixture = try Fixture(Self.service(), endpoint: "http://127.0.0.1:10000/example")
        _ = try await fixture.container.deleteBlobs(["a b", "ö"])
        let request = try fixture.request()
        #expect(request.path == "/example/pictures?restype=container&comp=batch")
        #expect(request.text.contains("DELETE /example/pictures/a%20b HTTP/1.1"))
        #expect(request.text.contains("DELETE /example/pictures/%C3%B6 HTTP/1.1"))
    }

    @Test("that fail as a whole fail for each of their blobs, and no more are sent")
    func wholeFailure() async throws {
        let fixture = try Fixture(
            MockTransport { _ in MockResponse(403, body: errorBody("AuthorizationFailure", "No.")) })
        let results = try await fixture.container.deleteBlobs(
            (0..<1000).map(String.init), options: .init(maxConcurrency: 1))
        #expect(fixture.transport.requests.count == 1)
        #expect(results.allSatisfy { $0.error?.code == .authorizationFailure && $0.response == nil })
        #expect(results[0].error?.message == "No.")
        #expect(results[999].error?.message.hasPrefix("It was not sent") == true)
    }

    @Test("whose later requests cannot be signed keep the results of the earlier ones")
    func unsigned() async throws {
        // 256 parts and the request that they are in; then there are no more tokens.
        let tokens = Mutex(257)
        struct Credential: TokenCredential {
            let take: @Sendable () -> Bool

            func token(for request: TokenRequest) async throws -> AccessToken {
                guard take() else { throw AzureError(code: .credentialUnavailable, message: "No token any more.") }
                // Over already, so that none is ever kept.
                return AccessToken(token: "t", expiresOn: Date(timeIntervalSinceNow: -1))
            }
        }
        let credential = Credential {
            tokens.withLock { left in
                left -= 1
                return left >= 0
            }
        }
        let transport = Self.service()
        let container = try BlobContainerClient(
            url: "https://example.blob.core.windows.net/pictures", credential: .token(credential),
            options: BlobClientOptions(pipeline: PipelineOptions(transport: transport)))
        let results = try await container.deleteBlobs((0..<600).map(String.init), options: .init(maxConcurrency: 1))
        #expect(transport.requests.count == 1)
        #expect(results.prefix(256).allSatisfy { $0.isSuccess })
        #expect(results.dropFirst(256).allSatisfy { $0.error?.code == .credentialUnavailable })
    }

    @Test("tell of earlier tries that may have acted")
    func earlierTry() async throws {
        let faulty = FaultTransport(Self.service { _ in 404 }) { number, _ in number == 1 ? .loseAnswer : .none }
        let clock = ManualClock(advancesBySleeping: true)
        var options = PipelineOptions(transport: faulty, timeSource: clock.timeSource)
        options.retry.maxRetries = 2
        let container = try BlobContainerClient(
            url: "https://example.blob.core.windows.net/pictures", credential: .anonymous,
            options: BlobClientOptions(pipeline: options))
        let results = try await container.deleteBlobs(["a"])
        let error = try #require(results[0].error)
        #expect(error.earlierTryMayHaveActed == (error.code == .blobNotFound))
    }

    @Test("are refused before anything is sent, when one blob cannot be a part of them")
    func refused() async throws {
        let fixture = try Fixture()
        let other = try BlobServiceClient(endpoint: "https://other.blob.core.windows.net")
        let wrong: [(BlobBatchClient, BlobClient)] = [
            (fixture.service.batch, other.container("ccc").blob("b")),
            (fixture.container.batch, fixture.service.container("other").blob("b")),
            (fixture.service.batch, fixture.container.blob("")),
            (fixture.service.batch, fixture.container.blob(String(repeating: "x", count: 1025))),
        ]
        for (batch, blob) in wrong {
            let error = try await failure { _ = try await batch.delete([fixture.blob, blob]) }
            #expect(error.code == .invalidArgument)
        }
        #expect(fixture.transport.requests.isEmpty)
    }

    static let part = "--b\r\nContent-ID: 0\r\n\r\nHTTP/1.1 202 Accepted\r\n\r\n\r\n"

    @Test(
        "whose answers are not of their form are errors",
        arguments: [
            "", "--b", "--b\r\n", part, String(part.dropLast(2)) + "--b", "--b--", "\(part)\(part)--b--",
            part.replacingOccurrences(of: "ID: 0", with: "ID: 1") + "--b--",
            part.replacingOccurrences(of: "ID: 0", with: "ID: -1") + "--b--",
            part.replacingOccurrences(of: "ID: 0", with: "ID: x") + "--b--",
            part.replacingOccurrences(of: "Content-ID: 0\r\n", with: "") + "--b--",
            part.replacingOccurrences(of: "202", with: "99999") + "--b--",
            part.replacingOccurrences(of: "202", with: "20x") + "--b--",
            part.replacingOccurrences(of: "HTTP/1.1 202", with: "hello") + "--b--",
            "--b\r\n\r\n--b--", "--b\r\n--b--", "--b\r\nno field\r\n\r\n--b--",
            "--b\r\nContent-ID: 0\r\n\r\nHTTP/1.1 202 A\r\nContent-Length: 99\r\n\r\n\r\n--b--",
            "--b\r\nContent-ID: 0\r\n\r\nHTTP/1.1 202 A\r\nContent-Length: -1\r\n\r\n\r\n--b--",
            "<html>The proxy says hello</html>",
        ])
    func broken(body: String) async throws {
        try await expectUnreadable(body)
    }

    @Test(
        "whose answers go on and on are errors", arguments: [("--b\r\n", count: 10_000), ("\r\n", count: 1_000_000)])
    func endless(line: String, count: Int) async throws {
        try await expectUnreadable(String(repeating: line, count: count))
    }

    private func expectUnreadable(_ body: String) async throws {
        let fixture = try Fixture(
            MockResponse(202, headers: ["Content-Type": "multipart/mixed; boundary=b"], body: body))
        let results = try await fixture.container.deleteBlobs(["a"])
        #expect(results[0].error?.code == .invalidResponse)
        #expect(results[0].error?.message.hasPrefix("The answer to the batch cannot be read: ") == true)
    }

    @Test(
        "whose answers name no boundary are errors",
        arguments: [nil, "", "application/xml", "multipart/mixed", "multipart/mixed; boundary=", "multipart/mixed;x=b"])
    func noBoundary(type: String?) async throws {
        let fixture = try Fixture(
            MockResponse(202, headers: type.map { ["Content-Type": $0] } ?? [:], body: Self.part + "--b--"))
        let results = try await fixture.container.deleteBlobs(["a"])
        #expect(results[0].error?.code == .invalidResponse)
    }

    @Test(
        "whose answers look a little different are read all the same",
        arguments: [
            part + "--b--\r\nmore", "Hello.\r\n\(part)--b--",
            part.replacingOccurrences(of: "\r\n", with: "\n") + "--b--",
            part.replacingOccurrences(of: "--b\r", with: "--b  \r") + "--b-- ",
            part.replacingOccurrences(of: "Content-ID: 0", with: "content-id:0") + "--b--",
        ])
    func lenient(body: String) async throws {
        let fixture = try Fixture(
            MockResponse(202, headers: ["Content-Type": "Multipart/Mixed; charset=x; Boundary=b"], body: body))
        let results = try await fixture.container.deleteBlobs(["a"])
        #expect(results.failures.isEmpty)
    }

    @Test("whose only answer is one error for all of it fail with that error")
    func oneError() async throws {
        let error = errorBody("InvalidInput", "One of the parts is wrong.")
        let fixture = try Fixture(
            MockResponse(
                202, headers: ["Content-Type": "multipart/mixed; boundary=b"],
                body: "--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 400 No\r\nContent-Length: "
                    + "\(error.utf8.count)\r\n\r\n\(error)\r\n--b--"))
        let results = try await fixture.container.deleteBlobs(["a", "b"])
        #expect(results.allSatisfy { $0.error?.code == .invalidInput && $0.error?.message.contains("wrong") == true })
    }
}

private struct FixedToken: TokenCredential {
    func token(for request: TokenRequest) async throws -> AccessToken {
        AccessToken(token: "t-1", expiresOn: .distantFuture)
    }
}
