import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// The forms are those of the published models of azure-batch for Python, 3.0 to 14.2.
@Suite("Operations that older versions of the emulated Batch service have", .timeLimit(.minutes(5)))
struct BatchRetiredOperationTests {
    @Test("Node agents are listed with the images that are verified with them")
    func nodeAgents() async throws {
        try await BatchFixture.with { fixture in
            let list = try await fixture.send(.get, "/nodeagentskus", version: .v8).json["value"]?.array ?? []
            let ubuntu = try #require(list.first { $0["id"] == "batch.node.ubuntu 24.04" })
            #expect(ubuntu["osType"] == "linux")
            #expect(ubuntu["verifiedImageReferences"]?.array?.contains { $0["sku"] == "server" } == true)
            #expect(Set(list.compactMap { $0["id"]?.string }).count == list.count)
        }
    }

    // The recordings of azure-batch 14.0 have the addresses and CertificateStateActive.
    @Test("Certificates are kept and listed; one that a pool uses is not deleted")
    func certificates() async throws {
        try await BatchFixture.with { fixture in
            let thumbprint = String(repeating: "0a", count: 20)
            let body: JSONValue = [
                "thumbprint": .string(thumbprint), "thumbprintAlgorithm": "sha1", "data": "c2VjcmV0",
                "certificateFormat": "pfx", "password": "secret",
            ]
            let made = try await fixture.send(.post, "/certificates", body: body, version: .v19)
            #expect(made.status == 201, "\(made.text)")
            #expect(
                made.header("Location")
                    == "\(BatchFixture.endpoint)/certificates(ThumbprintAlgorithm=sha1,Thumbprint=\(thumbprint))")
            #expect(
                try await fixture.send(.post, "/certificates", body: body, version: .v19).code == "CertificateExists")
            let path = "/certificates(thumbprintAlgorithm=sha1,thumbprint=\(thumbprint.uppercased()))"
            let read = try await fixture.send(.get, path, version: .v19)
            #expect(read.json["thumbprint"]?.string == thumbprint && read.json["state"] == "active")
            #expect(
                try await fixture.send(.post, path + "/canceldelete", version: .v19).code == "CertificateStateActive")
            #expect(!read.text.contains("c2VjcmV0") && !read.text.contains("password"))

            var pool = BatchFixture.pool(nodes: 0)
            pool["certificateReferences"] = [["thumbprint": .string(thumbprint), "thumbprintAlgorithm": "sha1"]]
            #expect(try await fixture.send(.post, "/pools", body: pool, version: .v19).status == 201)
            #expect(try await fixture.send(.delete, path, version: .v19).status == 202)
            #expect(try await fixture.send(.get, path, version: .v19).json["state"] == "deletefailed")
            #expect(try await fixture.send(.post, path + "/canceldelete", version: .v19).status == 204)
            let shown = try await fixture.send(.get, "/pools/pool", version: .v19).json["certificateReferences"]
            #expect(shown?.array?.count == 1)
            #expect(try await fixture.send(.get, "/pools/pool").json["certificateReferences"] == nil)

            _ = try await fixture.send(.delete, "/pools/pool")
            await fixture.emulator.wait { $0.pools.isEmpty }
            #expect(try await fixture.send(.delete, path, version: .v19).status == 202)
            #expect(try await fixture.send(.get, path, version: .v19).code == "CertificateNotFound")
            #expect(
                try await fixture.send(.post, "/pools", body: pool, version: .v19).code
                    == "InvalidCertificateReferences")
        }
    }

    @Test("Statistics of a life time count what there is")
    func statistics() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(nodes: 0)
            for id in ["a", "b"] {
                _ = try await fixture.send(.post, "/jobs/job/tasks", body: ["id": .string(id), "commandLine": "true"])
            }
            _ = try await fixture.send(.post, "/jobs/job/tasks/a/terminate")
            let jobs = try await fixture.send(.get, "/lifetimejobstats", version: .v16).json
            #expect(jobs["numFailedTasks"] == "1" && jobs["numSucceededTasks"] == "0")
            let pools = try await fixture.send(.get, "/lifetimepoolstats", version: .v16).json
            #expect(pools["usageStats"]?["dedicatedCoreTime"]?.string?.hasPrefix("PT") == true)
        }
    }

    // The documented list of error codes has both.
    @Test("There is no pool whose system could be upgraded, nor a node with a remote desktop")
    func cloudServices() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob(nodes: 1)
            let body: JSONValue = ["targetOSVersion": "*"]
            let upgrade = try await fixture.send(.post, "/pools/pool/upgradeos", body: body, version: .v7)
            #expect(upgrade.status == 400 && upgrade.code == "PoolNotEligibleForOSVersionUpgrade")
            let nodes = try await fixture.send(.get, "/pools/pool/nodes", version: .v7).json["value"]?.array
            let node = try #require(nodes?.first?["id"]?.string)
            let desktop = try await fixture.send(.get, "/pools/pool/nodes/\(node)/rdp", version: .v7)
            #expect(desktop.status == 409 && desktop.code == "OperationNotValidOnNode")
        }
    }
}
