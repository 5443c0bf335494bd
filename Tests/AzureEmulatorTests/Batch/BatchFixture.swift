import AzureCore
import AzureCrypto
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// A Batch service that runs as long as a test does, and signs requests to it.
struct BatchFixture {
    static let key = "bG9jYWxiYXRjaC1rZXk="
    static let endpoint = "http://127.0.0.1:10100"

    let emulator: BatchEmulator
    var timeSource = TimeSource.system

    /// An answer, taken apart.
    struct Answer {
        let status: Int
        let headers: HTTPFields
        let data: Data

        var json: JSONValue { (try? JSONValue(parsing: data)) ?? .null }
        var code: String? { json["code"]?.string }
        var text: String { String(decoding: data, as: UTF8.self) }
        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    }

    /// What runs the programs of tasks: processes, or without the trait some programs that need none.
    private static let makeRunner: MakeProcessRunner = { instance, directory in
        #if Emulator
        makeDefaultProcessRunner(instance, directory)
        #else
        ScriptedRunner()
        #endif
    }

    /// A service with the fixture's account, which is not started.
    static func service(
        nodeRoot: String? = nil, nodeQuota: Int = 100, applicationPackages: [EmulatedApplicationPackage] = [],
        transport: any HTTPTransport = ClosureTransport { _, _, _ in throw CancellationError() },
        timeSource: TimeSource = .system, nodeTimes: EmulatedNodeTimes = EmulatedNodeTimes()
    ) throws -> BatchEmulator {
        try BatchEmulator(
            account: "local", key: key, nodeRoot: nodeRoot, nodeQuota: nodeQuota,
            applicationPackages: applicationPackages, transport: transport, timeSource: timeSource,
            nodeTimes: nodeTimes, makeRunner: makeRunner)
    }

    /// Runs a test with a service of its own.
    static func with<Result>(
        nodeQuota: Int = 100, applicationPackages: [EmulatedApplicationPackage] = [],
        transport: any HTTPTransport = ClosureTransport { _, _, _ in throw CancellationError() },
        timeSource: TimeSource = .system,
        _ body: (BatchFixture) async throws -> Result
    ) async throws -> Result {
        let emulator = try service(
            nodeQuota: nodeQuota, applicationPackages: applicationPackages, transport: transport, timeSource: timeSource
        )
        try await emulator.start(endpoint: endpoint)
        do {
            let result = try await body(BatchFixture(emulator: emulator, timeSource: timeSource))
            await emulator.stop()
            return result
        } catch {
            await emulator.stop()
            throw error
        }
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ query: String = "", body: JSONValue? = nil,
        headers: [String: String] = [:], key: String = key, version: BatchVersion = .latest, apiVersion: String? = nil
    ) async throws -> Answer {
        let data = body?.data
        var fields = HTTPFields()
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        fields[try #require(HTTPField.Name("ocp-date"))] = RFC1123Date.format(timeSource.now())
        if method != .get, method != .head { fields[.contentLength] = "\(data?.count ?? 0)" }
        if data != nil, fields[.contentType] == nil { fields[.contentType] = "application/json; odata=minimalmetadata" }
        var request = HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:10100",
            path: "\(path)?api-version=\(apiVersion ?? version.rawValue)\(query.isEmpty ? "" : "&\(query)")",
            headerFields: fields)
        let text = BatchAuthorization.stringToSign(try #require(EmulatorRequest(request)), account: "local")
        let code = HMACSHA256(key: Data(base64Encoded: key) ?? Data()).authenticationCode(for: text.utf8)
        request.headerFields[.authorization] = "SharedKey local:\(Data(code).base64EncodedString())"
        let response = await emulator.respond(to: request, body: HTTPByteStream(data ?? Data()))
        return Answer(
            status: response.head.status.code, headers: response.head.headerFields,
            data: try await response.body.collect(upTo: 64 * 1024 * 1024))
    }

    static func pool(_ id: String = "pool", nodes: Int64 = 1, slots: Int64 = 1, startTask: JSONValue? = nil)
        -> JSONValue
    {
        var body: JSONValue = [
            "id": .string(id), "vmSize": "standard_d2s_v3", "targetDedicatedNodes": .integer(nodes),
            "taskSlotsPerNode": .integer(slots),
            "virtualMachineConfiguration": [
                "imageReference": ["publisher": "canonical", "offer": "ubuntu-24_04-lts", "sku": "server"],
                "nodeAgentSKUId": "batch.node.ubuntu 24.04",
            ],
        ]
        body["startTask"] = startTask
        return body
    }

    /// Makes a pool whose nodes are ready, and a job on it.
    func makeJob(_ job: JSONValue = [:], nodes: Int64 = 1, slots: Int64 = 1) async throws {
        #expect(try await send(.post, "/pools", body: Self.pool(nodes: nodes, slots: slots)).status == 201)
        var body: JSONValue = ["id": "job", "poolInfo": ["poolId": "pool"]]
        for (name, value) in job.object ?? [:] { body[name] = value }
        #expect(try await send(.post, "/jobs", body: body).status == 201)
        await emulator.wait { $0.pools["pool"]?.allocation == .steady }
    }

    /// Runs a task to its end and returns it.
    func run(
        _ commandLine: String, id: String = "task", _ more: JSONValue = [:], version: BatchVersion = .latest
    ) async throws -> JSONValue {
        var body: JSONValue = ["id": .string(id), "commandLine": .string(commandLine)]
        for (name, value) in more.object ?? [:] { body[name] = value }
        let answer = try await send(.post, "/jobs/job/tasks", body: body, version: version)
        #expect(answer.status == 201, "\(answer.text)")
        await emulator.wait { $0.jobs["job"]?.tasks[id]?.state == .completed }
        return try await send(.get, "/jobs/job/tasks/\(id)", version: version).json
    }

    func taskFile(_ name: String, id: String = "task") async throws -> Answer {
        try await send(.get, "/jobs/job/tasks/\(id)/files/\(PercentEncoding.encode(name))")
    }
}
