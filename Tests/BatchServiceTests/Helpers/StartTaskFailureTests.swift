import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import Testing

/// The field names are those of `startTaskInfo` in the REST documentation of "Compute Node - Get"; the path of the file is
/// that of "File - Get From Compute Node", as its examples and the portal show it.
@Suite("Start tasks that failed")
struct StartTaskFailureTests {
    private let clock = ManualClock(advancesBySleeping: true)

    private static let failedNode = #"""
        {"id":"a","state":"starttaskfailed","startTaskInfo":{"state":"completed","exitCode":3,"retryCount":1,
        "result":"failure","failureInfo":{"category":"usererror","code":"FailureExitCode",
        "message":"The task exited with an exit code representing a failure"}}}
        """#
    private static let output = "installing\nE: no such package https://h/?sig=s3cret\n\n"
    private static let file = "/pools/p/nodes/a/files/startup%2Fstderr.txt"

    private static let fileAnswers = [
        MockResponse(200, headers: ["Content-Length": "\(output.utf8.count)"]), MockResponse(200, body: output),
    ]

    private func transport(file: [MockResponse] = Self.fileAnswers, nodes: String = Self.failedNode) -> MockTransport {
        let pool =
            #"{"id":"p","state":"active","allocationState":"steady","targetDedicatedNodes":1,"currentDedicatedNodes":1}"#
        let job = #"{"id":"j","state":"active","poolInfo":{"poolId":"p"},"executionInfo":{"poolId":"p"}}"#
        return ScriptedService([
            "/pools/p": [MockResponse(200, body: pool)], "/pools/p/nodes": [MockResponse(200, body: page(nodes))],
            "/pools/p/nodes/a": [MockResponse(200, body: nodes)], "/jobs/j": [MockResponse(200, body: job)],
            "/jobs/j/taskcounts": [
                MockResponse(
                    200, body: #"{"taskCounts":{"active":1,"running":0,"completed":0,"succeeded":0,"failed":0}}"#)
            ],
            Self.file: file,
        ]).transport
    }

    /// The waits that end when a start task failed.
    enum Wait: CaseIterable {
        case nodes, node, tasks

        func run(_ batch: BatchClient, _ options: WaitOptions) async throws {
            switch self {
            case .nodes: try await batch.pools.waitUntilNodesReady("p", options: options)
            case .node: try await batch.nodes.waitUntilRebooted("a", inPool: "p", options: options)
            case .tasks: try await batch.jobs.waitUntilTasksCompleted("j", options: options)
            }
        }
    }

    @Test("a secret in the last line is hidden also where the line is too long to be shown whole")
    func longSecret() async throws {
        let output = "E: no such package https://h/?sig=" + String(repeating: "s3cret", count: 60)
        let file = [
            MockResponse(200, headers: ["Content-Length": "\(output.utf8.count)"]), MockResponse(200, body: output),
        ]
        let error = try await failure(of: .nodes, transport(file: file))
        #expect(error.message.contains("no such package") && !error.message.contains("s3cret"))
    }

    private func failure(of wait: Wait, _ transport: MockTransport) async throws -> AzureError {
        let batch = try makeClient(transport, clock: clock)
        return try #require(
            await #expect(throws: AzureError.self) { try await wait.run(batch, waitOptions(clock)) })
    }

    @Test(
        "a wait ends with what the start task wrote as errors, in the message and as a value", arguments: Wait.allCases)
    func waits(_ wait: Wait) async throws {
        let error = try await failure(of: wait, transport())
        #expect(error.code == .nodeStateUnusable)
        #expect(error.message.contains("'a': exit code 3, The task exited"))
        #expect(error.message.contains("; its stderr.txt ends with: E: no such package"))
        #expect(!"\(error)".contains("s3cret") && !"\(error)".contains("\n"))
        let failure = try #require(error.underlying as? BatchStartTaskFailure)
        #expect(failure.poolID == "p" && failure.nodeID == "a" && failure.exitCode == 3 && failure.retryCount == 1)
        #expect(failure.failureInfo?.category == .userError)
        #expect(failure.standardError == Self.output)
    }

    @Test("a file that is not there, or cannot be read, hides no failure", arguments: [404, 409, 403])
    func withoutFile(_ status: Int) async throws {
        let error = try await failure(of: .nodes, transport(file: [MockResponse(status)]))
        #expect(error.code == .nodeStateUnusable)
        #expect(!error.message.contains("stderr"))
        let failure = try #require(error.underlying as? BatchStartTaskFailure)
        #expect(failure.exitCode == 3 && failure.standardError == nil)
    }

    @Test("a start task that wrote nothing is reported without a line of it")
    func silent() async throws {
        let error = try await failure(
            of: .nodes, transport(file: [MockResponse(200, headers: ["Content-Length": "0"])]))
        #expect(!error.message.contains("stderr"))
        #expect((error.underlying as? BatchStartTaskFailure)?.standardError == "")
    }

    @Test("a last line without end is cut")
    func longLine() async throws {
        let text = String(repeating: "x", count: 4000) + "end"
        let error = try await failure(
            of: .nodes,
            transport(file: [
                MockResponse(200, headers: ["Content-Length": "4003"]), MockResponse(200, body: text),
            ]))
        #expect(error.message.hasSuffix("xxend") && error.message.count < 500)
    }

    @Test("the failures of a node and of a pool are there without a wait, and say in some lines what happened")
    func asked() async throws {
        let requests = transport(file: [
            MockResponse(200, headers: ["Content-Length": "5000"]), MockResponse(200, body: Self.output),
        ])
        let batch = try makeClient(requests, clock: clock)
        let failure = try #require(try await batch.nodes.startTaskFailure(onNode: "a", inPool: "p", stderrTail: 100))
        #expect(requests.requests.last?.header("ocp-range") == "bytes=4900-4999")
        #expect(
            failure.description == """
                The start task of node 'a' of pool 'p' failed with exit code 3 after 1 retry: FailureExitCode: The task \
                exited with an exit code representing a failure
                  | installing
                  | E: no such package https://h/?sig=REDACTED
                """)
        #expect(!"\(Mirror(reflecting: failure).children.map { "\($0)" })".contains("s3cret"))
        let all = try await makeClient(transport(), clock: clock).nodes.startTaskFailures(inPool: "p", stderrTail: 0)
        #expect(all.map(\.nodeID) == ["a"] && all.first?.standardError == nil)
    }

    @Test(
        "a node whose start task nobody waited for is idle, and has a failure all the same",
        arguments: [
            (#"{"id":"a","state":"idle","startTaskInfo":{"state":"completed","exitCode":1,"result":"failure"}}"#, true),
            (
                #"{"id":"a","state":"idle","startTaskInfo":{"state":"completed","exitCode":0,"result":"success"}}"#,
                false
            ),
            (
                #"{"id":"a","state":"waitingforstarttask","startTaskInfo":{"state":"running","exitCode":1,"result":"failure"}}"#,
                false
            ),
            (#"{"id":"a","state":"idle"}"#, false),
        ])
    func notAwaited(node: String, hasFailed: Bool) async throws {
        let batch = try makeClient(transport(nodes: node), clock: clock)
        #expect((try await batch.nodes.startTaskFailure(onNode: "a", inPool: "p") != nil) == hasFailed)
        #expect(try await batch.nodes.startTaskFailures(inPool: "p").isEmpty != hasFailed)
    }
}
