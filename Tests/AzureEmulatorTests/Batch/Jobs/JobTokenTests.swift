import AzureCore
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import AzureEmulator

/// The witness is the reference of `AuthenticationTokenSettings`: the variable `AZ_BATCH_AUTHENTICATION_TOKEN`, and
/// access to all operations on the job of the task.
@Suite("Tokens of tasks", .timeLimit(.minutes(5)))
struct JobTokenTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("A token tells its job until its time is up, and only if nobody has touched it")
    func tokens() throws {
        let tokens = JobTokens(accountKey: Data("key".utf8))
        let subject = JobTokens.Subject(job: "job", created: Self.now)
        let token = tokens.token(for: subject, now: Self.now)
        #expect(tokens.subject(of: token, now: Self.now) == subject)
        #expect(tokens.subject(of: token, now: Self.now + JobTokens.lifetime - 1) == subject)
        #expect(tokens.subject(of: token, now: Self.now + JobTokens.lifetime) == nil)
        #expect(JobTokens(accountKey: Data("other".utf8)).subject(of: token, now: Self.now) == nil)
        let other = tokens.token(for: .init(job: "other", created: Self.now), now: Self.now)
        let mixed = "\(other.prefix { $0 != "." })\(token.drop { $0 != "." })"
        for wrong in ["", ".", "a.b", mixed, token + "A", token + ".x", String(token.dropLast())] {
            #expect(tokens.subject(of: wrong, now: Self.now) == nil, "\(wrong)")
        }
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, token: String, body: JSONValue? = nil, to fixture: BatchFixture
    ) async throws -> BatchFixture.Answer {
        let data = body?.data ?? Data()
        var fields: HTTPFields = [.authorization: "Bearer \(token)", .contentLength: "\(data.count)"]
        if body != nil { fields[.contentType] = "application/json" }
        let request = HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:10100",
            path: "\(path)?api-version=\(BatchVersion.latest.rawValue)", headerFields: fields)
        let response = await fixture.emulator.respond(to: request, body: HTTPByteStream(data))
        return BatchFixture.Answer(
            status: response.head.status.code, headers: response.head.headerFields,
            data: try await response.body.collect(upTo: 1_000_000))
    }

    @Test("With a token one may work on its job, and on nothing else")
    func access() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(nodes: 0)
            #expect(
                try await fixture.send(.post, "/jobs", body: ["id": "other", "poolInfo": ["poolId": "pool"]]).status
                    == 201)
            let key = try #require(Data(base64Encoded: BatchFixture.key))
            let made = Mutex<Date?>(nil)
            await fixture.emulator.wait { state in
                made.withLock { $0 = state.jobs["job"]?.created }
                return true
            }
            let exact = try #require(made.withLock { $0 })
            let tokens = JobTokens(accountKey: key)
            let token = tokens.token(for: .init(job: "job", created: exact), now: Date())
            let task: JSONValue = ["id": "more", "commandLine": "true"]
            #expect(try await send(.post, "/jobs/job/tasks", token: token, body: task, to: fixture).status == 201)
            #expect(try await send(.get, "/jobs/job/tasks/more", token: token, to: fixture).status == 200)
            for path in ["/jobs/other", "/jobs", "/pools", "/pools/pool/nodes"] {
                let answer = try await send(.get, path, token: token, to: fixture)
                #expect(answer.status == 403 && answer.code == "InsufficientAccountPermissions", "\(path)")
            }
            let refused = try await send(.get, "/jobs/job", token: token + "A", to: fixture)
            #expect(refused.status == 403 && refused.code == "AuthenticationFailed")
            let earlier = tokens.token(for: .init(job: "job", created: exact - 1), now: Date())
            #expect(try await send(.get, "/jobs/job", token: earlier, to: fixture).code == "JobNotFound")
        }
    }

    #if Emulator
    @Test("A task that asks for a token finds it in its environment, another does not")
    func environment() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let settings: JSONValue = ["authenticationTokenSettings": ["access": ["job"]]]
            let script = "/bin/sh -c 'printf %s \"$AZ_BATCH_AUTHENTICATION_TOKEN\"'"
            // The newest version of the service has no such tokens any more.
            let with = try await fixture.run(script, id: "with", settings, version: .v20)
            #expect(with["authenticationTokenSettings"] == ["access": ["job"]])
            let token = try await fixture.taskFile("stdout.txt", id: "with").text
            #expect(try await send(.get, "/jobs/job", token: token, to: fixture).status == 200)
            _ = try await fixture.run(script, id: "without")
            #expect(try await fixture.taskFile("stdout.txt", id: "without").text.isEmpty)
        }
    }

    @Test("The environment of a task names the directory of the preparation task, which it shares with no one else")
    func preparationDirectory() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob([
                "commonEnvironmentSettings": [["name": "COMMON", "value": "both"]],
                "jobPreparationTask": [
                    "commandLine":
                        "/bin/sh -c 'printf %s \"$COMMON $AZ_BATCH_TASK_ID ${AZ_BATCH_JOB_PREP_DIR:-none}\" > made'"
                ],
            ])
            _ = try await fixture.run(
                "/bin/sh -c 'cat \"$AZ_BATCH_JOB_PREP_WORKING_DIR/made\"; printf %s \" $AZ_BATCH_JOB_PREP_DIR\"'")
            let text = try await fixture.taskFile("stdout.txt").text
            #expect(text.hasPrefix("both jobpreparation none /"), "\(text)")
            #expect(text.hasSuffix("/workitems/job/job-1/jobpreparation"))
        }
    }
    #endif
}
