import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import BlobStorage

/// Answers that something on the way wrote, or that lack what the service always sends. What such answers look like comes
/// from recorded traffic and from damaged copies of it.
@Suite("Answers that cannot be read")
struct UnreadableAnswerTests {
    /// Docs/ErrorsAndRetries.md: every error has the operation, the resource, the status and the id of the request.
    static let operations: [(name: String, call: @Sendable (Fixture) async throws -> Void)] = [
        ("Service.ListContainers", { for try await _ in $0.service.listContainers() {} }),
        ("Service.FindBlobsByTags", { for try await _ in $0.service.findBlobs(matching: "a = 'b'") {} }),
        ("Service.GetProperties", { _ = try await $0.service.properties() }),
        ("Service.GetStatistics", { _ = try await $0.service.statistics() }),
        (
            "Service.GetUserDelegationKey",
            { _ = try await $0.service.userDelegationKey(expiresOn: Date(timeIntervalSince1970: 1_767_326_645)) }
        ),
        ("Container.ListBlobs", { for try await _ in $0.container.listBlobs() {} }),
        ("Container.ListBlobsByHierarchy", { for try await _ in $0.container.listBlobsByHierarchy() {} }),
        ("Container.FindBlobsByTags", { for try await _ in $0.container.findBlobs(matching: "a = 'b'") {} }),
        ("Container.GetAccessPolicy", { _ = try await $0.container.accessPolicy() }),
        ("Blob.GetTags", { _ = try await $0.blob.tags() }),
        ("Blob.GetBlockList", { _ = try await $0.blob.blockBlob.blockList() }),
        ("PageBlob.GetPageRanges", { for try await _ in $0.blob.pageBlob.pageRanges() {} }),
    ]

    private func expectContext(_ body: String, _ call: (Fixture) async throws -> Void) async throws {
        let fixture = try Fixture(MockResponse(200, headers: ["x-ms-request-id": "r1"], body: body))
        let error = await #expect(throws: AzureError.self) { try await call(fixture) }
        #expect(error?.code == .invalidResponse)
        #expect(error?.operation != nil)
        #expect(error?.resource?.hasPrefix("https://example") == true)
        #expect(error?.status == .ok)
        #expect(error?.requestID == "r1")
    }

    @Test("an answer that ends early is an error that tells of the call", arguments: operations.map(\.name))
    func endsEarly(name: String) async throws {
        let call = try #require(Self.operations.first { $0.name == name }).call
        try await expectContext("<?xml version=\"1.0\"?><EnumerationResults><Blo", call)
    }

    @Test("an answer in HTML is an error that tells of the call", arguments: operations.map(\.name))
    func html(name: String) async throws {
        let call = try #require(Self.operations.first { $0.name == name }).call
        try await expectContext("<html><body>Sign in</body></html>", call)
    }

    @Test(
        "a list of blocks that is another document, or has an entry that cannot be read, is an error",
        arguments: [
            "<html><body/></html>", "<Error><Code>X</Code></Error>",
            "<BlockList><CommittedBlocks><Block><Name>YQ==</Name><Size>x</Size></Block></CommittedBlocks></BlockList>",
            "<BlockList><CommittedBlocks><Block><Name>!</Name><Size>1</Size></Block></CommittedBlocks></BlockList>",
            "<BlockList><CommittedBlocks><Block><Size>1</Size></Block></CommittedBlocks></BlockList>",
        ])
    func blockList(body: String) async throws {
        let fixture = try Fixture(MockResponse(200, body: body))
        await #expect(throws: AzureError.self) { _ = try await fixture.blob.blockBlob.blockList() }
    }

