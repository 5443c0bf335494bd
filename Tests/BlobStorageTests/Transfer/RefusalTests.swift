import AzureCore
import AzureTesting
import Foundation
import Synchronization
import Testing

@testable import BlobStorage

@Suite("A service that is too busy for a transfer")
struct RefusalTests {
    @Test("gets fewer parts at once, although its answers are retried further below", arguments: [503, 429, 500])
    func fewer(status: Int) async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let requests = Mutex(0)
        let transport = MockTransport { _ in
            let number = requests.withLock { number in
                number += 1
                return number
            }
            return number == 1 ? MockResponse(status) : MockResponse(201)
        }
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/pictures/b",
            options: .init(pipeline: PipelineOptions(transport: transport, timeSource: clock.timeSource)))
        let refusals = Refusals()
        try await blob.blockBlob.stageBlock(
            id: "a", HTTPBody("x"), options: .init(call: CallOptions().noting(refusals)))
        #expect(refusals.isNoted == (status != 500))
    }

    @Test("and still gets all of them in the end", arguments: [true, false])
    func whole(isUpload: Bool) async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let content = Data((0..<100).map { UInt8($0) })
        let busy: @Sendable (Int) -> FaultTransport.Fault = { $0.isMultiple(of: 3) ? .status(503) : .none }
        let server = isUpload ? MockTransport { _ in MockResponse(201) } : TransferTests.server(content)
        let transport = FaultTransport(server) { number, _ in busy(number) }
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/pictures/b",
            options: .init(pipeline: PipelineOptions(transport: transport, timeSource: clock.timeSource)))
        guard isUpload else {
            #expect(try await blob.download(upTo: 100, options: .init(transfer: TransferTests.small)) == content)
            return
        }
        try await blob.upload(content, options: .init(transfer: TransferTests.small))
        let blocks = server.requests.filter { $0.path.contains("comp=block&") }
        #expect(Set(blocks.map(\.path)).count == 25)
        let list = try #require(server.requests.last { $0.path.contains("comp=blocklist") })
        #expect(String(decoding: list.body, as: UTF8.self).components(separatedBy: "<Latest>").count == 26)
    }
}

@Suite("A list of blocks that arrives otherwise than it was sent")
struct DamagedBlockListTests {
    @Test("is sent again, and is an error the third time", arguments: [1, 2, 3])
    func again(damaged: Int) async throws {
        let commits = Mutex(0)
        let transport = MockTransport { request in
            guard request.path.contains("comp=blocklist") else { return MockResponse(201) }
            let number = commits.withLock { count in
                count += 1
                return count
            }
            return number <= damaged ? MockResponse(400, body: errorBody("Crc64Mismatch")) : MockResponse(201)
        }
        let blob = try Fixture(transport).blob
        let options = BlobUploadOptions(transfer: TransferTests.small)
        if damaged < 3 {
            try await blob.upload(Data("tom and jerry".utf8), options: options)
        } else {
            let error = try await failure { try await blob.upload(Data("tom and jerry".utf8), options: options) }
            #expect(error.code == .crc64Mismatch)
        }
        #expect(commits.withLock { $0 } == min(damaged + 1, 3))
    }
}
