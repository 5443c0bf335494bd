import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import Testing

@Suite("Bad input")
struct BadInputTests {
    /// What must throw `invalidArgument` without anything being sent.
    private func refused(
        _ text: String, _ run: (BatchClient) async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let transport = MockTransport()
        let client = try makeClient(transport)
        let error = await #expect(throws: AzureError.self, sourceLocation: sourceLocation) { try await run(client) }
        #expect(error?.code == .invalidArgument, sourceLocation: sourceLocation)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")", sourceLocation: sourceLocation)
        #expect(transport.requests.isEmpty, sourceLocation: sourceLocation)
    }

    @Test(
        "ids of what is made", arguments: ["", " ", "a b", "a/b", "ä", "a.b", "a:b", String(repeating: "x", count: 65)])
    func ids(id: String) async throws {
        let pool = BatchPoolInfo(poolID: "p")
        try await refused("cannot be the id of a pool") { _ = try await $0.pools.create(.init(id: id, vmSize: "a")) }
        try await refused("cannot be the id of a job:") { _ = try await $0.jobs.create(.init(id: id, poolInfo: pool)) }
        try await refused("cannot be the id of a job schedule") {
            _ = try await $0.jobSchedules.create(
                .init(id: id, schedule: .init(), jobSpecification: .init(poolInfo: pool)))
        }
        let task = BatchTaskCreateOptions(id: id, commandLine: "c")
        try await refused("cannot be the id of a task") { _ = try await $0.tasks.create(task, inJob: "j") }
        try await refused("cannot be the id of a task") {
            _ = try await $0.tasks.createCollection(.init(values: [task]), inJob: "j")
        }
    }

    @Test("an endpoint can be a URL, and one that is none of a service is refused")
    func endpoints() throws {
        let key = try BatchSharedKey(accountName: "account", key: "a2V5")
        func endpoint(_ text: String) throws -> String {
            try BatchClient(endpoint: #require(URL(string: text)), credential: .sharedKey(key)).endpoint
        }
        let good = "https://account.region.batch.azure.com"
        #expect(try endpoint(good) == good && endpoint(good + "/") == good)
        for bad in ["/relative", "file:///a", "https://user@host.example", "https://host.example/?a=b"] {
            let error = #expect(throws: AzureError.self) { try endpoint(bad) }
            #expect(error?.code == .invalidArgument)
        }
    }

    @Test("ids of 64 characters, and ids that the service made, pass")
    func goodIDs() async throws {
        let transport = MockTransport { _ in MockResponse(200, body: #"{"id":"x"}"#) }
        let client = try makeClient(transport)
        let id = "-_aZ09" + String(repeating: "x", count: 58)
        try await client.pools.create(.init(id: id, vmSize: "a"))
        _ = try await client.jobs.get("schedule:job-1")
        _ = try await client.nodes.get("tvmps_0123_d", inPool: "p")
        #expect(transport.requests[1].pathOnly == "/jobs/schedule%3Ajob-1")
    }

    @Test("ids that would change which resource is meant", arguments: ["", ".", ".."])
    func ambiguousPaths(id: String) async throws {
        try await refused("is empty, '.' or '..'") { _ = try await $0.pools.delete(id) }
        try await refused("is empty, '.' or '..'") {
            _ = try await $0.files.deleteTaskFile(id, ofTask: "t", inJob: "j")
        }
        try await refused("is empty, '.' or '..'") {
            for try await _ in $0.tasks.list(inJob: id) {}
        }
    }

    @Test("negative durations, with the place")
    func negativeDurations() async throws {
        try await refused("resizeTimeout cannot be") {
            _ = try await $0.pools.resize("p", to: .init(resizeTimeout: .seconds(-1)))
        }
        try await refused("value.0.constraints.retentionTime cannot be") {
            let task = BatchTaskCreateOptions(
                id: "t", commandLine: "c", constraints: .init(retentionTime: .seconds(-1)))
            _ = try await $0.tasks.createCollection(.init(values: [task]), inJob: "j")
        }
    }

    @Test("time limits, page sizes and ranges that cannot be")
    func options() async throws {
        try await refused("at least one second") {
            _ = try await $0.pools.get("p", options: .init(call: .init(serverTimeout: .zero)))
        }
        try await refused("from 1 to 1000") { for try await _ in $0.pools.list(options: .init(maxResults: 0)) {} }
        try await refused("from 1 to 1000") { for try await _ in $0.pools.list(options: .init(maxResults: 1001)) {} }
        try await refused("at least one second") {
            let longest = Duration.seconds(Int64.max) + .seconds(Int64.max)
            _ = try await $0.pools.get("p", options: .init(call: .init(serverTimeout: longest)))
        }
        for range in [
            BatchFileRange(offset: -1), .bytes(.min ..< .max), .bytes(5..<5), BatchFileRange(offset: 1, length: .max),
        ] {
            try await refused("range") {
                _ = try await $0.files.downloadTaskFile("f", ofTask: "t", inJob: "j", options: .init(range: range))
            }
        }
    }

    @Test("more tasks than a request takes")
    func tooManyTasks() async throws {
        let tasks = (0..<101).map { BatchTaskCreateOptions(id: "t\($0)", commandLine: "c") }
        try await refused("101 tasks are too many") {
            _ = try await $0.tasks.createCollection(.init(values: tasks), inJob: "j")
        }
    }

    @Test("endpoints that cannot be one", arguments: ["", "account.batch.azure.com", "ftp://h", "https://h/?a=b"])
    func endpoints(endpoint: String) {
        #expect(throws: AzureError.self) { try makeClient(MockTransport(), endpoint: endpoint) }
    }
}
