import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import BlobStorage

@Suite("The progress of a tree", .timeLimit(.minutes(5)))
struct TreeProgressTests {
    private typealias Count = TreeTransferProgress.Count
    private typealias Follower = @Sendable (TreeTransferProgress) async -> Void

    private static func entry(_ size: Int64, _ result: TreeItemResult) -> TreeTransferEntry {
        TreeTransferEntry(name: "a", path: "a", size: size, result)
    }

    /// All steps of a transfer that were seen, each of which is possible.
    ///
    /// - Parameters:
    ///   - onStep: Called with each.
    ///   - transfer: The transfer, with its follower.
    private func steps(
        onStep: @escaping @Sendable (TreeTransferProgress.Step) async -> Void = { _ in },
        of transfer: (@escaping Follower) async throws -> Void
    ) async throws -> [TreeTransferProgress.Step] {
        let steps = Mutex<[TreeTransferProgress.Step]>([])
        try await transfer { progress in
            for await step in progress {
                steps.withLock { $0.append(step) }
                await onStep(step)
            }
        }
        let all = steps.withLock { $0 }
        for step in all {
            guard let total = step.total else { continue }
            #expect(step.settledBytes <= total.bytes)
            #expect(step.done.files + step.skipped.files + step.failed.files <= total.files)
            #expect((0...1).contains(try #require(step.fraction)))
        }
        return all
    }

    @Test("counts bytes of files under way, and takes back those of a file that fails")
    func tally() {
        var tally = TreeTally()
        let first = tally.begin(size: 100)
        let second = tally.begin(size: 50)
        #expect(tally.current.total == nil && tally.current.fraction == nil)
        for bytes in [0, 40, 30] { tally.note(Int64(bytes), of: first) }
        #expect(tally.current.done == Count(files: 0, bytes: 40))
        tally.counted(Count(files: 3, bytes: 160))
        #expect(tally.current.total == Count(files: 3, bytes: 160))
        tally.note(0, of: second)
        tally.note(50, of: second)
        tally.end(second, Self.entry(50, .done))
        #expect(tally.current.done == Count(files: 1, bytes: 90))
        tally.end(first, Self.entry(100, .failed(AzureError(code: .fileError, message: "No."))))
        #expect(tally.current.done == Count(files: 1, bytes: 50))
        #expect(tally.current.failed == Count(files: 1, bytes: 100))
        // What moved has moved, for the rate.
        #expect(tally.moved == 90)
        tally.found(Self.entry(10, .skipped(.same)))
        #expect(tally.current.skipped == Count(files: 1, bytes: 10))
        #expect(tally.current.settledBytes == 160 && tally.current.fraction == 1)
        // A note that comes late means nothing.
        tally.note(100, of: first)
        #expect(tally.current.settledBytes == 160)
    }

    @Test("is never more than the total, also when a tree grows after it was counted")
    func grown() {
        var tally = TreeTally()
        tally.counted(Count(files: 1, bytes: 10))
        let file = tally.begin(size: 10)
        // The file has become longer since the directory was read.
        tally.note(0, of: file)
        tally.note(25, of: file)
        #expect(tally.current.done.bytes == 10)
        tally.end(file, Self.entry(10, .done))
        tally.found(Self.entry(7, .skipped(.same)))
        #expect(tally.current.total == Count(files: 2, bytes: 17))
        tally.foundAll()
        #expect(tally.current.total == Count(files: 2, bytes: 17) && tally.current.fraction == 1)
    }

    @Test("of a large file that is resumed begins with what is there, which has no rate")
    func resumed() async {
        let clock = ManualClock()
        let progress = TreeTransferProgress()
        let meter = TreeMeter(progress, timeSource: clock.timeSource)
        var steps = progress.makeAsyncIterator()
        let file = meter.change { $0.begin(size: 1000) }
        meter.change { $0.counted(TreeTransferProgress.Count(files: 1, bytes: 1000)) }
        let transfer = TransferMeter(
            meter.progress(of: file), total: 1000, already: 400, timeSource: clock.timeSource)
        let start = await steps.next()
        #expect(start?.done.bytes == 400 && start?.rate == 0)
        clock.advance(by: .seconds(2))
        transfer.add(200)
        let step = await steps.next()
        #expect(step?.done.bytes == 600 && step?.rate == 100 && step?.timeLeft == .seconds(4))
        #expect(step?.fraction == 0.6)
    }

    @Test("survives sizes that nobody can have")
    func hostile() {
        var tally = TreeTally()
        for _ in 0..<3 {
            let file = tally.begin(size: .max)
            tally.note(0, of: file)
            tally.note(.max, of: file)
            tally.end(file, Self.entry(.max, .done))
            tally.found(Self.entry(.min, .skipped(.same)))
        }
        tally.foundAll()
        #expect(tally.current.done.bytes == .max && tally.current.total?.bytes == .max)
    }

    @Test("of an upload ends with all files, and knows the total before the first file is sent")
    func upload() async throws {
        try await withTemporaryDirectory { directory in
            try write(["a": "1", "b": "22", "c/d": "333", "e": "", "skipped": "4444", "wrong": "5"], below: directory)
            let stored = StoredContainer(["skipped": "old"])
            stored.failures.withLock { $0["PUT wrong"] = 400 }
            let gate = Gate()
            let transport = GatedTransport(base: stored.transport) { request in
                if request.method == .put { await gate.pass() }
            }
            let container = try Self.container(transport)
            let all = try await steps {
                if $0.total != nil { await gate.open() }
            } of: { follower in
                let report = try await container.uploadDirectory(
                    directory, options: .init(concurrentFiles: 2), following: follower)
                #expect(report.doneCount == 4)
            }
            let last = try #require(all.last)
            #expect(last.total == Count(files: 6, bytes: 11))
            #expect(last.done == Count(files: 4, bytes: 6))
            #expect(last.skipped == Count(files: 1, bytes: 4) && last.failed == Count(files: 1, bytes: 1))
            #expect(last.fraction == 1 && last.timeLeft == .zero)
        }
    }

