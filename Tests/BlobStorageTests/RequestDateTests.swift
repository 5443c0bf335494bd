import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

/// Shared Key refuses requests that are signed with a time of 15 minutes ago (REST documentation, "Authorize with Shared
/// Key"), so that a time that the caller has set is right for the first request of a call only.
@Suite("The date of a call with several requests")
struct RequestDateTests {
    private static let date = "Fri, 02 Jan 2015 03:04:05 GMT"
    private let call = CallOptions(date: AzureTimestamp(date))

    /// For each request, whether it has the date of the call.
    private func dated(_ fixture: Fixture) -> [Bool] {
        fixture.transport.requests.map { $0.header("x-ms-date") == Self.date }
    }

    @Test("is that of the first page of a list")
    func pages() async throws {
        func page(_ marker: String) -> MockResponse {
            MockResponse(
                200,
                body: "<EnumerationResults><Blobs><Blob><Name>a</Name></Blob></Blobs>"
                    + "<NextMarker>\(marker)</NextMarker></EnumerationResults>")
        }
        let fixture = try Fixture(page("2"), page(""))
        for try await _ in fixture.container.listBlobs(options: .init(call: call)) {}
        #expect(dated(fixture) == [true, false])
    }

    @Test("is that of an upload in one request, and not of blocks")
    func uploads() async throws {
        let fixture = try Fixture(MockTransport { _ in MockResponse(201) })
        try await fixture.blob.upload(Data([1]), options: .init(call: call))
        #expect(dated(fixture) == [true])
        try await fixture.blob.upload(Data(count: 100), options: .init(transfer: TransferTests.small, call: call))
        #expect(dated(fixture).count > 3 && dated(fixture).dropFirst().allSatisfy { !$0 })
    }

    @Test("is that of the first part of a download")
    func downloads() async throws {
        let fixture = try Fixture(TransferTests.server(Data(count: 100)))
        let options = BlobDownloadOptions(transfer: TransferTests.small, call: call)
        _ = try await fixture.blob.download(upTo: 100, options: options)
        #expect(dated(fixture).count > 1 && dated(fixture).filter { $0 }.count == 1)
    }

    @Test("is not that of looks: for a copy, and while a container is being deleted")
    func looks() async throws {
        let copy = try Fixture(MockResponse(200, headers: ["x-ms-copy-id": "c", "x-ms-copy-status": "success"]))
        try await copy.blob.waitForCopy("c", reading: .init(call: call))
        #expect(dated(copy) == [false])
        let deleted = MockResponse(409, body: errorBody("ContainerBeingDeleted"))
        let container = try Fixture(deleted, MockResponse(201))
        try await container.container.create(
            waitingWhileBeingDeleted: WaitOptions(), options: .init(call: call))
        #expect(dated(container) == [true, false])
    }
}
