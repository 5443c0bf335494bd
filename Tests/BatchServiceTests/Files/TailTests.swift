import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import HTTPTypes
import Testing

@Suite("Following a file")
struct TailTests {
    private static let task = "/jobs/j/tasks/t"
    private static let file = "\(task)/files/stdout.txt"

    private func task(_ state: String, retries: Int = 0) -> MockResponse {
        MockResponse(200, body: #"{"id":"t","state":"\#(state)","executionInfo":{"retryCount":\#(retries)}}"#)
    }

    private func size(_ count: Int) -> MockResponse { MockResponse(200, headers: ["Content-Length": "\(count)"]) }

    private func tail(
        _ answers: [String: [MockResponse]], clock: ManualClock = ManualClock(advancesBySleeping: true),
        options: BatchFileTailOptions = .init()
    ) throws -> (BatchFileTail, MockTransport) {
        let transport = ScriptedService(answers).transport
        let tail = try makeClient(transport, clock: clock).files
            .tail("stdout.txt", ofTask: "t", inJob: "j", options: options)
        return (tail, transport)
    }

    private func text(_ tail: BatchFileTail) async throws -> [String] {
        try await tail.reduce(into: []) { $0.append(String(decoding: $1, as: UTF8.self)) }
    }

    /// Witness: REST documentation of tasks and files: a task that has not run has no files (409 or 404), and
    /// `ocp-range` takes a range of bytes.
    @Test("waits for the task and the file, gives what is new at each look, and ends with the task")
    func follows() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let (tail, transport) = try tail(
            [
                Self.task: [task("active"), task("running"), task("running"), task("running"), task("completed")],
                Self.file: [
                    MockResponse(409), size(3), MockResponse(206, body: "one"), size(3), size(8),
                    MockResponse(206, body: " two\n"),
                ],
            ], clock: clock, options: .init(pollInterval: .seconds(2)))
        #expect(try await text(tail) == ["one", " two\n"])
        let ranges = transport.requests.compactMap { $0.header("ocp-range") }
        #expect(ranges == ["bytes=0-2", "bytes=3-7"])
        #expect(transport.requests.filter { $0.pathOnly == Self.task }.allSatisfy { $0.query["$select"] != nil })
        #expect(clock.sleeps == Array(repeating: .seconds(2), count: 4))
        let reads = transport.requests.filter { $0.header("ocp-range") != nil }
        #expect(reads.allSatisfy { $0.header("Accept-Encoding") == "identity" })
    }

    @Test("an error that no single request gave says what was followed")
    func context() async throws {
        let (tail, _) = try tail([Self.task: [task("running")], Self.file: [size(10), MockResponse(206), size(5)]])
        let error = await #expect(throws: AzureError.self) { try await text(tail) }
        #expect(error?.code == .fileRewritten && error?.service == .batch)
        #expect(error?.operation == "Batch.TailTaskFile")
        #expect(error?.resource == "https://account.region.batch.azure.com\(Self.file)")
    }

    @Test("requests after the first are signed with their own time")
    func dates() async throws {
        let options = BatchFileTailOptions(call: CallOptions(date: AzureTimestamp("Fri, 02 Jan 2015 03:04:05 GMT")))
        let (tail, transport) = try tail(
            [Self.task: [task("completed")], Self.file: [size(1), MockResponse(206, body: "a")]], options: options)
        #expect(try await text(tail) == ["a"])
        #expect(transport.requests.allSatisfy { $0.header("ocp-date")?.contains("2015") == false })
    }

    @Test("a connection that breaks in the middle of a piece is no reason to end")
    func brokenPiece() async throws {
        let (tail, _) = try tail([
            Self.task: [task("completed")],
            Self.file: [
                size(5),
                MockResponse(
                    206, headers: ["Content-Length": "5"], chunks: [Data("he".utf8)],
                    breakAfter: HTTPTransportError(.connectionLost, "lost")),
                MockResponse(206, body: "hello"),
            ],
        ])
        #expect(try await text(tail) == ["hello"])
    }