    @Test("moves within a large file, and takes all of it back when the file fails", arguments: [201, 400])
    func largeFile(status: Int) async throws {
        try await withTemporaryDirectory { directory in
            try write(["large": String(repeating: "x", count: 100)], below: directory)
            let gate = Gate()
            let transport = GatedTransport(
                base: MockTransport { request in
                    guard status != 201, request.path.contains("comp=blocklist") else { return MockResponse(201) }
                    return MockResponse(status, body: errorBody("Odd"))
                }
            ) { request in
                // The list of the blocks waits until somebody has seen that 100 bytes are there.
                if request.path?.contains("comp=blocklist") == true { await gate.pass() }
            }
            let container = try Self.container(transport)
            let upload = BlobUploadOptions(transfer: .init(singleShotLimit: 0, partSize: 10, concurrency: 1))
            let all = try await steps {
                if $0.done.bytes == 100 { await gate.open() }
            } of: { follower in
                _ = try await container.uploadDirectory(
                    directory, upload: upload, options: .init(overwrite: .always), following: follower)
            }
            #expect(all.contains { $0.done == Count(files: 0, bytes: 100) })
            let whole = Count(files: 1, bytes: 100)
            let last = try #require(all.last)
            #expect(last.done == (status == 201 ? whole : Count()))
            #expect(last.failed == (status == 201 ? Count() : whole))
        }
    }

    @Test("of a download ends with all blobs, counted before the first arrives; a dry run says what would be")
    func download() async throws {
        for isDryRun in [false, true] {
            try await withTemporaryDirectory { directory in
                let stored = StoredContainer(["p/a": "1", "p/b/c": "22", "p/left.out": "3", "q": "4", "p/dir/": ""])
                let gate = Gate()
                let transport = GatedTransport(base: stored.transport) { request in
                    if request.path?.contains("comp=list") == false { await gate.pass() }
                }
                let container = try Self.container(transport)
                let all = try await steps {
                    if $0.total != nil { await gate.open() }
                } of: { follower in
                    let report = try await container.downloadContainer(
                        to: directory, prefix: "p/", options: .init(exclude: ["*.out"], isDryRun: isDryRun),
                        following: follower)
                    #expect(report.isSuccess)
                }
                let last = try #require(all.last)
                #expect(last.total == Count(files: 3, bytes: 3))
                #expect(last.done == Count(files: 2, bytes: 3) && last.skipped == Count(files: 1, bytes: 0))
            }
        }
    }

    @Test("ends when the transfer fails, be it before it began")
    func failures() async throws {
        let container = try Fixture(MockTransport { _ in MockResponse(404, body: errorBody("ContainerNotFound")) })
            .container
        let transfers: [(@escaping Follower) async throws -> Void] = [
            { _ = try await container.uploadDirectory("/nowhere", following: $0) },
            { _ = try await container.uploadDirectory("/", options: .init(include: [""]), following: $0) },
            {
                _ = try await container.downloadContainer(to: "/nowhere", options: .init(isDryRun: true), following: $0)
            },
        ]
        for transfer in transfers {
            let error = try await failure { _ = try await steps(of: transfer) }
            #expect([.fileError, .invalidArgument, .containerNotFound].contains(error.code))
        }
    }

    @Test("without anybody who follows nothing is counted beforehand")
    func nobody() async throws {
        try await withTemporaryDirectory { directory in
            let transport = StoredContainer(["a": "1"]).transport
            let fixture = try Fixture(transport)
            _ = try await fixture.container.downloadContainer(to: directory)
            #expect(transport.requests.count { $0.path.contains("comp=list") } == 1)
        }
    }

    @Test("a report of sizes that nobody can have ends no process")
    func hostileReport() async throws {
        try await withTemporaryDirectory { directory in
            let blobs = ["a", "b", "c"].map {
                "<Blob><Name>\($0)</Name><Properties><Content-Length>\(Int64.max)</Content-Length></Properties></Blob>"
            }
            let fixture = try Fixture(MockTransport { _ in ListTests.page(blobs.joined()) })
            let all = try await steps { follower in
                let report = try await fixture.container.downloadContainer(
                    to: directory, options: .init(isDryRun: true), following: follower)
                #expect(report.doneBytes == .max && report.doneCount == 3)
            }
            #expect(all.last?.done.files == 3)
        }
    }

    private static func container(_ transport: some HTTPTransport) throws -> BlobContainerClient {
        try BlobContainerClient(
            url: "https://example.blob.core.windows.net/pictures",
            options: .init(pipeline: PipelineOptions(transport: transport)))
    }
}

/// Holds tasks back until it is opened.
private actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func pass() async {
        guard !isOpen else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}

/// A transport that does something before each request.
private struct GatedTransport: HTTPTransport {
    let base: MockTransport
    let before: @Sendable (HTTPRequest) async -> Void

    var capabilities: HTTPTransportCapabilities { base.capabilities }

    func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        await before(request)
        return try await base.send(request, body: body, options: options)
    }
}
