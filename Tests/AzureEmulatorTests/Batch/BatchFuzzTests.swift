#if Emulator
import AzureCore
import AzureCrypto
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Random requests to the emulated Batch service", .timeLimit(.minutes(5)))
struct BatchFuzzTests {
    private static let paths = [
        "/pools", "/pools/pool", "/pools/pool/resize", "/pools/pool/stopresize", "/pools/pool/removenodes",
        "/pools/pool/updateproperties", "/pools/pool/nodes", "/pools/pool/nodes/NODE",
        "/pools/pool/nodes/NODE/files", "/pools/pool/nodes/NODE/files/TEXT",
        "/pools/pool/nodes/NODE/disablescheduling", "/pools/pool/nodes/NODE/enablescheduling", "/jobs", "/jobs/job",
        "/jobs/job/disable", "/jobs/job/enable", "/jobs/job/terminate", "/jobs/job/taskcounts", "/jobs/job/tasks",
        "/jobs/job/addtaskcollection", "/jobs/job/tasks/ID", "/jobs/job/tasks/ID/terminate",
        "/jobs/job/tasks/ID/reactivate", "/jobs/job/tasks/done/files", "/jobs/job/tasks/done/files/stdout.txt",
        "/jobs/job/tasks/done/files/TEXT", "/nodecounts", "/nodeagentskus", "/lifetimejobstats", "/lifetimepoolstats",
        "/certificates", "/certificates(TEXT)", "/certificates(thumbprintAlgorithm=TEXT,thumbprint=TEXT)/canceldelete",
        "/pools/pool/upgradeos", "/jobschedules", "/jobschedules/s", "/jobschedules/s/jobs", "/jobschedules/s/disable",
        "/jobschedules/s/enable", "/jobschedules/s/terminate", "/supportedimages", "/applications", "/TEXT/TEXT",
    ]
    private static let texts = [
        "", "0", "-1", "1", "x", "\0", "%", "\u{FFFF}", "é", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "18446744073709551616", "1e309", "NaN", "null", "true", "bytes=0-9223372036854775807",
        "bytes=-1", "bytes=5-2", "P1D", "P10675199DT2H48M5.4775807S", "PT9223372036854775807S", "-P1W", "PT0S",
        "9999-12-31T23:59:59.9999999Z", "0000-01-01T00:00:00Z", "Fri, 31 Dec 9999 23:59:59 GMT", "..", "../..", "wd/..",
        "a/b/c", "stdout.txt", "requeue", "taskcompletion", "terminatejob", "id eq 'x'", "((((", "id,,x", "not not",
        "state gt 9223372036854775807", "startswith(id, '", "\"0x1\"", "*",
    ]
    private static let queries = [
        "$filter", "$select", "$skiptoken", "maxresults", "timeOut", "recursive", "$expand", "api-version",
    ]
    private static let headers = [
        "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "ocp-range", "Range", "Content-Type",
        "client-request-id", "return-client-request-id",
    ]
    private static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete]

    private static let bodies: [JSONValue] = [
        BatchFixture.pool("other", nodes: 0), ["id": "job2", "poolInfo": ["poolId": "pool"]],
        ["targetDedicatedNodes": 1], ["nodeList": ["a"]], ["disableTasks": "wait"], ["priority": 5],
        ["value": [["id": "a", "commandLine": "true"]]],
        [
            "id": "s", "jobSpecification": ["poolInfo": ["poolId": "pool"], "onAllTasksComplete": "terminatejob"],
            "schedule": [
                "recurrenceInterval": "PT1M", "startWindow": "PT1M", "doNotRunUntil": "2026-01-01T00:00:00Z",
                "doNotRunAfter": "2030-01-01T00:00:00Z",
            ],
        ],
        [
            "id": "old", "vmSize": "standard_d2s_v3", "targetDedicated": 0, "maxTasksPerNode": 2,
            "certificateReferences": [["thumbprint": "a", "thumbprintAlgorithm": "sha1"]],
            "startTask": ["commandLine": "true", "resourceFiles": [["blobSource": "http://h/a", "filePath": "a"]]],
            "userAccounts": [["name": "a", "password": "b", "sshPrivateKey": "c"]],
        ],
        ["thumbprint": "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a", "thumbprintAlgorithm": "sha1", "data": "YQ=="],
        [
            "id": "t", "commandLine": "true", "requiredSlots": 1, "constraints": ["maxWallClockTime": "PT10S"],
            "dependsOn": ["taskIds": ["a"], "taskIdRanges": [["start": 1, "end": 2]]],
            "environmentSettings": [["name": "A", "value": "b"]],
            "exitConditions": ["exitCodeRanges": [["start": 1, "end": 2, "exitOptions": ["jobAction": "none"]]]],
            "affinityInfo": ["affinityId": "x"], "userIdentity": ["autoUser": ["scope": "task"]],
        ],
    ]

    private static func text(_ random: inout SeededGenerator) -> String {
        guard Int.random(in: 0..<8, using: &random) == 0 else {
            return texts.randomElement(using: &random) ?? ""
        }
        let count = Int.random(in: 0..<2000, using: &random)
        return String(repeating: texts.randomElement(using: &random) ?? "", count: count)
    }

    private static func number(_ random: inout SeededGenerator) -> JSONValue {
        let numbers: [JSONValue] = [
            0, 1, -1, .integer(.max), .integer(.min), 2_147_483_647, 2_147_483_648, -2_147_483_648, 1e300, -1e300, 0.5,
            9.3e18,
        ]
        return numbers.randomElement(using: &random) ?? 0
    }

    /// A value with some part of it replaced, removed or said twice.
    private static func mutate(_ value: JSONValue, _ random: inout SeededGenerator) -> JSONValue {
        if Int.random(in: 0..<10, using: &random) == 0 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: return number(&random)
            case 1: return .string(text(&random))
            case 2: return .null
            case 3: return .bool(.random(using: &random))
            case 4: return .array(Array(repeating: value, count: Int.random(in: 0..<120, using: &random)))
            default: return (0..<Int.random(in: 1..<100, using: &random)).reduce(value) { inner, _ in ["a": inner] }
            }
        }
        switch value {
        case .array(let values): return .array(values.map { mutate($0, &random) })
        case .object(let members):
            var result: [String: JSONValue] = [:]
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                // Programs are not part of the play.
                result[name] = name == "commandLine" ? member : mutate(member, &random)
            }
            return .object(result)
        default: return value
        }
    }

    private func request(_ nodes: [String], _ random: inout SeededGenerator) throws -> (HTTPRequest, Data) {
        var path = Self.paths.randomElement(using: &random) ?? "/"
        for (name, value) in [
            ("NODE", nodes.randomElement(using: &random) ?? "none"), ("ID", Self.text(&random)),
            ("TEXT", Self.text(&random)),
        ] { path = path.replacingOccurrences(of: name, with: PercentEncoding.encode(String(value.prefix(3000)))) }
        let version = BatchVersion.allCases.randomElement(using: &random) ?? .latest
        var query = ["api-version=\(version.rawValue)"]
        for _ in 0..<Int.random(in: 0..<3, using: &random) {
            let name = Self.queries.randomElement(using: &random) ?? ""
            query.append("\(PercentEncoding.encode(name))=\(PercentEncoding.encode(Self.text(&random)))")
        }
        var fields = HTTPFields()
        for _ in 0..<Int.random(in: 0..<3, using: &random) {
            let name = try #require(HTTPField.Name(Self.headers.randomElement(using: &random) ?? ""))
            fields[name] = Self.text(&random)
        }
        let method = Self.methods.randomElement(using: &random) ?? .get
        var body = Data()
        if method != .get, method != .head {
            body = Self.mutate(Self.bodies.randomElement(using: &random) ?? .null, &random).data
            if !body.isEmpty, Int.random(in: 0..<6, using: &random) == 0 {
                body[Int.random(in: 0..<body.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            fields[.contentLength] = "\(body.count)"
            if fields[.contentType] == nil { fields[.contentType] = "application/json" }
        }
        fields[try #require(HTTPField.Name("ocp-date"))] = RFC1123Date.format(Date())
        var request = HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:10100",
            path: "\(path)?\(query.joined(separator: "&"))", headerFields: fields)
        if let taken = EmulatorRequest(request) {
            let code = HMACSHA256(key: Data(base64Encoded: BatchFixture.key) ?? Data())
                .authenticationCode(for: BatchAuthorization.stringToSign(taken, account: "local").utf8)
            request.headerFields[.authorization] = "SharedKey local:\(Data(code).base64EncodedString())"
        }
        return (request, body)
    }

    @Test("Each gets an answer, soon, and none is the emulator's own failure", arguments: [1, 2, 3, 4] as [UInt64])
    func requests(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        try await BatchFixture.with(nodeQuota: 3) { fixture in
            try await fixture.makeJob(["usesTaskDependencies": true])
            _ = try await fixture.run("/bin/sh -c 'echo x; ln -s / root; mkfifo pipe; mkdir -p a/b/c'", id: "done")
            let list = try await fixture.send(.get, "/pools/pool/nodes").json["value"]?.array ?? []
            let nodes = list.compactMap { $0["id"]?.string }
            for number in 0..<1000 {
                let (request, body) = try request(nodes, &random)
                let start = ContinuousClock.now
                let answer = await fixture.emulator.respond(to: request, body: HTTPByteStream(body))
                _ = try await answer.body.collect(upTo: 64 * 1024 * 1024)
                let status = answer.head.status.code
                #expect((200..<500).contains(status) || status == 501, "\(number): \(request) \(status)")
                #expect(ContinuousClock.now - start < .seconds(10), "\(number): \(request)")
            }
            #expect(try await fixture.send(.get, "/supportedimages").status == 200)
        }
    }
}
#endif