    @Test("a task that is deleted meanwhile is an error with the service's code")
    func deleted() async throws {
        let (tail, _) = try tail([
            Self.task: [
                task("running"), MockResponse(404, body: #"{"code":"TaskNotFound","message":{"value":"Gone."}}"#),
            ],
            Self.file: [size(3), MockResponse(206, body: "one")],
        ])
        var iterator = tail.makeAsyncIterator()
        #expect(try await iterator.next() == Data("one".utf8))
        let error = await #expect(throws: AzureError.self) { try await iterator.next() }
        #expect(error?.code == .taskNotFound)
        #expect(try await iterator.next() == nil)
    }

    @Test("a completed task without the file is an error that says so", arguments: [404, 409, 410])
    func missing(status: Int) async throws {
        let (tail, _) = try tail([Self.task: [task("completed")], Self.file: [MockResponse(status)]])
        let error = await #expect(throws: AzureError.self) { try await text(tail) }
        #expect(error?.status?.code == status)
        #expect(error?.message.contains("has completed, and its file 'stdout.txt' is not there") == true)
        if status == 404 { #expect(error?.code == .fileNotFound) }
    }

    @Test("a file that a retry writes anew is an error, or is read from its start", arguments: [false, true])
    func rewritten(startsOver: Bool) async throws {
        let (tail, _) = try tail(
            [
                Self.task: [task("running"), task("running", retries: 1), task("completed", retries: 1)],
                Self.file: [
                    size(3), MockResponse(206, body: "one"), size(7), MockResponse(206, body: "two two"), size(7),
                ],
            ], options: .init(whenRewritten: startsOver ? .startOver : .fail))
        if startsOver {
            #expect(try await text(tail) == ["one", "two two"])
        } else {
            let error = await #expect(throws: AzureError.self) { try await text(tail) }
            #expect(error?.code == .fileRewritten)
        }
    }

    /// Witness: REST documentation: a range that begins behind the end is refused with 416 and InvalidRange.
    @Test("a file that shrinks between its size and its bytes is looked at again")
    func shrinking() async throws {
        let (tail, _) = try tail(
            [
                Self.task: [task("running"), task("completed")],
                Self.file: [
                    size(9), MockResponse(416, body: #"{"code":"InvalidRange","message":{"value":"No."}}"#), size(2),
                    MockResponse(206, body: "ab"),
                ],
            ], options: .init(whenRewritten: .startOver))
        #expect(try await text(tail) == ["ab"])
    }

    @Test("an answer that is no part of the file is an error: too many bytes, no size, a directory")
    func wrongAnswers() async throws {
        let files: [[MockResponse]] = [
            [size(3), MockResponse(200, body: "more than three")],
            [MockResponse(200, headers: ["Content-Length": "-1"])],
            [MockResponse(200, headers: ["Content-Length": "0", "ocp-batch-file-isdirectory": "True"])],
        ]
        for file in files {
            let (tail, _) = try tail([Self.task: [task("running")], Self.file: file])
            await #expect(throws: AzureError.self) { try await text(tail) }
        }
        let (tail, transport) = try tail([:], options: .init(offset: -1))
        let error = await #expect(throws: AzureError.self) { try await text(tail) }
        #expect(error?.code == .invalidArgument)
        #expect(transport.requests.isEmpty)
    }

    @Test("going on from an offset reads nothing before it")
    func offset() async throws {
        let (tail, transport) = try tail(
            [Self.task: [task("completed")], Self.file: [size(5), MockResponse(206, body: "lo")]],
            options: .init(offset: 3))
        #expect(try await text(tail) == ["lo"])
        #expect(transport.requests.last?.header("ocp-range") == "bytes=3-4")
    }

    @Test("cancelling ends the wait at once")
    func cancelling() async throws {
        let clock = ManualClock()
        let (tail, transport) = try tail([Self.task: [task("active")]], clock: clock)
        let reading = Task { try await text(tail) }
        await clock.waitForSleepers(1)
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
        #expect(transport.requests.count == 1)
    }
}
