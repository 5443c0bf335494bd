import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import AzureEmulator

/// What is expected is what the reference of the REST API says of the operations on nodes, and the examples of those in
/// the public specification.
@Suite("Machines of nodes through the service", .timeLimit(.minutes(5)))
struct NodeServiceTests {
    /// Runs a test with a pool of one node, whose path it gets.
    private func withNode(
        _ more: JSONValue = [:],
        transport: any HTTPTransport = ClosureTransport { _, _, _ in throw CancellationError() },
        _ body: (BatchFixture, String) async throws -> Void
    ) async throws {
        try await BatchFixture.with(transport: transport) { fixture in
            var pool = BatchFixture.pool()
            for (name, value) in more.object ?? [:] { pool[name] = value }
            #expect(try await fixture.send(.post, "/pools", body: pool).status == 201)
            await fixture.emulator.wait { $0.pools["pool"]?.nodes.records.contains { $0.state == .idle } ?? false }
            let node = try #require(try await fixture.send(.get, "/pools/pool/nodes").json["value"]?.array?.first)
            try await body(fixture, "/pools/pool/nodes/\(try #require(node["id"]?.string))")
        }
    }

    @Test("Users are kept, replaced and deleted")
    func users() async throws {
        try await withNode { fixture, node in
            let user: JSONValue = ["name": "me", "password": "secret-1", "isAdmin": true]
            let made = try await fixture.send(.post, "\(node)/users", body: user)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.header("DataServiceId") == "\(BatchFixture.endpoint)\(node)/users/me")
            let again = try await fixture.send(.post, "\(node)/users", body: user)
            #expect(again.status == 409 && again.code == "NodeUserExists")
            let change: JSONValue = ["sshPublicKey": "ssh-rsa AAAA", "expiryTime": "2200-01-01T00:00:00Z"]
            #expect(try await fixture.send(.put, "\(node)/users/me", body: change).status == 200)
            let missing = try await fixture.send(.put, "\(node)/users/you", body: change)
            #expect(missing.status == 404 && missing.code == "NodeUserNotFound")
            #expect(try await fixture.send(.delete, "\(node)/users/me").status == 200)
            #expect(try await fixture.send(.delete, "\(node)/users/me").code == "NodeUserNotFound")
            for wrong in [["name": ""], ["name": "1st"], ["name": "a b"], ["name": "x", "expiryTime": "2020-01-01"]]
                as [JSONValue]
            {
                #expect(try await fixture.send(.post, "\(node)/users", body: wrong).code == "InvalidPropertyValue")
            }
        }
    }

    /// The witness of the extension and of the port that each node has is the official Python client's live test.
    @Test("A node tells where logins would go, its extensions and its ports")
    func facts() async throws {
        let written: JSONValue = [
            "name": "secretext", "publisher": "Microsoft.Azure.KeyVault", "type": "KeyVaultForLinux",
            "typeHandlerVersion": "1.0", "autoUpgradeMinorVersion": true,
        ]
        var machine = BatchFixture.pool()["virtualMachineConfiguration"] ?? [:]
        machine["extensions"] = [written]
        let network: JSONValue = [
            "endpointConfiguration": [
                "inboundNATPools": [
                    [
                        "name": "web", "protocol": "tcp", "backendPort": 8080, "frontendPortRangeStart": 15_000,
                        "frontendPortRangeEnd": 15_100,
                    ]
                ]
            ]
        ]
        try await withNode(["virtualMachineConfiguration": machine, "networkConfiguration": network]) { fixture, node in
            let login = try await fixture.send(.get, "\(node)/remoteloginsettings").json
            #expect(login["remoteLoginIPAddress"] == "127.0.0.1" && login["remoteLoginPort"] == 50_000)
            let list = try await fixture.send(.get, "\(node)/extensions").json["value"]?.array
            let one = try await fixture.send(.get, "\(node)/extensions/secretext")
            #expect(list?.count == 2 && list?.last?["vmExtension"]?["name"] == "batchNodeExtension")
            #expect(one.json["vmExtension"] == written && list?.first?["vmExtension"] == written)
            #expect(one.json["provisioningState"] == "Succeeded")
            #expect(one.json["instanceView"]?["statuses"]?.array?.first?["code"] == "ProvisioningState/succeeded")
            #expect(try await fixture.send(.get, "\(node)/extensions/none").status == 404)
            let shown = try await fixture.send(.get, node).json
            let endpoints = shown["endpointConfiguration"]?["inboundEndpoints"]?.array
            #expect(endpoints?.count == 2 && endpoints?.last?["backendPort"] == 22)
            let endpoint = endpoints?.first
            #expect(endpoint?["name"] == "web.0" && endpoint?["frontendPort"] == 15_000)
            #expect(endpoint?["backendPort"] == 8080 && endpoint?["protocol"] == "tcp")
        }
    }

    @Test("A node is rebooted, reimaged, deallocated and started, and refuses what does not fit its state")
    func restarts() async throws {
        try await withNode { fixture, node in
            for (operation, body) in [
                ("reboot", ["nodeRebootOption": "terminate"]), ("reimage", ["nodeReimageOption": "requeue"]),
            ] as [(String, JSONValue)] {
                #expect(try await fixture.send(.post, "\(node)/\(operation)", body: body).status == 202)
                await fixture.emulator.wait { state in
                    state.pools["pool"]?.nodes.records.allSatisfy { $0.state == .idle } ?? false
                }
            }
            let early = try await fixture.send(.post, "\(node)/start")
            #expect(early.status == 409 && early.code == "OperationInvalidForCurrentState")
            #expect(try await fixture.send(.post, "\(node)/deallocate").status == 202)
            await fixture.emulator.wait { state in
                state.pools["pool"]?.nodes.records.allSatisfy { $0.state == .deallocated } ?? false
            }
            #expect(try await fixture.send(.get, node).json["state"] == "deallocated")
            #expect(try await fixture.send(.post, "\(node)/reboot").code == "OperationInvalidForCurrentState")
            let counts = try await fixture.send(.get, "/nodecounts").json["value"]?.array?.first
            #expect(counts?["dedicated"]?["deallocated"] == 1)
            #expect(try await fixture.send(.post, "\(node)/start").status == 202)
            await fixture.emulator.wait { state in
                state.pools["pool"]?.nodes.records.allSatisfy { $0.state == .idle } ?? false
            }
            let wrong: JSONValue = ["nodeRebootOption": "explode"]
            #expect(try await fixture.send(.post, "\(node)/reboot", body: wrong).code == "InvalidPropertyValue")
        }
    }

    @Test("A node that takes its time is seen on its way")
    func times() async throws {
        let clock = ManualClock()
        var times = EmulatedNodeTimes()
        times.allocation = .seconds(120)
        times.reboot = .seconds(60)
        let emulator = try BatchFixture.service(timeSource: clock.timeSource, nodeTimes: times)
        try await emulator.start(endpoint: BatchFixture.endpoint)
        let fixture = BatchFixture(emulator: emulator, timeSource: clock.timeSource)
        #expect(try await fixture.send(.post, "/pools", body: BatchFixture.pool()).status == 201)
        let creating = try #require(try await fixture.send(.get, "/pools/pool/nodes").json["value"]?.array?.first)
        #expect(creating["state"] == "creating")
        let node = "/pools/pool/nodes/\(try #require(creating["id"]?.string))"
        #expect(try await fixture.send(.post, "\(node)/reboot").code == "NodeBeingCreated")
        // The measurement of pools, and the node.
        await clock.waitForSleepers(2)
        clock.advance(by: .seconds(120))
        await emulator.wait { $0.pools["pool"]?.nodes.records.contains { $0.state == .idle } ?? false }
        #expect(try await fixture.send(.post, "\(node)/reboot").status == 202)
        #expect(try await fixture.send(.get, node).json["state"] == "rebooting")
        #expect(try await fixture.send(.post, "\(node)/reboot").code == "NodeBeingRebooted")
        await emulator.stop()
    }

    @Test("The log of a node goes into a container")
    func logs() async throws {
        let sent = Mutex<[HTTPRequest]>([])
        let transport = ClosureTransport { request, _, _ in
            sent.withLock { $0.append(request) }
            return HTTPTransportResponse.emulated(request.path?.contains("/full?") == true ? 403 : 201)
        }
        try await withNode(transport: transport) { fixture, node in
            let body: JSONValue = [
                "containerUrl": "http://127.0.0.1:10000/account/logs?sig=a%2Bb", "startTime": "2020-01-01T00:00:00Z",
            ]
            let answer = try await fixture.send(.post, "\(node)/uploadbatchservicelogs", body: body)
            #expect(answer.status == 200 && answer.json["numberOfFilesUploaded"] == 2, "\(answer.text)")
            let directory = try #require(answer.json["virtualDirectoryName"]?.string)
            #expect(directory.hasPrefix("pool/tvmps-"))
            let paths = sent.withLock { $0.map { $0.path ?? "" } }
            #expect(
                paths == ["agent-debug.log", "node.json"].map { "/account/logs/\(directory)/\($0)?sig=a%2Bb" })
            #expect(sent.withLock { $0.allSatisfy { $0.method == .put } })
        }
    }

    /// The witness is the recorded answer of the service to the official Python client: the container was nobody's, and
    /// it said that files would be uploaded.
    @Test("A container that takes no log changes nothing of the answer, but the log tells of it")
    func refusedLogs() async throws {
        let contents = Mutex<[String]>([])
        let transport = ClosureTransport { request, body, _ in
            let bytes = try await body?.collect(upTo: 1 << 20)
            contents.withLock { $0.append(bytes.map { String(decoding: $0, as: UTF8.self) } ?? "") }
            return HTTPTransportResponse.emulated(403)
        }
        try await withNode(transport: transport) { fixture, node in
            let body: JSONValue = ["containerUrl": "http://h/c?sig=x", "startTime": "2020-01-01T00:00:00Z"]
            for _ in 0..<2 {
                let answer = try await fixture.send(.post, "\(node)/uploadbatchservicelogs", body: body)
                #expect(answer.status == 200 && answer.json["numberOfFilesUploaded"] == 2, "\(answer.text)")
            }
            #expect(contents.withLock { $0.last?.contains("could not be uploaded: HTTP status 403") } == true)
            #expect(contents.withLock { $0.allSatisfy { !$0.contains("sig=x") } })
            let nowhere: JSONValue = ["containerUrl": "container", "startTime": "2020-01-01T00:00:00Z"]
            let refused = try await fixture.send(.post, "\(node)/uploadbatchservicelogs", body: nowhere)
            #expect(refused.status == 400 && refused.code == "InvalidPropertyValue")
        }
    }
}