    @Test(
        "an entry of a list without a name, or with a length that is none, is an error",
        arguments: [
            "<Blob><Properties/></Blob>", "<Blob><Name/></Blob>",
            "<Blob><Name>a</Name><Properties><Content-Length>x</Content-Length></Properties></Blob>",
            "<Blob><Name>a</Name><Properties><Content-Length>-1</Content-Length></Properties></Blob>",
        ])
    func lists(content: String) async throws {
        let fixture = try Fixture(ListTests.page(content))
        await #expect(throws: AzureError.self) { for try await _ in fixture.container.listBlobs() {} }
    }

    /// Lists of the service give ETags without quotation marks, header fields with them (recorded answers of both).
    @Test("ETags of lists and of header fields are equal when they name one version")
    func etags() {
        #expect(ETag("0x8D4BCC2E4835CD0") == ETag("\"0x8D4BCC2E4835CD0\""))
        #expect(ETag("W/\"0x1\"") == ETag("\"0x1\""))
        #expect(Set([ETag("0x1"), ETag("\"0x1\"")]).count == 1)
        #expect(ETag("\"0x1\"") != ETag("\"0x2\"") && ETag("0x1") != ETag("0x10"))
    }

    /// The service requires quotation marks in `If-Match` (RFC 9110, section 8.8.3).
    @Test("an ETag of a list is sent with the quotation marks that a condition needs")
    func sentETag() async throws {
        let fixture = try Fixture(MockResponse(202))
        try await fixture.blob.delete(options: .init(conditions: .init(ifMatch: "0x1")))
        #expect(try fixture.request().header("If-Match") == "\"0x1\"")
    }

    /// "Status and error codes": `TargetConditionNotMet` (412) is that of a condition on the destination of a copy.
    @Test("a failed condition on the destination of a copy is one to a switch over codes")
    func families() async throws {
        let matches = AzureErrorCode.conditionNotMet ~= AzureErrorCode("TargetConditionNotMet")
        #expect(matches)
        let source = AzureErrorCode.conditionNotMet ~= AzureErrorCode("SourceConditionNotMet")
        #expect(!source)
    }

    @Test("an error whose code is empty gets one from its status", arguments: ["header", "json", "xml"])
    func emptyCode(place: String) async throws {
        let response =
            switch place {
            case "header": MockResponse(404, headers: ["x-ms-error-code": ""])
            case "json": MockResponse(404, body: #"{"error":{"code":"","message":"No."}}"#)
            default: MockResponse(404, body: "<Error><Code></Code><Message>No.</Message></Error>")
            }
        func check() async throws {
            let fixture = try Fixture(response)
            let error = try await failure { _ = try await fixture.blob.download(upTo: 1) }
            #expect(error.code == AzureErrorCode("NotFound"))
        }
        try await check()
    }

    @Test("an error that stands for a whole batch says what it is about")
    func multipart() async throws {
        let body =
            "--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 403 No\r\nx-ms-error-code: AccountIsDisabled"
            + "\r\n\r\n\r\n--b--"
        let fixture = try Fixture(
            MockResponse(202, headers: ["Content-Type": "multipart/mixed; boundary=b"], body: body))
        let results = try await fixture.container.deleteBlobs(["a"])
        let error = try #require(results[0].error)
        #expect(error.operation == "Container.SubmitBatch")
        #expect(error.resource?.hasPrefix("https://example.blob.core.windows.net/pictures") == true)
    }

    @Test("a damaged JSON never shows as an error of its decoder")
    func decodingErrors() async throws {
        let fixture = try Fixture(MockResponse(400, body: "{\"error\": 5"))
        #expect(try await failure { _ = try await fixture.blob.download(upTo: 1) }.status == .badRequest)
        let blob = try Fixture(
            MockResponse(
                200, headers: ["x-ms-meta-encryptiondata": "{\"WrappedContentKey\":5}", "Content-Length": "5"]))
        let key = try LocalKeyEncryptionKey(id: "k", key: Data(count: 32))
        let error = try await failure { _ = try await blob.blob.encrypted(with: key).encryptionInfo() }
        #expect(error.code == .invalidEncryptionMetadata)
    }
}
